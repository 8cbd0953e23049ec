"""Who has to report by law, as rows: the table `governments`, and an entry in `authorities` for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.governments import Government, governments
from pipeline.model import Authority, Division
from pipeline.warehouse import tables
from pipeline.warehouse.database import Connection


def load_governments(db: Connection, divisions: Sequence[Division]) -> None:
    """By the dictionary of divisions that the warehouse has. Where nothing has changed, nothing is written."""
    expected = governments(divisions)
    rows = [_row(one) for one in expected]
    if rows == db.execute("SELECT * FROM governments ORDER BY authority_id, first_year").fetchall():
        return
    # What a report or the registry says of an authority goes before what the dictionary does.
    db.execute(
        """
        DELETE FROM authorities
        WHERE authority_id IN (SELECT authority_id FROM governments)
            AND authority_id NOT IN (SELECT authority_id FROM reports)
            AND authority_id NOT IN (SELECT authority_id FROM portals WHERE authority_id IS NOT NULL)
        """
    )
    db.execute("DELETE FROM governments")
    tables.insert(db, "governments", tables.table(tables.GOVERNMENTS, rows))
    known = {key for (key,) in db.execute("SELECT authority_id FROM authorities").fetchall()}
    new = [one for one in _authorities(expected) if one.authority_id not in known]
    tables.insert(db, "authorities", tables.authority_table(new))


def load_from_divisions_held(db: Connection) -> None:
    """For a file that was written before there was such a list."""
    load_governments(db, [Division(*row) for row in db.execute("SELECT * FROM divisions").fetchall()])


def _row(one: Government) -> tuple[str, str, str, str, int, int | None]:
    who = one.authority
    return who.authority_id, who.name, who.division, who.level, one.first_year, one.last_year


def _authorities(expected: Sequence[Government]) -> list[Authority]:
    """Each under its latest name, with the earlier ones as aliases."""
    latest: dict[str, Authority] = {}
    names: dict[str, set[str]] = {}
    for one in expected:
        authority = one.authority
        latest[authority.authority_id] = authority
        names.setdefault(authority.authority_id, set()).add(authority.name)
    return [replace(one, aliases=tuple(sorted(names[key] - {one.name}))) for key, one in latest.items()]
