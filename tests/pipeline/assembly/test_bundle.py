from datetime import UTC, datetime

from pipeline.assembly.bundle import bundles
from pipeline.model import Kind, Snapshot

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PAGE = "http://x.gov.cn/report.html"


def snapshot(url: str, kind: Kind, portal: str, page_url: str = "") -> Snapshot:
    return Snapshot(url, portal, "run", kind, NOW, page_url=page_url)


def test_a_page_and_its_attachments_are_one_bundle_the_page_first() -> None:
    file = snapshot("http://x.gov.cn/a.pdf", Kind.ATTACHMENT, "one", PAGE)
    page = snapshot(PAGE, Kind.REPORT, "one")
    assert [bundle.members for bundle in bundles([file, page])] == [(page, file)]


def test_one_address_on_two_portals_is_two_bundles() -> None:
    pages = [snapshot(PAGE, Kind.REPORT, portal) for portal in ("one", "two")]
    file = snapshot("http://x.gov.cn/a.pdf", Kind.ATTACHMENT, "one", PAGE)
    assert [bundle.members for bundle in bundles([*pages, file])] == [(pages[0], file), (pages[1],)]


def test_attachments_of_a_page_that_was_not_brought_stay_together() -> None:
    files = [snapshot(f"http://x.gov.cn/{name}.pdf", Kind.ATTACHMENT, "one", PAGE) for name in "ab"]
    assert [bundle.members for bundle in bundles(files)] == [tuple(files)]
