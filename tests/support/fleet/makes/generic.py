"""Makes without a module of their own: addresses as observed, listings whose further pages are linked in some way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from tests.support.fleet.draft import Make, page_links
from tests.support.fleet.truth import Column

Form = tuple[str, str, str]  # column, its further pages, article

_FORMS: dict[str, Form] = {
    "hn-content": ("/{n}/{m}/index.html", "/{n}/{m}/index_{p}.html", "/{n}/{m}/content_{i}.html"),
    "contents": ("/contents/{n}/index.html", "/contents/{n}/list-{p}.html", "/contents/{n}/{i}.html"),
    "dir-num": ("/{s}/{n}/index.html", "/{s}/{n}/index_{p}.html", "/{s}/{i}/index.html"),
    "php": ("/index.php?c=list&cid={n}", "/index.php?c=list&cid={n}&page={p}", "/index.php?c=show&id={i}"),
    "show": ("/list-{n}.html", "/list-{n}-{p}.html", "/show-{n}-{i}.html"),
    "ha-mmdd": ("/{s}/nb{n}/", "/{s}/nb{n}/index_{p}.html", "/{d:%Y/%m-%d}/{i}.html"),
    "km-c": ("/c/{n}/list.shtml", "/c/{n}/list_{p}.shtml", "/c/{d:%Y-%m-%d}/{i}.shtml"),
    "ymd8": ("/{s}-nb{n}/index.html", "/{s}-nb{n}/index_{p}.html", "/{s}-nb{n}/{d:%Y%m%d}/{i}.html"),
    "sh-hex": ("/nw{n}/index.html", "/nw{n}/index_{p}.html", "/nw{n}/{d:%Y%m%d}/{h}.html"),
    "ln-html": ("/html/{s}/{n}/glist.html", "/html/{s}/{n}/glist_{p}.html", "/html/{s}/{d:%Y%m}/0158{i:010}23.html"),
    "sc-show": ("/gongkai/list/{n}", "/gongkai/list/{n}?page={p}", "/gongkai/show/{d:%Y%m%d}{i:09}.html"),
    "nm-article": ("/{s}/{n}/list.html", "/{s}/{n}/list_{p}.html", "/{d:%Y-%m/%d}/article_{d:%Y%m%d}{i:08}.html"),
    "content-noext": ("/zfxxgk/{s}{n}/", "/zfxxgk/{s}{n}/list_{p}", "/zfxxgk/{s}{n}/content_{i}"),
    "aspx": ("/InfoList.aspx?cid={n}", "/InfoList.aspx?cid={n}&page={p}", "/Item/{i}.aspx"),
    "html-nn": ("/html/{n}/", "/html/{n}/{p}.html", "/html/{n}/{i}.html"),
    "dated-content": ("/{s}/node_{n}.htm", "/{s}/node_{n}_{p}.htm", "/{d:%Y-%m/%d}/content_{i}.htm"),
}


class Generic(Make):
    form: ClassVar[str]

    def column(self, slug: str) -> str:
        words = {"n": self.draft.number(), "m": self.draft.number(), "s": slug}
        address = _FORMS[self.form][0].format(**words)
        self.known[address] = words
        return address

    def article(self, column: str, day: date) -> str:
        words = self.known[column] | {"i": self.draft.number(), "d": day, "h": self.draft.name(32)}
        return _FORMS[self.form][2].format(**words)

    def publish(self, column: Column) -> None:
        pages, further = column.pages, _FORMS[self.form][1]
        numbers = range(2, len(pages) + 1)
        addresses = [column.address, *(further.format(**self.known[column.address], p=n) for n in numbers)]
        shape = self.rng.choice((page_links, _next_only, _scripted, _options))
        for number, (at, rows) in enumerate(zip(addresses, pages, strict=True), 1):
            self.draft.put(at, self.draft.listing(column, rows, at, after=shape(len(pages), number, addresses)))


def _next_only(total: int, here: int, address: Sequence[str]) -> str:
    before = f'<a href="{address[here - 2]}">上一页</a>' if here > 1 else "<span>上一页</span>"
    after = f'<a class="next" href="{address[here]}">下一页</a>' if here < total else "<span>下一页</span>"
    return f"<p>{before} {here}/{total} {after}</p>" if total > 1 else ""


def _scripted(total: int, here: int, address: Sequence[str]) -> str:
    """Buttons whose scripts hold the addresses."""
    if total < 2:
        return ""
    button = '<a href="javascript:void(0);" onclick="location.href=\'{}\'">{}</a>'
    shown = [(address[0], "首页")]
    if here < total:
        shown.append((address[here], "下一页"))
    shown.append((address[-1], "末页"))
    return f"<div class='fenye'>{' '.join(button.format(*one) for one in shown)}</div>"


def _options(total: int, here: int, address: Sequence[str]) -> str:
    """Links to the neighbours, and a box of all pages."""
    if total < 2:
        return ""
    options = "".join(f"<option value='{one}'>第{n}页</option>" for n, one in enumerate(address, 1))
    return f"{_next_only(total, here, address)}<select onchange='location=this.value'>{options}</select>"


def _make(form: str) -> type[Generic]:
    return type(form, (Generic,), {"form": form, "__doc__": f"Addresses as {_FORMS[form][2]}."})


MAKES: tuple[type[Make], ...] = tuple(_make(form) for form in _FORMS)
