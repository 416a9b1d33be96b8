"""`liszten report` as it is called: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from realtime.cli import main as cli
from realtime.report.document import schema

STARTER = Path(__file__).resolve().parents[4] / "assets" / "starter" / "performances"
MINUET, OTHER = (str(STARTER / f"petzold_minuet_in_g.take{i}.mid") for i in (0, 3))
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line in this process and folder: exit status, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def run(*arguments: str) -> tuple[int, str, str]:
        status = cli.run(("report", *arguments))
        captured = capfd.readouterr()
        return status, captured.out, captured.err

    return run


def test_alone_it_prints_a_table(run: Run) -> None:
    """With the take's name, its key and a group of measures; nothing else is said."""
    status, out, err = run(MINUET)
    assert (status, err) == (0, "")
    assert out.startswith("petzold_minuet_in_g.take0\n")
    assert "G major" in out
    assert "DYNAMICS" in out
    assert max(map(len, out.splitlines())) <= 100


def test_json_is_one_object_by_the_schema(run: Run) -> None:
    """On one line, also in comparison."""
    status, out, _ = run(MINUET, "--json", "--against", OTHER)
    assert (status, out.count("\n")) == (0, 1)
    document = json.loads(out)
    jsonschema.validate(document, schema())
    assert document["compare"]["take_id"] == "petzold_minuet_in_g.take3"


def test_a_page_is_written_and_not_replaced_unasked(run: Run, tmp_path: Path) -> None:
    """The remark goes to standard error; --json may be had beside it; --overwrite replaces."""
    assert run(MINUET, "-o", "report.html") == (0, "", "Wrote report.html.\n")
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert text.endswith("</html>\n")
    status, out, err = run(MINUET, "-o", "report.html", "--json")
    assert (status, out) == (5, "")
    assert "There is already report.html" in err
    status, out, _ = run(OTHER, "-o", "report.html", "--json", "--overwrite")
    assert status == 0
    assert json.loads(out)["take"]["id"] == "petzold_minuet_in_g.take3"
    assert "take3" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "expected", "words"),
    [
        ([], 2, "TAKE"),
        ([MINUET, "-o", "report.pdf"], 2, ".html"),
        ([MINUET, "-o", "no/folder/report.html"], 5, "cannot be written"),
        (["missing.mid"], 5, "does not exist"),
        ([MINUET, "--against", "missing.mid"], 5, "does not exist"),
        ([str(Path(__file__))], 5, "liszten transcribe"),
    ],
)
def test_faults_are_one_sentence(run: Run, arguments: list[str], expected: int, words: str) -> None:
    """With their exit status, without a traceback, and nothing on standard output."""
    status, out, err = run(*arguments)
    assert (status, out) == (expected, "")
    assert words in err
    assert "Traceback" not in err


def test_an_old_terminal_gets_plain_characters(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dashes and minus signs of ASCII instead of question marks or a traceback."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True)
    monkeypatch.setattr(sys, "stdout", out)
    assert cli.run(["report", MINUET, "--against", OTHER]) == 0
    printed = out.buffer.getvalue().decode("ascii")  # type: ignore[attr-defined]
    assert "-" in printed
    assert "?" not in printed
