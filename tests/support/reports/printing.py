"""From facts to the undamaged print: title, sections and tables in the layout that was chosen."""

from __future__ import annotations

from random import Random

from tests.support.reports import narrative
from tests.support.reports.facts import Facts
from tests.support.reports.figures import HANDS, write
from tests.support.reports.printed import FIGURE, Block, Cell, Line, Printed, Table
from tests.support.reports.statutory import CellKey
from tests.support.reports.tables import applications, disclosed, disputes, indicators


def print_report(
    chance: Random,
    facts: Facts,
    *,
    hand: str = "plain",
    section_2: str = "one",
    section_4: str = "one",
    headings: str = "comma",
    narrative_agrees: bool = True,
) -> Printed:
    def figure(key: CellKey) -> Cell:
        text = write(chance, HANDS[hand], key[0], facts.values[key])
        return Cell(text.text, FIGURE, key=key, kind=text.kind, value=text.value)

    tables: dict[int, list[Table]] = {}
    if facts.form in ("2021", "2019"):
        tables[2] = disclosed(facts.form, section_2, figure)
        tables[3] = [applications(undivided=facts.undivided, write=figure)]
        tables[4] = disputes(section_4, figure)
    words = {
        1: narrative.section_1(chance, facts, agrees=narrative_agrees),
        5: narrative.section_5(chance),
        6: narrative.section_6(chance, facts),
    }
    blocks: list[Block] = [Line(f"{facts.authority}{facts.year}年政府信息公开工作年度报告", "title")]
    blocks += narrative.preamble(facts)
    for number in range(1, 7):
        blocks.append(narrative.heading(headings, number, facts.form))
        blocks += words.get(number) or tables.get(number) or narrative.section_5(chance)
    if facts.form == "2014":
        blocks += [
            Line("政府信息公开情况统计表", "caption"),
            Line(f"（{facts.year}年度）", "caption"),
            indicators(figure),
        ]
    return Printed(facts.authority, facts.year, facts.form, tuple(blocks), tuple(range(7)))
