"""The log of several processes: bounded while they write megabytes, and no line lost or torn."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from realtime.system import log, log_file, process

WRITERS, LINES, LIMIT = 4, 3000, 40_000
LINE = re.compile(r"(?:\S+ \S+ writer INFO root: )?<(\w+) (\d+) (x*)>")


def write(name: str, kept: int) -> None:
    """A child's function: numbered lines of many lengths, every other one as a C library writes."""
    log_file.SIZE_LIMIT_BYTES, log_file.KEPT = LIMIT, kept
    for number in range(LINES):
        line = f"<{name} {number} {'x' * (number * 37 % 200)}>"
        if number % 2:
            os.write(2, f"{line}\n".encode())
        else:
            logging.info(line)


def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int) -> list[Path]:
    """What several processes have written at once, the oldest file first."""
    for variable in ("XDG_STATE_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path))
    names = [f"mixed{index}" for index in range(WRITERS)]
    target = "tests.realtime.system.test_log_file:write"
    for child in [process.spawn(target, "writer", name, kept) for name in names]:
        process.end(child, 60.0)
        assert child.exitcode == 0
    files = [log.log_path().with_suffix(f".{number}.log") for number in range(kept, 0, -1)]
    return [*(file for file in files if file.exists()), log.log_path()]


def numbers(files: list[Path]) -> dict[str, list[int]]:
    """The numbers of each process's lines, in their order; each line must be whole."""
    found: dict[str, list[int]] = defaultdict(list)
    for file in files:
        for line in file.read_text().splitlines():
            match = LINE.fullmatch(line)
            assert match, line
            assert len(match[3]) == int(match[2]) * 37 % 200
            found[match[1]].append(int(match[2]))
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="its appending is not atomic")
def test_nothing_is_lost_or_torn_while_processes_rotate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Where every file is kept, all lines of all processes are there, in order."""
    files = written(tmp_path, monkeypatch, kept=200)
    assert len(files) > 10
    assert numbers(files) == {f"mixed{index}": list(range(LINES)) for index in range(WRITERS)}


@pytest.mark.skipif(sys.platform == "win32", reason="its appending is not atomic")
def test_the_log_stays_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Only the oldest lines go. While one process is held up in the middle of renaming, the others write on."""
    files = written(tmp_path, monkeypatch, kept=3)
    assert len(list(log.log_path().parent.iterdir())) == 4
    every_byte = WRITERS * sum(number * 37 % 200 for number in range(LINES))
    assert every_byte / 5 > 4 * LIMIT
    assert sum(file.stat().st_size for file in files) < every_byte / 2
    for name, found in numbers(files).items():
        assert found == list(range(found[0], LINES)), name


def test_what_libraries_write_is_noticed_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Nobody logs a line, and the file does not grow for ever."""
    log_path = tmp_path / "liszten.log"
    monkeypatch.setattr(log_file, "SIZE_LIMIT_BYTES", LIMIT)
    with (tmp_path / "library").open("wb") as stream:
        file = log_file.LogFile(log_path, descriptors=(stream.fileno(),))
        for number in range(100):
            stream.write(b"x" * 999 + b"\n")
            stream.flush()
            if number % 10 == 9:
                file.look()
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert sizes == {"library": 0, "liszten.log": 0, "liszten.1.log": 50_000, "liszten.2.log": 50_000}
    file.close()


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path):
    """A folder lies in its place; when it is gone, the log goes on."""
    path = tmp_path / "liszten.log"
    path.mkdir()
    file = log_file.LogFile(path)
    file.write("lost\n")
    path.rmdir()
    file.write("kept\n")
    file.close()
    assert path.read_text() == "kept\n"
