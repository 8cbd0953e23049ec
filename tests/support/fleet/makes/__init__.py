"""The makes of portal software in the fleet, after what is known of them (the sources of each are in the platform's own
module). Every class is one way in which servers of a family are known to behave."""

from __future__ import annotations

from tests.support.fleet.draft import Make
from tests.support.fleet.makes import anhui, generic, guangdong, hanweb, interfaces, jpaas, static, trs, ucap, vsb

MODULES = (trs, ucap, hanweb, jpaas, vsb, guangdong, anhui, static, interfaces, generic)


def makes() -> list[type[Make]]:
    """Every make once, in a fixed order."""
    return [make for module in MODULES for make in module.MAKES]
