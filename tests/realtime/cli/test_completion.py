"""Shells complete commands, options and their values, and leave file names to themselves."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from realtime.cli import main as cli
from tests.e2e.program import ROOT

INSTRUCTION = "_LISZTEN_COMPLETE"


def answer(
    instruction: str, words: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> tuple[int, str]:
    """What a shell is told for a line whose last word is being typed: exit status and output."""
    for name, value in {
        INSTRUCTION: instruction,
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
        "_TYPER_COMPLETE_ARGS": words,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }.items():
        monkeypatch.setenv(name, value)
    return cli.run([]), capfd.readouterr().out


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("liszten tr", ["transcribe"]),
        ("liszten listen --delay ", ["live", "fast", "balanced", "accurate", "studio"]),
        ("liszten listen --rec", ["--record"]),
        ("liszten transcribe pian", []),
        ("liszten practice minuet-in-g-", ["minuet-in-g-minor"]),
        ("liszten practice --mode ", ["wait", "play", "follow"]),
        ("liszten listen --record ", []),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_what_is_offered(
    shell: str,
    words: str,
    completed: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Nothing where a file is meant: then each shell offers files."""
    status, out = answer(f"complete_{shell}", words, monkeypatch, capfd)
    assert status == 0
    if shell == "zsh":
        assert [word in out for word in completed] == [True] * len(completed)
        assert completed or out == "_files\n"
    else:
        assert [line.partition("\t")[0] for line in out.split("\n") if line] == completed


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_a_real_bash_completes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """With the script that --install-completion writes."""
    _, script = answer("source_bash", "", monkeypatch, capfd)
    program = tmp_path / "liszten"
    program.write_text(f'#!/bin/sh\nexec env PYTHONPATH="{ROOT}" "{sys.executable}" -m realtime.cli.main "$@"\n')
    program.chmod(0o755)
    press_tab = f'COMP_WORDS=({program} do); COMP_CWORD=1; _liszten_completion {program}; echo "${{COMPREPLY[@]}}"'
    monkeypatch.delenv(INSTRUCTION)
    shell = subprocess.run(["bash", "--norc", "-c", f"{script}\n{press_tab}"], capture_output=True, text=True)
    assert shell.stdout == "doctor\n"


def test_help_says_what_the_command_alone_does_and_how_words_are_completed(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The window; and an option that installs the completion."""
    assert cli.run(["--help"]) == 0
    out = " ".join(capfd.readouterr().out.split())
    assert "Without a command it opens the window." in out
    assert "--install-completion" in out
