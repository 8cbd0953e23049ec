"""A fleet of made-up portals, drawn by seed: every make of software that is known, several times over, each with its
own markup, look-alikes, rules for robots and faults. The fleet knows which of its addresses are reports.

    with fleet(1, Shape(portals=8)) as made: ...
"""

from tests.support.fleet.making import Fleet, Shape, fleet

__all__ = ["Fleet", "Shape", "fleet"]
