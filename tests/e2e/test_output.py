"""A reader that does not read: nothing hangs because of it; a stream tells what it missed."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.program import ROOT, Program, assert_gone, child_named, descendants
from tests.e2e.terminal import Terminal
from tests.rig import Rig

PAGE = 4096
# The stream's end, the engine's, the port's and the output's own patience are some seconds in all; without a take they
# take less than one, after which the reader is waited for.
QUICK_S = 8.0


@pytest.fixture
def full_pipes() -> Iterator[list[int]]:
    """Writing ends of two pipes that are full, as of readers that have stopped."""
    pipes = [os.pipe() for _ in range(2)]
    for _, writing in pipes:
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, PAGE)
        os.write(writing, b"\n" * PAGE)
    yield [writing for _, writing in pipes]
    for end in chain(*pipes):
        os.close(end)


def started(*arguments: str, env: Mapping[str, str] | None = None, **streams: Any) -> subprocess.Popen[bytes]:
    """A command whose streams the test chooses."""
    environment = {**(env or os.environ), "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "realtime.cli.main", *arguments]
    return subprocess.Popen(command, env=environment, start_new_session=True, **streams)


def wait_for_engine(process: subprocess.Popen[bytes]) -> int:
    """The process id of the engine once it has loaded the model's library."""
    end = time.monotonic() + 20.0
    while time.monotonic() < end:
        for pid in descendants(process.pid):
            if "onnxruntime" in Path(f"/proc/{pid}/maps").read_text():
                return pid
        time.sleep(0.05)
    raise AssertionError("no engine")


def ended(signalled: Sequence[tuple[subprocess.Popen[bytes], int]]) -> list[tuple[int, bool]]:
    """Exit statuses after a signal to each process, and whether it ended soon."""
    begun = time.monotonic()
    for process, number in signalled:
        process.send_signal(number)
    try:
        return [(process.wait(30.0), time.monotonic() - begun < QUICK_S) for process, _ in signalled]
    finally:
        for process, _ in signalled:
            process.kill()


@pytest.mark.rig
def test_a_stream_that_nobody_reads_is_watched_and_ends(rig: Rig, fake_model_file: Path, full_pipes: list[int]) -> None:
    """Its dead engine is replaced, and SIGINT and SIGTERM end it: all its output waits in a queue."""
    command = ("listen", "--model", str(fake_model_file), "--midi-out", "none", "--json", "--levels")
    listens = [started(*command, env=rig.env, stdout=pipe, stderr=subprocess.PIPE) for pipe in full_pipes]
    engines = [wait_for_engine(listen) for listen in listens]
    time.sleep(1.0)
    for engine in engines:
        os.kill(engine, signal.SIGKILL)
    time.sleep(0.5)
    assert not set(engines) & {wait_for_engine(listen) for listen in listens}
    children = [pid for listen in listens for pid in descendants(listen.pid)]
    outcomes = ended(list(zip(listens, (signal.SIGINT, signal.SIGTERM), strict=True)))
    assert outcomes == [(130, True), (143, True)]
    assert_gone(children)
    for listen in listens:
        assert listen.stderr is not None
        assert "lines of the output were not read" in listen.stderr.read().decode()


def test_a_demo_that_nobody_reads_plays_to_its_end(fake_model_file: Path, full_pipes: list[int]) -> None:
    """Both streams apart: sentences that nobody reads do not hold up the lines that somebody does."""
    command = ("demo", "--headless", "--seconds", "0.5", "--midi-out", "none", "--model", str(fake_model_file))
    silent = started(*command, stdout=full_pipes[0], stderr=subprocess.PIPE)
    speechless = started(*command, stdout=subprocess.PIPE, stderr=full_pipes[1])
    out, _ = speechless.communicate(timeout=30.0)
    silent.communicate(timeout=30.0)
    assert silent.returncode == speechless.returncode == 0
    assert [json.loads(line)["event"] for line in out.decode().splitlines()][-1] == "end"


@pytest.mark.rig
def test_a_terminal_that_is_stopped_does_not_stop_listening(rig: Rig, fake_model_file: Path) -> None:
    """Ctrl-S holds the picture; a signal ends the program all the same."""
    command = ("listen", "--model", str(fake_model_file), "--midi-out", "none")
    listen = Terminal("-m", "realtime.cli.main", *command, env=rig.env)
    end = time.monotonic() + 20.0
    while b"Level" not in listen.shown:
        assert time.monotonic() < end, listen.shown
        time.sleep(0.02)
    listen.type("\x13")
    time.sleep(0.5)
    assert ended([(listen.process, signal.SIGTERM)]) == [(143, True)]


def test_a_transcription_waits_for_a_slow_reader(fake_model_file: Path, tune: Path) -> None:
    """And loses not a byte, though the pipe holds less than it prints."""
    command = ("transcribe", *4 * (str(tune),), "--json", "--jobs", "1", "--model", str(fake_model_file))
    read_at_once = started(*command, stdout=subprocess.PIPE)
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, PAGE)
    transcribe = started(*command, stdout=writing)
    os.close(writing)
    whole = read_at_once.communicate(timeout=60.0)[0]
    slowly = b""
    while part := os.read(reading, 1000):
        slowly += part
        time.sleep(0.01)
    os.close(reading)
    assert transcribe.wait(30.0) == 0
    assert len(whole) > 2 * PAGE
    assert _without_start(slowly) == _without_start(whole)


def _without_start(lines: bytes) -> list[dict[str, Any]]:
    """The lines, which must be whole, without the time of the day."""
    return [{**json.loads(line), "started": ""} for line in lines.decode().splitlines()]


def test_ctrl_c_ends_a_transcription_that_nobody_reads(
    fake_model_file: Path, tune: Path, full_pipes: list[int]
) -> None:
    """Its lines or its file: at once, with status 130 and without a word."""
    commands = [("transcribe", str(tune), *form, "--model", str(fake_model_file)) for form in (["--json"], ["-o", "-"])]
    runs = [
        started(*command, stdout=pipe, stderr=subprocess.PIPE)
        for command, pipe in zip(commands, full_pipes, strict=True)
    ]
    time.sleep(3.0)
    assert ended([(transcribe, signal.SIGINT) for transcribe in runs]) == [(130, True)] * 2
    for transcribe in runs:
        assert transcribe.stderr is not None
        assert transcribe.stderr.read() == b""


@pytest.mark.rig
def test_a_crash_is_told_in_the_stream(rig: Rig, fake_model_file: Path, held_note: Path, tmp_path: Path) -> None:
    """The held note is released at the last known moment, the loss is a gap, and the next stream follows; the take of
    the dead engine is finished at once, and another goes on."""
    command = ("listen", "--model", str(fake_model_file), "--midi-out", "none", "--json", "--record", str(tmp_path))
    listen = Program.liszten(*command, env=rig.env)
    listen.wait_for_event("stream")
    player = rig.play(held_note)
    listen.wait_for_event("note_on")
    time.sleep(0.5)
    os.kill(child_named(listen.process.pid, "engine"), signal.SIGKILL)
    listen.wait_for_event("stream", 2)
    first = min(tmp_path.iterdir())
    listen.wait_for(lambda: (first / "notes.mid").exists(), 5.0)
    listen.interrupt()
    assert listen.end() == 130
    player.kill()
    player.wait()
    lines = [line for line in listen.lines if line["event"] != "warning"]
    second = next(index for index, line in enumerate(lines) if line["event"] == "stream" and index)
    on, off, gap = lines[second - 3 : second]
    assert [line["event"] for line in (on, off, gap)] == ["note_on", "note_off", "gap"]
    assert off["pitch"] == on["pitch"]
    assert off["time"] == off["emitted"] == gap["time"]
    assert 0.4 < off["time"] - on["time"] < 3.0
    assert 0.0 < gap["lost_s"] == pytest.approx(lines[second]["at"] - off["at"], abs=1.5)
    lines = [json.loads(line) for line in (first / "notes.jsonl").read_text().splitlines()]
    kept = [line for line in lines if line.get("stage") != "live"]
    assert [line["event"] for line in kept] == ["stream", "note_on", "note_off", "end"]
    assert (kept[-1]["notes"], kept[-1]["reason"]) == (1, "cut off")
    assert len(list(tmp_path.iterdir())) == 2
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.rig
def test_a_take_whose_folder_is_removed_is_told(rig: Rig, fake_model_file: Path, tmp_path: Path) -> None:
    """While it is being recorded, not at the end; status 5, and listening goes on."""
    import shutil

    command = ("listen", "--model", str(fake_model_file), "--midi-out", "none", "--json", "--record", str(tmp_path))
    listen = Program.liszten(*command, env=rig.env)
    listen.wait_for_event("stream")
    listen.wait_for(lambda: list(tmp_path.rglob("notes.jsonl")))
    (folder,) = tmp_path.iterdir()
    shutil.rmtree(folder)
    listen.wait_for_event("warning", limit_s=5.0)
    listen.interrupt()
    assert listen.end() == 5
    sentence = f"The take cannot be saved any further: its folder {folder} was removed or moved."
    assert [(line["code"], line["text"]) for line in listen.events("warning")] == [("take", sentence)]
    assert [line["event"] for line in listen.lines][-1] == "end"
    assert listen.errors.splitlines().count(sentence) == 1
    assert not list(tmp_path.iterdir())
