"""What a probe found, in lines for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawlers.probing import Column, Findings, FirstReport
from flows.proposing import guessed, registered
from flows.request import REGISTRY
from pipeline.model import Portal, Snapshot

_MOST_REFUSED = 5


def told(findings: Findings, known: Sequence[Portal]) -> Iterator[str]:
    yield from _outline(findings)
    yield "\n年报栏目 / annual-report columns"
    yield from _columns(findings.columns)
    yield "\n首批年报 / first reports"
    for number, report in enumerate(findings.reports, start=1):
        yield from _report(number, report)
    if not findings.reports:
        yield "  没有找到 / none found"
    for one in registered(findings.portal.url, known):
        yield f"\n已在名录 / in the registry already: {one.id} {one.authority} ({one.defined_in})"
    yield f"\n名录条目 / an entry for {_file_for(guessed(findings).division)}\n"


def _outline(findings: Findings) -> Iterator[str]:
    outcome, site = findings.outcome, findings.site
    yield _line("门户 portal", " ".join(part for part in (site.name or site.title, findings.portal.url) if part))
    yield _line("平台 platform", outcome.platform or "未认出 / not recognised")
    asked = f"{outcome.requests} 次，间隔 {findings.delay:g} 秒，读到 {outcome.pages} 页"
    yield _line("请求 requests", f"{asked} / {findings.delay:g} s apart, {outcome.pages} pages")
    drawn = "部分页面需要 / some pages need one" if findings.rendered else "不需要 / not needed"
    yield _line("浏览器 browser", drawn)
    state = "不完整 / incomplete" if findings.reports else outcome.state
    yield _line("结果 outcome", "完整 / complete" if outcome.complete else f"{state}: {outcome.reason}")
    forbidden = [one for one in findings.refused if one.error.startswith("forbidden")]
    blocked = [one for one in findings.refused if one not in forbidden]
    yield from _refused("robots.txt", "未禁止所访问的地址 / allows all that was asked for", forbidden)
    yield from _refused("拦截 blocked", "未遇到 / nothing", blocked)
    for link in findings.elsewhere:
        yield _line("外部主机 elsewhere", f"{link.text} {link.url} (--host)")


def _refused(name: str, none: str, snapshots: Sequence[Snapshot]) -> Iterator[str]:
    if not snapshots:
        yield _line(name, none)
        return
    yield _line(name, f"{len(snapshots)} 个地址 / addresses")
    for one in snapshots[:_MOST_REFUSED]:
        yield f"    {one.url} ({one.error.partition(': ')[2]})"


def _columns(columns: Sequence[Column]) -> Iterator[str]:
    entered = [column for column in columns if column.entered]
    for number, column in enumerate(entered, start=1):
        yield f"  {number}. {column.title}  {column.url}"
        rows = f"{column.pages} 页，{column.reports} 份年报 / {column.pages} pages, {column.reports} reports listed"
        if column.others:
            rows += f"; {column.others} 个年度、机关等 / years, bodies and the like"
        yield f"     {rows} [{column.platform}{', browser' if column.rendered else ''}]"
        if column.replayed:
            yield "     列表由脚本请求，以后不用浏览器直接请求 / its script's requests are replayed without the browser"
    if len(entered) < len(columns):
        below = len(columns) - len(entered)
        yield f"  以及其下的 {below} 个列表 / and {below} listings below, read as far as the first reports needed it"
    if not columns:
        yield "  没有找到 / none found"


def _report(number: int, report: FirstReport) -> Iterator[str]:
    yield f"  {number}. {report.year or '????'}  {report.title}"
    day = f"{report.listed_on} " if report.listed_on else ""
    yield f"     {day}{report.url}"
    for file in report.files:
        what = file.media_type if not file.error else file.error
        yield f"     附件 attachment: {file.url} ({what})"


def _file_for(division: str) -> str:
    found = sorted(REGISTRY.glob(f"{division[:2]}0000-*.yaml"))
    return f"{REGISTRY.parent.name}/{REGISTRY.name}/{found[0].name if found else '<province>.yaml'}"


def _line(name: str, text: str) -> str:
    wide = sum(ord(sign) > 0x2E80 for sign in name)
    return f"{name}{' ' * (20 - len(name) - wide)} {text}"
