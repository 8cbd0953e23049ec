"""What a crawl has in hand lies on disk, behaves as what is usually in memory, and is gone when it is not needed."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from pathlib import Path

from crawlers.columns import Row
from crawlers.desk import Desk, Drawer, Pile
from crawlers.exchange import Ask
from crawlers.frontier import Frontier, Step, Visit

FIRST, SECOND = Row("http://a.cn/", "甲"), Row("http://b.cn/", "乙" * 3000)


def test_a_drawer_is_a_dictionary_in_the_order_in_which_things_were_last_put_there() -> None:
    desk = Desk()
    drawer, other = Drawer(desk, Row), Drawer(desk, Row)
    drawer["a"], drawer["b"], other["a"] = FIRST, SECOND, SECOND
    assert list(drawer.items()) == [("a", FIRST), ("b", SECOND)]
    drawer["a"] = SECOND
    assert list(drawer) == ["b", "a"]
    assert drawer.setdefault("b", FIRST) == SECOND
    del drawer["b"]
    assert (dict(drawer), len(drawer), "b" in drawer, drawer.get("b")) == ({"a": SECOND}, 1, False, None)
    assert list(other.values()) == [SECOND]


def test_a_pile_is_looked_at_from_the_bottom_and_anywhere() -> None:
    pile = Pile(Desk(), Row)
    for row in (FIRST, SECOND, FIRST):
        pile.append(row)
    assert (list(pile), pile[1], len(pile)) == ([FIRST, SECOND, FIRST], SECOND, 3)


def test_a_desk_is_a_file_without_a_name_and_none_where_nothing_is_put_there(tmp_path: Path) -> None:
    with Desk(tmp_path / "nowhere"):
        pass
    with Desk(tmp_path) as desk:
        Drawer(desk, Row)["a"] = FIRST
        assert list(tmp_path.iterdir()) == []


_FILLED = """
import resource, sys
from crawlers.columns import Row
from crawlers.desk import Desk, Pile
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
pile = Pile(Desk(), Row)
try:
    while True:
        pile.append(Row("http://a.cn/", "x" * 1000))
except OSError:
    sys.exit(3 if len(pile) > 10 and len(set(pile)) == 1 else 1)
"""


def test_a_disk_that_takes_no_more_is_the_disks_fault() -> None:
    assert subprocess.run([sys.executable, "-c", _FILLED], check=False).returncode == 3


def visit(name: str, step: Step, score: float = 0.0) -> Visit:
    return Visit(Ask(f"http://e.gov.cn/{name}"), step, title=name, score=score)


def test_the_best_visit_is_taken_first_and_each_address_once() -> None:
    frontier = Frontier(Desk())
    for one in (
        visit("way", Step.PATH, 0.3),
        visit("near", Step.PATH, 0.9),
        visit("second", Step.PATH, 0.9),
        visit("report", Step.PATH, 1.0),
        visit("report", Step.REPORT),
        visit("start", Step.START),
    ):
        assert frontier.add(one)
    assert not frontier.add(visit("report", Step.MAYBE))
    assert frontier.take() == visit("start", Step.START)
    assert frontier.add(visit("late", Step.REPORT))
    taken = [one.title for one in iter(frontier.take, None)]
    assert taken == ["report", "late", "near", "second", "way"]
    assert not frontier.add(visit("report", Step.REPORT))
    assert frontier.knows("e.gov.cn/way")


def test_a_visit_that_waits_takes_some_bytes_of_memory() -> None:
    visits = [visit(f"t{number}.html", Step.REPORT) for number in range(3000)]
    assert all(map(Frontier(Desk()).add, visits))  # what is remembered of addresses is not the frontier's
    frontier = Frontier(Desk())
    tracemalloc.start()
    try:
        assert all(map(frontier.add, visits))
        taken = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert taken < 40 * len(visits)
