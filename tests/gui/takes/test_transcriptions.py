"""The queue of transcriptions with real processes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import pytest
import soundfile

from gui.takes import transcriptions
from gui.takes.transcriptions import Transcription, Transcriptions, TranscriptionState
from realtime.audio.files import open_audio
from realtime.events import Event, NoteOn, StreamStarted
from realtime.transcription.batch import Job, Outcome, Worker
from tests.fakes import FAKE_KEYS, fake_recording
from tests.waiting import WAIT_S, wait_until

RATE = 8_000


@pytest.fixture
def queue() -> Iterator[Transcriptions]:
    queue = Transcriptions(lambda: None, workers=1)
    yield queue
    queue.close()


def item(audio: Path, model: Path, finish: Callable[[StreamStarted, list[Event]], Path]) -> Transcription:
    return Transcription(audio.name, Job(audio, audio.name, None, model=model, device="cpu", delay="fast"), finish)


def test_a_recording_is_transcribed_in_a_process(queue: Transcriptions, fake_model_file: Path, tmp_path: Path):
    """Its notes come back; what cannot be read, or kept, is reported in a sentence, and the next one is transcribed."""
    soundfile.write(tmp_path / "note.wav", fake_recording([(FAKE_KEYS[0], 0.05, 0.2)], 0.5, RATE), RATE)
    (tmp_path / "letter.wav").write_text("Dear Clara")
    kept: list[Event] = []

    def keep(stream: StreamStarted, events: list[Event]) -> Path:
        kept.extend(event for event in events if isinstance(event, NoteOn))
        return tmp_path / stream.source

    def fail(_stream: StreamStarted, _events: list[Event]) -> Path:
        raise ZeroDivisionError

    items = [
        item(tmp_path / "letter.wav", fake_model_file, keep),
        item(tmp_path / "note.wav", fake_model_file, fail),
        item(tmp_path / "note.wav", fake_model_file, keep),
    ]
    for one in items:
        queue.add(one)
    wait_until(lambda: all(one.over for one in items))
    assert [one.state for one in items] == [
        TranscriptionState.FAILED,
        TranscriptionState.FAILED,
        TranscriptionState.DONE,
    ]
    assert "the log tells more" in str(items[1].problem)
    assert (items[2].notes, items[2].length_s, items[2].take) == (1, 0.5, tmp_path / "note.wav")
    assert len(kept) == 1


def test_who_cancels_does_not_wait(queue: Transcriptions, fake_model_file: Path, tmp_path: Path):
    """The process ends in the middle of its work; one that only waited is never begun."""
    soundfile.write(tmp_path / "long.wav", np.tile([0.1, -0.1], 300 * RATE // 2), RATE)
    made: list[Path] = []
    running, waiting = (
        item(tmp_path / "long.wav", fake_model_file, lambda *_: made.append(tmp_path) or tmp_path) for _ in range(2)
    )
    queue.add(running)
    queue.add(waiting)
    wait_until(lambda: running.state is TranscriptionState.TRANSCRIBING and queue._busy)
    (worker,) = queue._busy
    process = worker._process
    queue.cancel(waiting)
    queue.cancel(running)
    wait_until(lambda: not queue._busy)
    assert process is not None
    wait_until(lambda: not process.is_alive())
    assert (running.state, waiting.state, made) == (TranscriptionState.CANCELLED, TranscriptionState.CANCELLED, [])


class Faulty(Worker):
    """A worker that a test breaks."""

    def __init__(self, fault: str) -> None:
        super().__init__(keep_events=True)
        self._fault = fault

    def begin(self, job: Job) -> Connection:
        if self._fault == "begin":
            raise ValueError("no process can be made")
        return super().begin(job)

    def answer(self) -> float | Outcome:
        if self._fault == "answer":
            raise ValueError("what is this?")
        answer = super().answer()
        return Outcome(self.job) if self._fault == "nothing" and isinstance(answer, Outcome) else answer


@pytest.mark.parametrize("fault", ["measure", "begin", "answer", "nothing"])
def test_the_queue_goes_on_whatever_goes_wrong(
    fault: str, fake_model_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """One recording fails with a sentence; the next one is transcribed."""
    soundfile.write(tmp_path / "note.wav", fake_recording([(FAKE_KEYS[0], 0.05, 0.2)], 0.5, RATE), RATE)
    faults = iter([fault, ""])
    if fault == "measure":
        opened = iter([ValueError("what is this?"), open_audio(tmp_path / "note.wav")])
        monkeypatch.setattr(transcriptions, "open_audio", lambda _path: given(next(opened)))
        next(faults)
    queue = Transcriptions(lambda: None, workers=1, worker=lambda _ear: Faulty(next(faults)))
    items = [item(tmp_path / "note.wav", fake_model_file, lambda *_: tmp_path) for _ in range(2)]
    for one in items:
        queue.add(one)
        wait_until(lambda: one.over)  # noqa: B023
    queue.close()
    assert [one.state for one in items] == [TranscriptionState.FAILED, TranscriptionState.DONE]
    assert "the log tells more" in str(items[0].problem)


def given(made: object) -> object:
    if isinstance(made, Exception):
        raise made
    return made


def test_a_process_that_died_while_it_had_nothing_to_do_is_replaced(fake_model_file: Path, tmp_path: Path):
    """The system may end what takes much memory."""
    soundfile.write(tmp_path / "note.wav", fake_recording([(FAKE_KEYS[0], 0.05, 0.2)], 0.5, RATE), RATE)
    queue = Transcriptions(lambda: None)
    first, second = (item(tmp_path / "note.wav", fake_model_file, lambda *_: tmp_path) for _ in range(2))
    worker = Worker(keep_events=True)
    worker.begin(first.job)
    assert worker._process is not None
    worker._process.kill()
    worker._process.join()
    queue._begin(second, [worker])
    while isinstance(answer := worker.answer(), float):
        pass
    assert answer.error is None
    worker.end()


def test_what_is_wrong_with_a_recording_is_kept_for_its_row(fake_model_file: Path, tmp_path: Path):
    """A recorder was killed: it is transcribed, with a sentence beside its notes."""
    soundfile.write(tmp_path / "note.wav", fake_recording([(FAKE_KEYS[0], 0.05, 0.2)], 0.5, RATE), RATE)
    content = bytearray((tmp_path / "note.wav").read_bytes())
    content[40:44] = bytes(4)
    (tmp_path / "note.wav").write_bytes(content)
    queue = Transcriptions(lambda: None)
    killed = item(tmp_path / "note.wav", fake_model_file, lambda *_: tmp_path)
    queue.add(killed)
    deadline = time.monotonic() + WAIT_S
    while not killed.over and time.monotonic() < deadline:
        time.sleep(0.02)
    queue.close()
    assert (killed.state, killed.notes, killed.length_s) == (TranscriptionState.DONE, 1, 0.5)
    assert [said.phrase.code for said in killed.warnings] == ["audio.unfinished"]


def test_who_closes_waits_for_a_take_that_is_being_written(fake_model_file: Path, tmp_path: Path):
    """The thread would end with the program, in the middle of a copy."""
    soundfile.write(tmp_path / "note.wav", fake_recording([(FAKE_KEYS[0], 0.05, 0.2)], 0.5, RATE), RATE)
    begun, written = threading.Event(), threading.Event()

    def copy(_stream: StreamStarted, _events: list[Event]) -> Path:
        begun.set()
        time.sleep(3.3)
        written.set()
        return tmp_path

    queue = Transcriptions(lambda: None)
    queue.add(item(tmp_path / "note.wav", fake_model_file, copy))
    assert begun.wait(WAIT_S)
    queue.close()
    assert written.is_set()
