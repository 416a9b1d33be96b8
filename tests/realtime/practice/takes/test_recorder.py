"""The take of a run begins and ends with it, and one that is worth nothing does not stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from realtime.engine.messages import Message, RecordRun, RunClosed, RunStarted, Status
from realtime.events import NoteOn, StreamStarted
from realtime.practice.takes.practised import RunTake
from realtime.practice.takes.recorder import RunRecorder, worth_a_take
from realtime.transcription.expected import Heard

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


def status(now_s: float) -> Status:
    return Status(now_s, "running", -20.0, -30.0, 0, 0.1, 0.001, 0.002, 0, 0)


@pytest.mark.parametrize("note", [NoteOn(62.9, 63.0, 60, 80, 0.9), Heard(60, 62.9, 63.0, False)])
def test_a_run_that_nobody_plays_any_more_has_its_take_up_to_there(
    tmp_path: Path, orders: list[RecordRun], note: Message
) -> None:
    """A minute after the last note; the take is kept when the run ends, and no more of it."""
    recorder = RunRecorder(tmp_path)
    recorder.begin(orders.append)
    for message in (RunStarted(tmp_path / "a", 4.0, 1), status(63.9), note, status(122.9)):
        recorder.observe(message)
    assert orders == [RecordRun(tmp_path, 1)]
    recorder.observe(status(123.0))
    recorder.observe(status(200.0))
    assert (recorder.recording, orders[1:]) == (True, [RecordRun(None)])
    recorder.go_on()
    recorder.end(worth=True)
    assert recorder.kept == RunTake(tmp_path / "a", 4.0, end_s=123.0)
    assert orders[2:] == []


def test_a_run_that_nobody_plays_yet_is_recorded_anew(tmp_path: Path, orders: list[RecordRun]) -> None:
    """Each minute, so that its first note is in its take, and little else."""
    recorder = RunRecorder(tmp_path)
    recorder.begin(orders.append)
    first, second = made(tmp_path, "first"), made(tmp_path, "second")
    recorder.observe(RunStarted(first, 4.0, 1))
    recorder.observe(status(63.9))
    assert orders == [RecordRun(tmp_path, 1)]
    recorder.observe(status(64.0))
    recorder.observe(RunClosed(first))
    recorder.observe(RunStarted(second, 64.0, 2))
    recorder.observe(status(123.9))
    assert orders[1:] == [RecordRun(None), RecordRun(tmp_path, 2)]
    recorder.end(worth=True)
    assert (recorder.kept, first.exists()) == (RunTake(second, 64.0), False)


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
