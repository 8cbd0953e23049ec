"""How five editors left a report in a page: tags, attributes and encodings as portals have them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class HtmlStyle:
    """Templates take `text`; those of cells also `tag`, `span` (attributes) and `width` (per cent)."""

    wrap: tuple[str, str]
    title: str
    heading: str
    subheading: str
    body: str
    table: str
    head: str
    label: str
    number: str
    bold: str = "<strong>{text}</strong>"
    blank: str = "&nbsp;"
    line_break: str = "<br/>"
    bookmark: str = ""
    head_tag: str = "td"
    thead: bool = False
    columns: bool = False  # a <colgroup>
    divided: bool = False  # section 2 as four tables
    as_dumped: bool = False  # rows that lost their group cell stay so
    encoding: str = "utf-8"
    declared: str = "utf-8"


_UE = "font-family: 仿宋_GB2312, FangSong; font-size: 21px;"
_UE_CELL = "border-color: windowtext; border-width: 1px; border-style: solid; padding: 0px 7px; word-break: break-all;"

# The UEditor of TRS WCM after a paste from Word: a span for every change of font, kept by each later edit.
NESTED_SPANS = HtmlStyle(
    wrap=('<div class="view TRS_UEDITOR trs_paper_default trs_web">', "</div>"),
    title='<p style="text-align: center; line-height: 37px;">'
    '<span style="font-family: 方正小标宋简体; font-size: 29px;"><span>{text}</span></span></p>',
    heading='<p style="text-indent: 43px; line-height: 37px;"><span style="font-family: 黑体; font-size: 21px;">'
    "<span style='font-family: \"黑体\";'>{text}</span></span></p>",
    subheading='<p style="text-indent: 43px; line-height: 37px;"><span style="font-family: 楷体_GB2312; '
    'font-size: 21px;">{text}</span></p>',
    body=f'<p style="text-indent: 43px; line-height: 37px;"><span style="{_UE}"><span style="font-size: 21px;">'
    '{text}</span></span><span style="font-size: 21px;"></span></p>',
    table='<table width="630" align="center" cellspacing="0" cellpadding="0" style="border-collapse: collapse;">',
    head=f'<{{tag}} width="{{width}}%"{{span}} valign="center" style="{_UE_CELL}"><p style="text-align: center;">'
    '<strong><span style="font-family: 宋体; font-size: 14px;">{text}</span></strong></p></{tag}>',
    label=f'<td width="{{width}}%"{{span}} valign="center" style="{_UE_CELL}"><p style="text-align: justify;">'
    '<span style="font-family: 宋体;"><span style="font-size: 14px;">{text}</span></span></p></td>',
    number=f'<td width="{{width}}%"{{span}} valign="center" style="{_UE_CELL}"><p style="text-align: center;">'
    '<span style="font-size: 14px;"><span lang="EN-US">{text}</span></span></p></td>',
    as_dumped=True,
)

# Word's own filtered HTML, attributes unquoted, in a page that is GBK and says so.
MSO_NORMAL = HtmlStyle(
    wrap=("<div class=\"TRS_Editor\"><div class=WordSection1 style='layout-grid:15.6pt'>", "</div></div>"),
    title="<p class=MsoNormal align=center style='text-align:center;line-height:28.0pt'><span style='font-size:22.0pt;"
    "font-family:方正小标宋简体'>{text}<span lang=EN-US><o:p></o:p></span></span></p>",
    heading="<p class=MsoNormal style='text-indent:32.0pt;line-height:28.0pt'><span style='font-size:16.0pt;"
    "font-family:黑体'>{text}<o:p></o:p></span></p>",
    subheading="<p class=MsoNormal style='text-indent:32.0pt'><b><span style='font-size:16.0pt'>{text}</span></b></p>",
    body="<p class=MsoNormal style='text-indent:32.0pt;line-height:28.0pt'><span style='font-size:16.0pt;"
    "font-family:仿宋_GB2312'>{text}<span lang=EN-US><o:p></o:p></span></span></p>",
    table="<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 width=614 "
    "style='border-collapse:collapse;border:none'>",
    head="<{tag} width=\"{width}%\"{span} style='border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt'>"
    "<p class=MsoNormal align=center><b><span style='font-size:10.5pt'>{text}</span></b></p></{tag}>",
    label="<td width=\"{width}%\"{span} style='border:solid windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt'>"
    "<p class=MsoNormal><span style='font-size:10.5pt;font-family:宋体'>{text}<span lang=EN-US><o:p></o:p></span>"
    "</span></p></td>",
    number="<td width=\"{width}%\"{span} style='border:solid windowtext 1.0pt'><p class=MsoNormal align=center>"
    "<span lang=EN-US style='font-size:10.5pt'>{text}<o:p></o:p></span></p></td>",
    bold="<b>{text}</b>",
    blank="<o:p>&nbsp;</o:p>",
    line_break="<br>",
    divided=True,
    as_dumped=True,
    encoding="gbk",
    declared="gb2312",
)

# A layout table around everything, the first row marked by the editor, labels broken by hand.
LAYOUT_TABLE = HtmlStyle(
    wrap=(
        '<table width="980" border="0" align="center" cellpadding="0" cellspacing="0"><tr><td valign="top" '
        'class="bt_content"><div class="TRS_Editor">',
        "</div></td></tr></table>",
    ),
    title='<p align="center"><strong><font size="5">{text}</font></strong></p>',
    heading='<p style="text-indent:2em;"><strong>{text}</strong></p>',
    subheading='<p style="text-indent:2em;"><strong>{text}</strong></p>',
    body="<p>　　{text}</p>",
    table='<table border="1" cellspacing="0" cellpadding="0" style="border-collapse:collapse;width:100%">',
    head='<{tag} width="{width}%"{span} align="center"><strong>{text}</strong></{tag}>',
    label='<td width="{width}%"{span}><p style="margin:0">{text}</p></td>',
    number='<td width="{width}%"{span} align="center"><p style="margin:0"><span lang="EN-US">{text}</span>'
    "&nbsp;</p></td>",
)

# VSB's visual editor, table head in a <thead>; the bytes are GBK though the page says UTF-8.
VSB_EDITOR = HtmlStyle(
    wrap=('<div id="vsb_content"><div class="v_news_content">', "</div></div>"),
    title='<p class="vsbcontent_start" style="text-align: center"><span style="font-size: 24px">{text}</span></p>',
    heading='<p style="text-indent: 2em"><span style="font-family: 黑体">{text}</span></p>',
    subheading='<p style="text-indent: 2em"><span style="font-family: 楷体">{text}</span></p>',
    body='<p style="text-indent: 2em">{text}</p>',
    table='<table class="vsbtable" border="1" cellspacing="0" style="width: 100%; border-collapse: collapse">',
    head='<{tag}{span} style="text-align: center; width: {width}%">{text}</{tag}>',
    label="<td{span}>{text}</td>",
    number='<td{span} style="text-align: center">{text}</td>',
    bookmark='<a name="_GoBack"></a>',
    head_tag="th",
    thead=True,
    divided=True,
    encoding="gbk",
    declared="utf-8",
)

# Clean markup with real headings and a <colgroup>.
PLAIN = HtmlStyle(
    wrap=('<div id="zoom" class="art_con">', "</div>"),
    title="<h2>{text}</h2>",
    heading="<h3>{text}</h3>",
    subheading="<h4>{text}</h4>",
    body="<p>{text}</p>",
    table='<div class="table-responsive"><table class="nb">',
    head="<{tag}{span}>{text}</{tag}>",
    label="<td{span}>{text}</td>",
    number='<td{span} class="n">{text}</td>',
    columns=True,
    thead=True,
)

STYLES = {
    "longde-gaj-2024": NESTED_SPANS,
    "zhongwei-gaj-2024": MSO_NORMAL,
    "shizuishan-gaj-2022": LAYOUT_TABLE,
    "gaoqing-gaj-2024": VSB_EDITOR,
    "huaiyuan-gaj-2024": PLAIN,
}
