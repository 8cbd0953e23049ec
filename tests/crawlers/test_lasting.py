"""Which requests of a script can be sent again another day."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import pytest

from crawlers.exchange import Ask
from crawlers.lasting import lasting_ask

PAGE = "http://e.gov.cn/nb/"
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}


def _ask(query: str = "", body: str = "", **headers: str) -> Ask | None:
    request: dict[str, Any] = {"url": f"http://e.gov.cn/api?{query}", "method": "POST" if body else "GET"}
    return lasting_ask(request | {"postData": body, "headers": headers}, PAGE)


def test_what_a_script_says_of_itself_is_said_again_and_nothing_else() -> None:
    said = {"X-Requested-With": "XMLHttpRequest", "Accept": "application/json", "User-Agent": "x", "Trace": "7"}
    ask = _ask("page=1&_=1700000000000", **said)
    assert ask is not None
    assert ask.url == "http://e.gov.cn/api?page=1"
    assert ask.headers == (("Accept", "application/json"), ("X-Requested-With", "XMLHttpRequest"))
    assert ask.referer == PAGE


def test_forms_and_json_are_sent_again() -> None:
    form = _ask(body="page=1&title=%E5%B9%B4", **FORM)
    assert form is not None and form.form == (("page", "1"), ("title", "年"))
    sent = _ask(body='{"page": 1}', **{"Content-Type": "text/plain"})
    assert sent is not None and sent.json == '{"page": 1}'
    assert _ask(body="--x\r\npart", **{"Content-Type": "multipart/form-data; boundary=x"}) is None
    assert _ask(body="x" * 5000, **FORM) is None


@pytest.mark.parametrize("query", ["accessToken=ab", "page=1&sign=0f", "q={%22csrf%22:%22x%22}"])
def test_a_secret_is_not_kept(query: str) -> None:
    assert _ask(query) is None


def test_nor_is_one_in_a_header_or_a_body() -> None:
    assert _ask("page=1", Authorization="Bearer x") is None
    assert _ask("page=1", **{"X-CSRF-Token": "x"}) is None
    assert _ask(body='{"page": 1, "param": {"nonce": "x"}}') is None
    assert _ask(body="page=1&captcha=x", **FORM) is None
    assert _ask("page=1", Authorization="") is not None


def test_what_is_asked_for_today_would_hide_tomorrows_rows() -> None:
    today = datetime.now(UTC)
    assert _ask(f"page=1&until={today:%Y-%m-%d}") is None
    assert _ask(body=f'{{"until": "{today.year}/{today.month}/{today.day} 00:00"}}') is None
    assert _ask(body=f'{{"at": {int(time.time() * 1000)}}}') is None
    assert _ask("page=1&from=2008-05-01") is not None
