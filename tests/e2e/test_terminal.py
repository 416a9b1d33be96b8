"""The demo in a real terminal: a picture while it plays, and the terminal as it was afterwards."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

from tests.e2e.program import ROOT

LIMIT_S = 30.0


def in_terminal(*arguments: str, **env: str) -> tuple[int, str]:
    """Run `liszten` with a terminal on all three standard streams: exit status, everything that was shown."""
    ours, theirs = pty.openpty()
    terminal = {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    command = [sys.executable, "-m", "realtime.cli.main", *arguments]
    environment = {**os.environ, **terminal, **env}
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    end = time.monotonic() + LIMIT_S
    while time.monotonic() < end:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                shown += os.read(ours, 65_536)
            except OSError:  # the other side has closed
                break
    os.close(ours)
    return process.wait(LIMIT_S), shown.decode(errors="replace")


def test_the_demo_draws_keys_and_leaves_the_terminal_as_it_was(fake_model_file: Path) -> None:
    """The last control sequences bring the cursor back; the sentences stay."""
    status, shown = in_terminal("demo", "--seconds", "1.5", "--midi-out", "none", "--model", str(fake_model_file))
    assert status == 0
    assert "Level" in shown
    assert "Delay live: 29 to 119 ms by design" in shown
    assert "\x1b[38;5;" in shown or "\x1b[96m" in shown
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")
    assert "Listening to demo.flac" in shown
    assert "notes in 1.5 s." in shown


def test_no_color_is_honoured(fake_model_file: Path) -> None:
    """No sequence that sets a colour."""
    options = ("demo", "--seconds", "0.5", "--midi-out", "none", "--model", str(fake_model_file))
    _, shown = in_terminal(*options, NO_COLOR="1")
    assert "Level" in shown
    assert "\x1b[3" not in shown
    assert "\x1b[9" not in shown


def test_transcribing_shows_its_progress(tmp_path: Path, tune: Path, fake_model_file: Path) -> None:
    """On standard error; the bar is gone at the end."""
    for name in ("a.wav", "b.wav"):
        (tmp_path / name).write_bytes(tune.read_bytes())
    recordings = (str(tmp_path / "a.wav"), str(tmp_path / "b.wav"))
    status, shown = in_terminal("transcribe", *recordings, "--jobs", "1", "--model", str(fake_model_file))
    assert status == 0
    assert "Transcribing" in shown
    assert "2/2" in shown
    assert "2 of 2 recordings in" in shown
