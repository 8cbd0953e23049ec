"""Whatever elements a DOCX is made of, in whatever order, reading it gives a document or one reason."""

import contextlib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadableDocument
from pipeline.extract import extract
from pipeline.readers import read
from tests.support.ooxml import docx_of

NAMES = ["w:p", "w:r", "w:tbl", "w:tr", "w:tc", "w:sdt", "w:sdtContent", "w:pPr", "w:rPr", "w:tcPr", "w:trPr",
         "w:numPr", "w:ins", "w:del", "mc:AlternateContent", "mc:Choice", "mc:Fallback", "w:txbxContent", "w:tblGrid",
         "w:fldSimple", "w:hyperlink", "m:oMath"]  # fmt: skip
LEAVES = ["<w:t>5</w:t>", "<w:t>总体情况</w:t>", "<w:br/>", "<w:tab/>", '<w:sym w:font="Symbol" w:char="F0"/>',
          "<w:vMerge/>",
          '<w:gridSpan w:val="-3"/>', '<w:gridSpan w:val="999999999"/>', '<w:gridBefore w:val="x"/>', "<w:strike/>",
          '<w:hMerge w:val="continue"/>', '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>',
          '<w:numId w:val="1"/>', '<w:ilvl w:val="99"/>', '<w:gridCol w:w="-1"/>', '<w:gridCol w:w="9"/>',
          '<w:altChunk r:id="none"/>', '<a:blip r:embed="none"/>', "<w:sectPr/>"]  # fmt: skip
LEVEL = '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1%9、"/></w:lvl>'
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{LEVEL}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", st.sampled_from(NAMES), st.lists(inside, max_size=5)
    )


@given(st.lists(st.recursive(st.sampled_from(LEAVES), element, max_leaves=60), max_size=6))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_any_markup(parts: list[str]) -> None:
    with contextlib.suppress(UnreadableDocument):
        extract(read(docx_of("".join(parts), numbering=NUMBERING), "a.docx", ocr="never"))
