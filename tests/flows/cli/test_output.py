import pytest

from flows.cli.output import print_rows


def test_what_a_document_holds_does_not_command_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(["title"], [["年报\x1b]0;owned\x07\x1b[2J"]])
    shown = capsys.readouterr().out
    assert "\x1b" not in shown and "\x07" not in shown
    assert "年报" in shown
