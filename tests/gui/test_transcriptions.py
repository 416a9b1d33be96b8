"""The queue of transcriptions with real processes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from gui.transcriptions import State, Transcription, Transcriptions
from realtime.batch import Job
from realtime.events import Event, NoteOn, StreamStarted
from tests.fakes import FAKE_KEYS, fake_recording

RATE = 8_000
LIMIT_S = 60.0


@pytest.fixture
def queue() -> Iterator[Transcriptions]:
    queue = Transcriptions(lambda: None, workers=1)
    yield queue
    queue.close()


def until(there: Callable[[], object]) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not there():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def item(audio: Path, model: Path, finish: Callable[[StreamStarted, list[Event]], Path]) -> Transcription:
    return Transcription(audio.name, Job(audio, audio.name, None, model=model, device="cpu", delay="fast"), finish)


def test_a_recording_is_heard_in_a_process(queue: Transcriptions, fake_model_file: Path, tmp_path: Path):
    """Its notes come back; what cannot be read, or kept, is said in a sentence, and the next one is heard."""
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
    until(lambda: all(one.over for one in items))
    assert [one.state for one in items] == [State.FAILED, State.FAILED, State.DONE]
    assert "the log tells more" in items[1].problem
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
    until(lambda: running.state is State.LISTENING and queue._busy)
    (worker,) = queue._busy
    process = worker._process
    queue.cancel(waiting)
    queue.cancel(running)
    until(lambda: not queue._busy)
    assert process is not None
    until(lambda: not process.is_alive())
    assert (running.state, waiting.state, made) == (State.CANCELLED, State.CANCELLED, [])
