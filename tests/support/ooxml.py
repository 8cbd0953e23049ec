"""Makes DOCX packages from the XML of their parts, for what no library writes."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def docx_of(
    body: str, *, numbering: str = "", styles: str = "", files: dict[str, tuple[str, bytes]] | None = None
) -> bytes:
    """`files` are further parts by the id of the relation that names them: kind of relation and content."""
    parts: dict[str, bytes] = {"word/document.xml": _xml("document", f"<w:body>{body}</w:body>")}
    relations = []
    for kind, content in (("numbering", numbering), ("styles", styles)):
        if content:
            parts[f"word/{kind}.xml"] = _xml(kind, content)
            relations.append((kind, f"{kind}.xml", kind))
    for name, (kind, content) in (files or {}).items():
        parts[f"word/parts/{name}"] = content
        relations.append((name, f"parts/{name}", kind))
    parts["[Content_Types].xml"] = _types({name: kind for _, name, kind in relations})
    parts["_rels/.rels"] = _relations([("main", "word/document.xml", "officeDocument")])
    parts["word/_rels/document.xml.rels"] = _relations(relations)
    return zipped(parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(content: str, properties: str = "") -> str:
    inside = content if content.startswith("<w:") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _xml(root: str, content: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMES}>{content}</w:{root}>'.encode()


def _types(kinds: dict[str, str]) -> bytes:
    words = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    own = {"/word/document.xml": f"{words}.document.main+xml"}
    own |= {f"/word/{name}": f"{words}.{kind}+xml" for name, kind in kinds.items() if name == f"{kind}.xml"}
    defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    inside = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in defaults.items())
    inside += "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in own.items())
    return f'<Types xmlns="{_PACKAGE}/content-types">{inside}</Types>'.encode()


def _relations(relations: list[tuple[str, str, str]]) -> bytes:
    inside = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>' for name, target, kind in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'.encode()
