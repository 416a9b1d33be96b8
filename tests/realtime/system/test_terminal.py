"""Names on a terminal give it no commands."""

from __future__ import annotations

import pytest

from realtime.cli.console import Console
from realtime.errors import FileError
from realtime.system.ending import print_failure
from realtime.system.terminal import visible
from realtime.words import plain

HOSTILE = "a\x1b[31mb\x07\r\x9b2J\u202etxt.mid\x7f"
SHOWN = "a\ufffd[31mb\ufffd\ufffd\ufffd2J\ufffdtxt.mid\ufffd"


def test_what_is_obeyed_is_replaced() -> None:
    """Escapes, bells, carriage returns, C1 controls and turned writing; ends of lines, tabs and letters stay."""
    assert visible(HOSTILE) == SHOWN
    assert visible("Étude\tNo. 3\n[red]") == "Étude\tNo. 3\n[red]"


def test_sentences_are_visible(capsys: pytest.CaptureFixture[str]) -> None:
    """What a command says, and what it fails with."""
    Console().say(HOSTILE)
    assert print_failure("liszten", FileError(plain(HOSTILE)), debug=False) == 5
    assert capsys.readouterr() == ("", f"{SHOWN}\nliszten: {SHOWN}\n")
