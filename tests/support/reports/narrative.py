"""The words around the tables: preamble, sections, and what they say of the numbers, rightly or not."""

from __future__ import annotations

from random import Random

from tests.support.reports.facts import Facts
from tests.support.reports.printed import Line
from tests.support.reports.statutory import CHINESE, HEADINGS, HEADINGS_2014

_BEGINNINGS = (
    "坚持以公开为常态、不公开为例外，", "围绕中心工作和群众关切，", "按照上级政务公开工作要点，", "结合机构职能调整，",
    "聚焦重点领域和关键环节，", "严格落实“先审查、后公开”制度，",
)  # fmt: skip
_ENDINGS = (
    "健全工作机制，明确责任分工，做到公开内容准确、及时、规范。", "进一步规范信息发布流程，加强内容保障。",
    "组织开展业务培训2次，参训人员60余人次。", "优化栏目设置，方便群众查询和获取信息。",
    "对失效文件及时清理，对不准确信息及时更正。", "主动接受社会评议，未发生责任追究情形。",
)  # fmt: skip


def preamble(facts: Facts) -> list[Line]:
    year, name = facts.year, facts.authority
    basis = "根据《中华人民共和国政府信息公开条例》（国令第711号）第五十条规定，编制本报告。"
    period = f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    contact = f"如有疑问，请与{name}办公室联系（电话：0512-65{year}1）。"
    return [Line(basis, "body"), Line(period + contact, "body")]


def section_1(chance: Random, facts: Facts, *, agrees: bool) -> list[Line]:
    requests = sum(
        value for (item, who), value in facts.values.items() if item == "requests.new" and who in ("total", None)
    )
    disputes = sum(value for (item, _), value in facts.values.items() if item in _DISPUTE_TOTALS)
    stated = requests if agrees else requests + chance.randint(1, 9)
    reviews = (
        f"引发行政复议、行政诉讼共{disputes}件"
        if agrees
        else "没有发生因政府信息公开被申请行政复议、提起行政诉讼的情况"
    )
    posts = f"通过门户网站公开信息{chance.randint(60, 4000)}条，微信公众号推送{chance.randint(20, 900)}条。"
    received = f"{facts.year}年共收到政府信息公开申请{stated}件，均已按期答复，{reviews}。"
    return [
        Line(f"{facts.year}年，" + _words(chance, 2), "body"),
        Line("（一）主动公开情况。" + posts + _words(chance, 1), "body"),
        Line("（二）依申请公开情况。" + received, "body"),
        Line("（三）政府信息管理情况。" + _words(chance, 2), "body"),
        Line("（四）平台建设情况。" + _words(chance, 1), "body"),
        Line("（五）监督保障情况。" + _words(chance, 1), "body"),
    ]


_DISPUTE_TOTALS = ("review.total", "litigation_direct.total", "litigation_after_review.total", "litigation.total")


def section_5(chance: Random) -> list[Line]:
    return [
        Line("（一）存在的主要问题。" + _words(chance, 2), "body"),
        Line("（二）改进情况。" + _words(chance, 2), "body"),
    ]


def section_6(chance: Random, facts: Facts) -> list[Line]:
    fees = f"按照《政府信息公开信息处理费管理办法》，{facts.year}年未收取信息处理费。"
    return [Line(chance.choice(("本年度没有其他需要报告的事项。", fees)), "body")]


def heading(style: str, number: int, form: str) -> Line:
    text = (HEADINGS_2014 if form in ("2014", "narrative") else HEADINGS)[number - 1]
    marked = {"comma": "{n}、{t}", "brackets": "（{n}）{t}", "dot": "{n}.{t}", "stop": "{n}、{t}。", "bare": "{t}"}
    return Line(marked[style].format(n=CHINESE[number], t=text), "heading")


HEADING_STYLES = ("comma", "comma", "comma", "dot", "stop", "bare")


def _words(chance: Random, count: int) -> str:
    return "".join(chance.choice(_BEGINNINGS) + chance.choice(_ENDINGS) for _ in range(count))
