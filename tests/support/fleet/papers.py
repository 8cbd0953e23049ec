"""The pages of papers: annual reports as they are printed, and the look-alikes, some of which quote a report's title or
have all its headings."""

from __future__ import annotations

from random import Random

_HEADINGS = (
    "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
)  # fmt: skip
_OLD_HEADINGS = (
    "一、概述", "二、主动公开政府信息的情况", "三、依申请公开政府信息情况", "四、政府信息公开的收费及减免情况",
    "五、因政府信息公开申请行政复议、提起行政诉讼的情况", "六、存在的主要问题和改进措施",
)  # fmt: skip
_PROSE = (
    "我们认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，持续推进决策、执行、管理、服务、结果公开。",
    "健全工作机制，明确专人负责信息的收集、审核和发布，对拟公开的信息严格履行保密审查程序，确保内容准确、表述规范、及时更新。",
    "下一步将继续加强业务培训，拓宽公开渠道，提高信息质量，更好地回应社会关切，切实保障公众的知情权、参与权和监督权。",
)  # fmt: skip
_NEW_FORM = 2019


def report_body(rng: Random, authority: str, year: int) -> str:
    headings = _HEADINGS if year >= _NEW_FORM else _OLD_HEADINGS
    counted = rng.randrange(20, 900)
    parts = [
        f"<p>　　根据《中华人民共和国政府信息公开条例》规定，现公布{authority}{year}年政府信息公开工作年度报告。"
        f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。</p>"
    ]
    for heading in headings:
        parts.append(f"<p><strong>{heading}</strong></p><p>　　{rng.choice(_PROSE)}</p>")
        if "主动公开" in heading and year >= _NEW_FORM:
            parts.append(
                _table(rng, ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), ("规章", "行政规范性文件"))
            )
        elif "总体情况" in heading or "概述" in heading:
            parts.append(
                f"<p>　　全年主动公开政府信息{counted}条，收到政府信息公开申请{rng.randrange(9)}件，均已按期答复。</p>"
            )
        elif "申请情况" in heading:
            parts.append(
                _table(rng, ("", "自然人", "商业企业", "总计"), ("本年新收政府信息公开申请数量", "结转下年度继续办理"))
            )
    return "".join(parts)


def _table(rng: Random, head: tuple[str, ...], labels: tuple[str, ...]) -> str:
    rows = [head, *((label, *(str(rng.randrange(30)) for _ in head[1:])) for label in labels)]
    return f"<table border=1>{''.join(f'<tr>{_cells(row)}</tr>' for row in rows)}</table>"


def _cells(row: tuple[str, ...]) -> str:
    return "".join(f"<td><p>{cell}</p></td>" for cell in row)


def shell_body() -> str:
    return "<p>　　全文请见附件。</p>"


def look_alike_body(rng: Random, title: str) -> str:
    """What stands under a look-alike's title."""
    if "格式" in title or title.startswith("关于做好"):
        inner = "".join(f"<p>{heading}</p><p>（请填写）</p>" for heading in _HEADINGS)
        return f"<p>各乡镇人民政府、县直各部门：</p><p>请于1月31日前按下列格式报送并发布。</p>{inner}"
    if "图解" in title or "一图" in title:
        return '<p align="center"><img src="/images/tujie.jpg" width="900"></p>'
    if "解读" in title:
        return f"<p>近日，{title}发布。现就总体情况说明如下：</p><p>{rng.choice(_PROSE)}</p>"
    if "报表" in title or "决算" in title:
        return f"<p>{rng.choice(_PROSE)}</p><p>附件：<a href='/upload/{rng.randrange(10**6)}.pdf'>{title}.pdf</a></p>"
    return "".join(f"<p>　　{sentence}</p>" for sentence in _PROSE)
