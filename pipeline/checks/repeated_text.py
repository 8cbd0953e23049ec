"""The rule `repeated_text`."""

from collections.abc import Mapping
from decimal import Decimal

from pipeline.checks.context import Neighbourhood
from pipeline.checks.registry import neighbour_check
from pipeline.checks.signature import Signature, common_share, may_share
from pipeline.checks.verdict import Flaw, NotApplicable, Verdict

LARGELY = Decimal("0.8")  # the share of common text from which a section counts as repeated


@neighbour_check(version=2, severity="warning")
def repeated_text(context: Neighbourhood) -> Verdict:
    """No section of some length repeats last year's text, or another authority's of the division, but for the numbers.

    Compared are sections with at least 150 letters; not the preamble, which the law words, and not the sections that
    hold the tables. The share of common text is the Jaccard similarity of runs of six letters, estimated by MinHash;
    0.8 counts as largely identical. Of several authorities with the same text the nearest is named.
    """
    if context.last_year is None and not context.peers:
        return NotApplicable("库中没有可比的文本（该机关上一年度的报告或同地其他机关的报告）。")
    tabular = {table.section for table in context.form.tables} if context.form else set()  # their words are the form's
    own = {number: one for number, one in context.signatures.items() if number and number not in tabular}
    if not own:
        return NotApplicable("各部分文字太短，无法比较。")
    flaws = []
    for number, one in sorted(own.items()):
        heading = context.headings.get(number, "")
        flaws += _last_years(heading, number, one, context.last_year or {})
        flaws += _others(heading, number, one, context)
    return flaws


def _last_years(heading: str, number: int, own: Signature, last_year: Mapping[int, Signature]) -> list[Flaw]:
    before = last_year.get(number)
    if before is None or (share := common_share(own, before)) < LARGELY:
        return []
    return [_flaw(f"“{heading}”部分与本机关上一年度报告的同一部分约有{share:.0%}的文字相同，请核对是否更新。", share)]


def _others(heading: str, number: int, own: Signature, context: Neighbourhood) -> list[Flaw]:
    shares = [
        (common_share(own, peer.signatures[number]), peer.authority)
        for peer in context.peers
        if number in peer.signatures and may_share(own, peer.signatures[number], LARGELY)
    ]
    alike = sorted((-share, authority) for share, authority in shares if share >= LARGELY)
    if not alike:
        return []
    share, authority = -alike[0][0], alike[0][1]
    more = f"（这样的机关共{len(alike)}个）" if len(alike) > 1 else ""
    return [_flaw(f"“{heading}”部分与{authority}同年度报告的同一部分约有{share:.0%}的文字相同{more}。", share)]


def _flaw(message: str, share: Decimal) -> Flaw:
    return Flaw(message, None, None, None, share)
