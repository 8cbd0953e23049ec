"""The rules that portals give to robots, and how a test tells whether they were kept: by the areas that they close,
which the fleet knows without reading robots.txt."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.support.sites import Answer

_PLAIN = {"Content-Type": "text/plain"}


@dataclass(frozen=True)
class Rules:
    answer: Answer = field(default_factory=lambda: Answer("<h1>404</h1>", 404))
    closed: str = ""  # a folder that nobody is to read
    forbidden: tuple[str, ...] = ()  # regular expressions of all that is closed
    delay: float = 0.0


def draw_rules(rng: Random, *, large: bool) -> Rules:
    """A large portal's crawl would take minutes with the longer delays."""
    drawn = rng.random()
    if drawn < 0.3:
        return Rules()
    if drawn < 0.4:
        return Rules(
            Answer("<html><head><title>首页</title></head><body>Disallow: /</body></html>")
        )  # for every address
    if drawn < 0.5:
        return Rules(Answer("User-agent: *\nAllow: /\n", headers=_PLAIN))
    if drawn < 0.6:
        return Rules(Answer("User-agent: Baiduspider\nDisallow: /\n\nUser-agent: Sogou\nDisallow: /\n", headers=_PLAIN))
    closed = f"/nb{rng.randrange(100)}/"
    lines = [
        "# robots",
        "User-agent: *",
        "Disallow: /admin/",
        f"Disallow: {closed}",
        "Disallow: /*?print=",
        "Disallow: /*.bak$",
    ]
    forbidden = ("^/admin/", f"^{closed}", r"\?print=", r"\.bak$")
    delay = rng.choice((0.0, 0.0, 0.15, 0.3)) / (6 if large else 1)
    if delay:
        lines.insert(2, f"Crawl-delay: {delay}")
    text = rng.choice(("\n", "\r\n")).join(lines) + "\n"
    if rng.random() < 0.3:
        text = "\ufeff" + text
    return Rules(Answer(text.encode(), headers=_PLAIN), closed, forbidden, delay)
