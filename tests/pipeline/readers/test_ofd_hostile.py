"""OFD files made to hurt: each is read within bounds or refused with a reason."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadableDocument
from pipeline.model import Document
from pipeline.readers import read
from tests.support.ofd_files import OfdCanvas, package

_HEAD = '<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016">'
_CONTENT = "Doc_0/Pages/Page_0/Content.xml"
_ENOUGH_SECONDS = 20  # on a machine that does other things


def page_of(objects: str) -> bytes:
    return f"{_HEAD}<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>".encode()


def document(**parts: bytes) -> bytes:
    """A document of one page with these parts in place of its own."""
    canvas = OfdCanvas()
    canvas.new_page()
    canvas.text(72, 100, 15, "收到申请三件，予以公开三件。")
    canvas.extra = {{"content": _CONTENT, "root": "Doc_0/Document.xml", "entry": "OFD.xml",
                     "resources": "Doc_0/PublicRes.xml"}[name]: body for name, body in parts.items()}  # fmt: skip
    return canvas.content()


def read_soon(body: bytes) -> Document:
    start = time.monotonic()
    try:
        return read(body, "a.ofd", ocr="never")
    finally:
        assert time.monotonic() - start < _ENOUGH_SECONDS


def text_object(text: str, delta: str) -> str:
    code = f'<ofd:TextCode X="0" Y="4" DeltaX="{delta}">{text}</ofd:TextCode>'
    return f'<ofd:TextObject ID="1" Boundary="10 10 100 10" Font="5" Size="4">{code}</ofd:TextObject>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["content", "root", "entry"])
def test_entities_are_refused(part: str, encoding: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    text = f'<?xml version="1.0" encoding="{encoding}"?>{bomb}<ofd:Page xmlns:ofd="x">&b;&c;</ofd:Page>'
    with pytest.raises(UnreadableDocument, match="实体"):
        read_soon(document(**{part: text.encode(encoding)}))


def test_a_part_that_unpacks_to_gigabytes_is_not_unpacked() -> None:
    with pytest.raises(UnreadableDocument, match="超过"):
        read_soon(document(content=b"<a>" + b" " * 60_000_000 + b"</a>"))


def test_steps_for_a_billion_characters() -> None:
    found = read_soon(document(content=page_of(text_object("收到申请三件，予以公开三件。", "g 1000000000 4"))))
    assert len(found.blocks) == 1


def test_a_page_with_more_characters_than_paper_holds_is_cut_and_says_so() -> None:
    lines = "".join(text_object("九" * 9000, "g 8999 0.01") for _ in range(7))
    assert "内容过多" in read_soon(document(content=page_of(lines))).doubts[0]


def test_more_lines_than_a_table_has() -> None:
    path = f"<ofd:AbbreviatedData>{'M 0 0 L 90 0 M 0 0 L 0 90 ' * 9000}</ofd:AbbreviatedData>"
    objects = (
        text_object("收到申请三件，予以公开三件。", "g 99 4")
        + f'<ofd:PathObject Boundary="0 0 9 9">{path}</ofd:PathObject>'
    )
    assert read_soon(document(content=page_of(objects * 4))).doubts


def test_blocks_in_blocks_without_end() -> None:
    nested = "<ofd:PageBlock>" * 200 + text_object("深处", "4") + "</ofd:PageBlock>" * 200
    found = read_soon(document(content=page_of(text_object("收到申请三件，予以公开三件。", "g 99 4") + nested)))
    assert "内容过多" in found.doubts[0]


def test_composites_that_hold_themselves() -> None:
    own = '<ofd:CompositeObject ID="3" Boundary="0 0 9 9" ResourceID="9"/>' * 8
    unit = f'<ofd:CompositeGraphicUnit ID="9"><ofd:Content>{own}</ofd:Content></ofd:CompositeGraphicUnit>'
    resources = f'<ofd:Res xmlns:ofd="x">{unit}</ofd:Res>'.encode()
    objects = text_object("收到申请三件，予以公开三件。", "g 99 4") + own
    assert read_soon(document(content=page_of(objects), resources=resources)).doubts


def test_drawing_parameters_that_build_on_themselves() -> None:
    resources = b'<ofd:Res xmlns:ofd="x"><ofd:DrawParam ID="7" Relative="7"/></ofd:Res>'
    data = "<ofd:AbbreviatedData>M 0 0 L 9 0</ofd:AbbreviatedData>"
    line = f'<ofd:PathObject Boundary="0 0 9 9" DrawParam="7">{data}</ofd:PathObject>'
    objects = text_object("收到申请三件，予以公开三件。", "g 99 4") + line
    assert len(read_soon(document(content=page_of(objects), resources=resources)).blocks) == 1


def test_ten_thousand_pages_are_refused() -> None:
    pages = '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/>' * 10_000
    with pytest.raises(UnreadableDocument, match="页"):
        read_soon(document(root=f'<ofd:Document xmlns:ofd="x"><ofd:Pages>{pages}</ofd:Pages></ofd:Document>'.encode()))


@pytest.mark.parametrize(
    "area", ["0 0 0 0", "0 0 1e300 1e300", "nan nan nan nan", "-5 -5 -210 -297", "", "a b c d", "0 0 210"]
)
def test_paper_of_no_size(area: str) -> None:
    content = page_of(text_object("收到申请三件，予以公开三件。", "g 99 4")).replace(
        b"<ofd:Content>", f"<ofd:Area><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:Area><ofd:Content>".encode()
    )
    assert len(read_soon(document(content=content)).blocks) == 1


def test_paths_that_lead_out_of_the_package() -> None:
    root = (
        '<ofd:Document xmlns:ofd="x"><ofd:Pages><ofd:Page BaseLoc="../../../../etc/passwd"/></ofd:Pages></ofd:Document>'
    )
    with pytest.raises(UnreadableDocument, match="第 1 页"):
        read_soon(document(root=root.encode()))


NUMBERS = st.sampled_from(
    ["0", "-1", "3.5", "1e9", "nan", "inf", "", "g", "g 5 2", "x", "1 2 3", "0 0 9 9", "1 0 0 1 0 0"]
)
NAMES = st.sampled_from(
    ["TextObject", "TextCode", "PathObject", "AbbreviatedData", "ImageObject", "PageBlock", "Layer", "CompositeObject",
     "CGTransform", "Glyphs", "Content", "FillColor", "StrokeColor", "Clips", "Area", "Template"]
)  # fmt: skip
ATTRIBUTES = st.sampled_from(
    ["ID", "Boundary", "CTM", "X", "Y", "DeltaX", "DeltaY", "Size", "Font", "HScale", "ReadDirection", "CharDirection",
     "Alpha", "Visible", "Fill", "Stroke", "LineWidth", "ResourceID", "DrawParam", "Value", "Type", "CodePosition"]
)  # fmt: skip
TEXTS = st.sampled_from(["", "收到3件", "M 0 0 L 9 9", "M 0 0 L 9 0 L 9 1 C", "B 1 2 3", "A", "12", "\n"]) | st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="<&"), max_size=6
)


def element(name: str, attributes: dict[str, str], content: list[str]) -> str:
    named = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    return f"<{name} {named}>{''.join(content)}</{name}>"


ELEMENTS = st.recursive(
    TEXTS,
    lambda inner: st.builds(
        element, NAMES, st.dictionaries(ATTRIBUTES, NUMBERS, max_size=5), st.lists(inner, max_size=5)
    ),
    max_leaves=25,
)


@given(st.lists(ELEMENTS, max_size=8))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_elements(objects: list[str]) -> None:
    with contextlib.suppress(UnreadableDocument):
        read(document(content=page_of("".join(objects))), "a.ofd", ocr="never")


@given(st.sampled_from(["content", "root", "entry", "resources"]), st.binary(max_size=300))
@settings(max_examples=30, deadline=None)
def test_any_bytes_for_a_part(part: str, body: bytes) -> None:
    with contextlib.suppress(UnreadableDocument):
        read(document(**{part: body}), "a.ofd", ocr="never")


@given(st.dictionaries(st.sampled_from(["OFD.xml", "ofd.XML", "Doc_0/Document.xml", "a"]), st.binary(max_size=80)))
@settings(max_examples=40, deadline=None)
def test_any_package(files: dict[str, bytes]) -> None:
    with contextlib.suppress(UnreadableDocument):
        read(package({"OFD.xml": b"", **files}), "a.ofd", ocr="never")
