"""The wording of the statutory tables, as the circulars print it.

It stands here once more, apart from `config/forms`: a label that is wrong there must not be right here.
"""

from __future__ import annotations

from dataclasses import dataclass

CellKey = tuple[str, str | None]

APPLICANTS = ("natural_person", "enterprise", "research", "nonprofit", "legal_service", "other_org", "total")
LEGAL_PERSONS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
RULE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
HANDLED = "三、本年度办理结果"


@dataclass(frozen=True)
class Matter:
    """One item of article 20 in section 2: its title, counting columns, and a row of items per label."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Row:
    """One row of section 3: what it counts, the group it stands in, its printed label."""

    item: str
    label: str
    group: str = ""
    handled: bool = True  # under 三、本年度办理结果


def _matter(number: str, columns: str, **rows: str) -> Matter:
    return Matter(
        f"第二十条第（{number}）项",
        tuple(columns.split()),
        tuple((label, tuple(items.split())) for label, items in rows.items()),
    )


_MADE = "{0}.issued {0}.repealed {0}.in_force"
_PUBLISHED = "{0}.made {0}.newly_published {0}.published_total"
_CHANGED = "{0}.prior_matters {0}.change {0}.decisions"

SECTION_2 = {
    "2021": (
        _matter("一", "本年制发件数 本年废止件数 现行有效件数",
                规章=_MADE.format("regulations"), 行政规范性文件=_MADE.format("normative_documents")),
        _matter("五", "本年处理决定数量", 行政许可="licensing.decisions"),
        _matter("六", "本年处理决定数量", 行政处罚="penalties.decisions", 行政强制="coercion.decisions"),
        _matter("八", "本年收费金额（单位：万元）", 行政事业性收费="fees.amount"),
    ),
    "2019": (
        _matter("一", "本年新制作数量 本年新公开数量 对外公开总数量",
                规章=_PUBLISHED.format("regulations"), 规范性文件=_PUBLISHED.format("normative_documents")),
        _matter("五", "上一年项目数量 本年增/减 处理决定数量",
                行政许可=_CHANGED.format("licensing"), 其他对外管理服务事项=_CHANGED.format("other_services")),
        _matter("六", "上一年项目数量 本年增/减 处理决定数量",
                行政处罚=_CHANGED.format("penalties"), 行政强制=_CHANGED.format("coercion")),
        _matter("八", "上一年项目数量 本年增/减", 行政事业性收费="fees.prior_matters fees.change"),
        _matter("九", "采购项目数量 采购总金额", 政府集中采购="procurement.matters procurement.amount"),
    ),
}  # fmt: skip

NAMED_IN_ONE = {
    "licensing.decisions": "行政许可处理决定数量", "penalties.decisions": "行政处罚处理决定数量",
    "coercion.decisions": "行政强制处理决定数量", "fees.amount": "行政事业性收费金额（万元）",
}  # fmt: skip

_DENIED = (
    ("state_secret", "1.属于国家秘密"), ("prohibited_by_law", "2.其他法律行政法规禁止公开"),
    ("security_stability", "3.危及“三安全一稳定”"), ("third_party", "4.保护第三方合法权益"),
    ("internal_affairs", "5.属于三类内部事务信息"), ("process_information", "6.属于四类过程性信息"),
    ("enforcement_file", "7.属于行政执法案卷"), ("administrative_query", "8.属于行政查询事项"),
)  # fmt: skip
_UNAVAILABLE = (
    ("not_held", "1.本机关不掌握相关政府信息"), ("needs_creation", "2.没有现成信息需要另行制作"),
    ("unclear", "3.补正后申请内容仍不明确"),
)  # fmt: skip
_NOT_PROCESSED = (
    ("petition", "1.信访举报投诉类申请"), ("repeated", "2.重复申请"), ("publication", "3.要求提供公开出版物"),
    ("excessive", "4.无正当理由大量反复申请"), ("reissue", "5.要求行政机关确认或重新出具已获取信息"),
)  # fmt: skip
_OTHER = (
    ("uncorrected", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("unpaid", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"), ("other", "3.其他"),
)  # fmt: skip


def section_3(*, undivided: bool) -> list[Row]:
    rows = [
        Row("requests.new", "一、本年新收政府信息公开申请数量", handled=False),
        Row("requests.carried_in", "二、上年结转政府信息公开申请数量", handled=False),
        Row("outcome.granted", "（一）予以公开"),
        Row("outcome.partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ]
    groups = [("denied", "（三）不予公开", _DENIED), ("unavailable", "（四）无法提供", _UNAVAILABLE)]
    groups += [("not_processed", "（五）不予处理", _NOT_PROCESSED)]
    groups += [] if undivided else [("other", "（六）其他处理", _OTHER)]
    for code, group, items in groups:
        rows += [Row(f"outcome.{code}.{item}", label, group) for item, label in items]
    rows += [Row("outcome.other", "（六）其他处理")] if undivided else []
    rows += [Row("outcome.total", "（七）总计"), Row("requests.carried_out", "四、结转下年度继续办理", handled=False)]
    return rows


DISPUTES = (
    ("review", "行政复议"),
    ("litigation_direct", "未经复议直接起诉"),
    ("litigation_after_review", "复议后起诉"),
)
RESULTS = (("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"), ("pending", "尚未审结"),
           ("total", "总计"))  # fmt: skip

HEADINGS = ("总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况",
            "政府信息公开行政复议、行政诉讼情况", "存在的主要问题及改进情况", "其他需要报告的事项")  # fmt: skip
HEADINGS_2014 = ("概述", "主动公开政府信息情况", "依申请公开政府信息办理情况",
                 "政府信息公开行政复议、行政诉讼情况", "存在的主要问题和改进措施", "其他需要报告的事项")  # fmt: skip
CHINESE = "零一二三四五六七八九十"
