"""A page's tree brought to what its reader sees: without scripts, hidden parts and struck-out text, with the values of
its fields and the pages framed in it."""

from __future__ import annotations

from lxml.html import HtmlElement

from pipeline.errors import UnreadableDocument
from pipeline.readers.html.parse import parse
from pipeline.readers.html.styles import Styles
from pipeline.readers.ragged import is_value

_UNSEEN = ("script", "style", "noscript", "template", "svg", "head", "select", "textarea", "button", "audio", "video",
           "s", "strike", "del", "datalist", "map", "canvas")  # fmt: skip
_FIELDS = ("input", "textarea", "select")
_MOST_FRAMES = 5
_STYLED = ".//*[@style or @hidden]"


def visible(tree: HtmlElement, styles: Styles, *, unhidden: bool = False) -> HtmlElement:
    """The body of `tree`, which is changed. `unhidden` leaves in what a script may show later."""
    body = tree.find("body")
    root = body if body is not None else tree
    _put_frames_in(root)
    _print_fields(root)
    unseen = list(root.iter(*_UNSEEN))
    if not unhidden:
        unseen += [element for element in (*root.xpath(_STYLED), *styles.by_element) if _is_hidden(element, styles)]
    for element in unseen:
        if element is not root and element.getparent() is not None:
            element.drop_tree()
    return root


def _is_hidden(element: HtmlElement, styles: Styles) -> bool:
    if element.get("hidden") is not None or styles.of(element, "display") == "none":
        return True
    if styles.of(element, "visibility") in {"hidden", "collapse"}:
        return True
    decoration = styles.of(element, "text-decoration") + styles.of(element, "text-decoration-line")
    return "line-through" in decoration


def _print_fields(root: HtmlElement) -> None:
    """Fields in tables with a value in them, as forms filled in on the page have."""
    for element in list(root.iter(*_FIELDS)):
        value = _value(element).strip()
        if is_value(value) and next(element.iterancestors("td", "th"), None) is not None:
            printed = element.makeelement("span")
            printed.text, printed.tail = value, element.tail
            element.getparent().replace(element, printed)


def _value(element: HtmlElement) -> str:
    if element.tag == "input":
        return element.get("value", "") if element.get("type", "text").lower() in {"text", "number", "tel"} else ""
    if element.tag == "textarea":
        return element.text or ""
    options = list(element.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
    return str(chosen[0].text_content()) if chosen else ""


def _put_frames_in(root: HtmlElement) -> None:
    """Pages that a frame carries in itself, in its place."""
    frames = [frame for frame in root.iter("iframe") if (frame.get("srcdoc") or "").strip()]
    for frame in frames[:_MOST_FRAMES]:
        try:
            body = parse(frame.get("srcdoc")).find("body")
        except UnreadableDocument:
            continue  # an empty frame shows nothing
        if body is not None:
            body.tag, body.tail = "div", frame.tail
            frame.getparent().replace(frame, body)
