"""The files that hang on a report page: linked, framed, opened by a script, shown in a viewer, or behind a download
servlet. What they are is decided later, by their bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml.html import HtmlElement

from crawlers.addresses import absolute
from crawlers.books import leaves
from crawlers.links import MAIN, place_of
from crawlers.page import Page, link_text, squeezed
from crawlers.paths import elements_at
from pipeline.model import Candidate, Kind
from pipeline.titles import is_report_title

_EXTENSIONS = "pdf|docx?|wps|ofd|xlsx?|et|rtf|zip|rar|7z"
_FILE = re.compile(rf"\.({_EXTENSIONS})$", re.I)
_FILE_WORD = re.compile(rf"\.(?:{_EXTENSIONS})", re.I)  # sooner looked for than the addresses with one
_FILE_NAMED = re.compile(rf"\.({_EXTENSIONS})(?=$|[^a-z])", re.I)
_SERVLET = re.compile(
    r"download|downfile|downloadattach|/attach(ment)?s?/|file-download|[?&](file|attach)(id|name|url)?=", re.I
)
_SCRIPT_ADDRESS = re.compile(
    rf"['\"]([^'\"]{{1,400}}?(?:\.(?:{_EXTENSIONS})|(?:downfile|download)[^'\"]{{0,400}}))['\"]", re.I
)
_FILE_CALLED = re.compile(rf"\.({_EXTENSIONS})\s*[)）】]?\s*$", re.I)
_PAGE = re.compile(r"\.s?html?$", re.I)
_QUOTED = re.compile(r"['\"]([^'\"]{1,400})['\"]")
_ROOTED = re.compile(r"(https?:/)?/[^/]", re.I)
_CALLED = re.compile(r"\b(file_?)?(name|title|text|label|alt)['\"]?\s*[:=]\s*$", re.I)  # no address
_EXPIRING = re.compile(r"/document/(file-)?download\?(.*&)?fileUrl=", re.I)
_VIEWER_PARAMETERS = frozenset({"file", "fileurl", "src", "url", "pdf"})
_VIEWER = re.compile(r"viewer|pdfjs|preview", re.I)
_IMAGE = re.compile(r"\.(jpe?g|png|tiff?|bmp)$", re.I)
_BODY = ("zoom", "ucap-content", "trs_editor", "trs_ueditor", "trs_editor_view", "vsb_content", "v_news_content",
         "content", "article", "ivs_content", "maintext", "context")  # fmt: skip
_SCRIPT = "javascript:"
_CALLING = elements_at(f"/descendant::*[@onclick or (self::a and starts-with(@href, '{_SCRIPT}'))]")
_BODIES = ("div", "td", "section", "article")
_WORDS_OF_A_REPORT = 400  # a page that says less in its body may be pictures of one,
_NO_TITLE = frozenset({"html", "head", "title", "meta", "script", "style", "a"})
_CELLS_OF_A_TABLE = 12  # and so may the tables of one that says more, but prints no table of so many cells
_MOST = 60


@lru_cache(maxsize=4)  # a page is asked for them by whoever judges it and by whoever takes it
def attachments(page: Page) -> tuple[Candidate, ...]:
    """In the page's order, each once. Pictures count only where the body has next to no words, or no tables."""
    found: dict[str, str] = {}
    for url, text in (*_linked(page), *_framed(page), *_scripted(page)):
        found.setdefault(url, text)
    for url in leaves(page):
        found.setdefault(url, "")
    if not found:
        found = dict(_pictures(page))
    return tuple(
        Candidate(url, Kind.ATTACHMENT, title=text, found_on=page.url) for url, text in list(found.items())[:_MOST]
    )


def expires(url: str) -> bool:
    """Whether an address is good for a while only, as those of files that are named by an encrypted text."""
    return bool(_EXPIRING.search(url))


def is_file_address(url: str) -> bool:
    """Whether an address names a document by its extension."""
    return bool(_FILE.search(unquote(urlsplit(url).path)))


def _linked(page: Page) -> Iterator[tuple[str, str]]:
    for anchor in page.root.iter("a"):
        target = absolute(page.base, anchor.get("href") or "")
        if not target:
            continue
        target = in_viewer(target) or target
        if is_file_address(target) or _says_file(anchor, target):
            text = link_text(anchor)
            if is_report_title(text) is not False:
                yield target, text


def _says_file(anchor: HtmlElement, target: str) -> bool:
    """Whether a link to a servlet says that it brings a file, or one to whatever script carries a file's whole name: a
    page that is named so ends like a page."""
    names = (anchor.text_content(), anchor.get("title") or "", anchor.get("download") or "")
    if _SERVLET.search(target):
        said = " ".join(names)
        if _FILE_NAMED.search(said) or "附件" in said or "下载" in said:
            return True
    return any(_FILE_CALLED.search(name) for name in names) and not _PAGE.search(urlsplit(target).path)


def _framed(page: Page) -> Iterator[tuple[str, str]]:
    for element in page.root.iter("iframe", "embed", "object", "frame"):
        target = absolute(page.base, element.get("src") or element.get("data") or "")
        inner = in_viewer(target) if target else ""
        if inner:
            yield inner, ""
        elif target and (
            is_file_address(target) or _SERVLET.search(target) or element.get("type") == "application/pdf"
        ):
            yield target, ""


def in_viewer(target: str) -> str:
    """`viewer.html?file=/a/b.pdf` shows the file its parameter names, which a servlet may send."""
    if "?" not in target:
        return ""
    parts = urlsplit(target)
    for name, value in parse_qsl(parts.query):
        named = _FILE.search(value.split("?")[0]) or (_VIEWER.search(parts.path) and _SERVLET.search(value))
        if name.lower() in _VIEWER_PARAMETERS and named:
            return absolute(target, value)
    return ""


def _scripted(page: Page) -> Iterator[tuple[str, str]]:
    """Addresses in onclick and javascript: links, and in scripts that name a file for a viewer."""
    for element in _calling(page):
        script = f"{element.get('onclick') or ''} {element.get('href') or ''}"[:4000]
        for address in _addresses_called(script):
            if target := absolute(page.base, address):
                yield target, link_text(element)
    for script in page.root.iter("script"):
        text = (script.text or "")[:100_000]
        for found in _SCRIPT_ADDRESS.finditer(text) if _FILE_WORD.search(text) else ():
            address, labelled = found[1], _CALLED.search(found.string, max(0, found.start() - 20), found.start())
            if _FILE.search(address.split("?")[0]) and not labelled and (target := absolute(page.base, address)):
                yield target, ""


def _calling(page: Page) -> Iterable[HtmlElement]:
    """What runs a script when it is clicked."""
    if "onclick" in page.opening:
        return _CALLING(page.root)
    anchors = page.root.iter("a") if page.says(_SCRIPT) else ()
    return (anchor for anchor in anchors if (anchor.get("href") or "").startswith(_SCRIPT))


def _addresses_called(script: str) -> list[str]:
    """Of `down('/servlet?id=9', '2023.doc')` the first: a bare name beside it is what the file will be called."""
    named = _SCRIPT_ADDRESS.findall(script)
    rooted = [text for text in _QUOTED.findall(script) if _ROOTED.match(text)]
    return ([text for text in named if text in rooted] or rooted[:1] or named) if named else []


def _pictures(page: Page) -> Iterator[tuple[str, str]]:
    """Those of the body, or where that has no known name, those that stand below the title."""
    if next(page.root.iter("img"), None) is None:
        return
    body = body_of(page.root)
    text = page.running_text if body is None else body.text_content().strip()
    if len(text) > _WORDS_OF_A_REPORT and (body is None or _has_tables(body)):
        return
    for image in _below_title(page) if body is None else body.iter("img"):
        target = _address_of(image, page.base)
        small = any((image.get(side) or "").rstrip("px").isdigit() and int(image.get(side).rstrip("px")) < 200
                    for side in ("width", "height"))  # fmt: skip
        if target and not small:
            yield target, image.get("alt") or ""


def _below_title(page: Page) -> Iterator[HtmlElement]:
    begun = False
    for element in page.root.iter():
        if element.tag == "img" and begun and place_of(element) == MAIN:
            yield element
        elif not begun and page.title and isinstance(element.tag, str) and element.tag not in _NO_TITLE:
            said = squeezed("".join(part[:300] for part in islice(element.itertext(), 6)))
            begun = said == page.title and element.find(".//img") is None


def _has_tables(body: HtmlElement) -> bool:
    return any(
        len(list(islice(table.iter("td"), _CELLS_OF_A_TABLE))) == _CELLS_OF_A_TABLE for table in body.iter("table")
    )


def _address_of(image: HtmlElement, base: str) -> str:
    """What an image shows in the end: where pictures are loaded late, `src` names a placeholder."""
    late = [value for name, value in sorted(image.attrib.items()) if name.startswith("data-")]
    targets = (absolute(base, address) for address in (*late, image.get("src") or ""))
    return next((target for target in targets if _IMAGE.search(urlsplit(target).path)), "")


def body_of(root: HtmlElement) -> HtmlElement | None:
    """The article's body by the names that portal software gives it; None where it has none of them."""
    named: dict[str, HtmlElement] = {}
    for element in root.iter(*_BODIES):
        own, kinds = element.get("id"), element.get("class")
        if own or kinds:  # most cells have neither
            for word in f"{own or ''} {kinds or ''}".lower().split():
                named.setdefault(word, element)
    return next((named[name] for name in _BODY if name in named), None)
