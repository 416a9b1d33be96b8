"""The take of a run begins and ends with it, and one that is worth nothing does not stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from realtime.engine.messages import RecordRun, RunClosed, RunStarted
from realtime.events import StreamStarted
from realtime.practice.takes.practised import RunTake
from realtime.practice.takes.recorder import RunRecorder, worth_a_take

STREAM = StreamStarted("MODEL", "live", 0.1, 48_000, "piano", "2026-12-01T10:00:00Z")


def made(folder: Path, name: str) -> Path:
    """A take's folder as a recorder leaves it."""
    take = folder / name
    take.mkdir()
    for file in ("audio.wav", "notes.jsonl", "notes.mid"):
        (take / file).write_bytes(b"x")
    return take


@pytest.fixture
def orders() -> list[RecordRun]:
    return []


def test_a_run_has_its_take(tmp_path: Path, orders: list[RecordRun]) -> None:
    """From the begin on, at the stream's time; what the stream before the run said is no order."""
    recorder = RunRecorder(tmp_path / "practice")
    recorder.observe(STREAM)
    recorder.begin(orders.append)
    assert (tmp_path / "practice").is_dir()
    recorder.observe(RunStarted(tmp_path / "a", 7.5, 1))
    assert recorder.recording
    recorder.end(worth=True)
    assert not recorder.recording
    assert orders == [RecordRun(tmp_path / "practice", 1), RecordRun(None)]
    assert recorder.kept == RunTake(tmp_path / "a", 7.5)


def test_a_stream_that_begins_after_the_run_is_asked_again(tmp_path: Path, orders: list[RecordRun]) -> None:
    """As its engine was still loading; one that begins anew later is not in the take."""
    recorder = RunRecorder(tmp_path)
    recorder.begin(orders.append)
    recorder.observe(STREAM)
    assert orders == [RecordRun(tmp_path, 1)] * 2
    recorder.observe(RunStarted(tmp_path / "a", 0.0, 1))
    recorder.observe(STREAM)
    recorder.end(worth=True)
    assert recorder.kept == RunTake(tmp_path / "a", 0.0, whole=False)
    assert orders[2:] == [RecordRun(None)]


def test_what_is_worth_nothing_is_deleted_when_it_is_complete(tmp_path: Path, orders: list[RecordRun]) -> None:
    """Before or after the run's end, and where it is told of only after that; others and their files stay."""
    recorder = RunRecorder(tmp_path)
    first, second, late, other = (made(tmp_path, name) for name in ("first", "second", "late", "other"))
    recorder.begin(orders.append)
    recorder.observe(RunStarted(first, 0.0, 1))
    recorder.end(worth=False)
    assert first.exists()
    recorder.observe(RunClosed(first))
    assert not first.exists()
    recorder.begin(orders.append)
    recorder.observe(RunStarted(second, 0.0, 2))
    recorder.observe(RunClosed(second))
    (second / "mine.txt").write_text("x")
    recorder.end(worth=False)
    assert [path.name for path in second.iterdir()] == ["mine.txt"]
    recorder.begin(orders.append)
    recorder.end(worth=False)
    recorder.begin(orders.append)
    recorder.observe(RunStarted(late, 3.0, 3))
    recorder.observe(RunClosed(late))
    assert not late.exists()
    recorder.observe(RunStarted(other, 4.0, 4))
    recorder.observe(RunClosed(other))
    recorder.end(worth=True)
    assert (recorder.kept, other.exists()) == (RunTake(other, 4.0), True)


def test_a_folder_that_cannot_be_made_is_no_reason_to_stop(tmp_path: Path, orders: list[RecordRun]) -> None:
    """The run goes on without a take."""
    (tmp_path / "file").write_text("x")
    recorder = RunRecorder(tmp_path / "file" / "practice")
    recorder.begin(orders.append)
    recorder.observe(STREAM)
    recorder.end(worth=True)
    assert (orders, recorder.kept) == ([], None)


def test_three_seconds_are_worth_a_take() -> None:
    """In which something was played."""
    assert [worth_a_take(*run) for run in ((False, 3.0), (False, 2.9), (True, 60.0))] == [True, False, False]
