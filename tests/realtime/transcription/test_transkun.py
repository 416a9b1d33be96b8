"""The other model, as a package of a few lines; the real one is too slow and too large for a test."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import librosa
import numpy as np
import pytest
import soundfile

from realtime.events import End, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.transcription.batch import Job, Outcome, Worker
from realtime.transcription.decoder import DecoderSettings
from realtime.transcription.transkun import NEEDED, SUSTAIN, TranskunNote, events_of, installed, mel_filters
from tests.waiting import WAIT_S

RATE = 8_000
PACKAGE = {
    "torch.py": """
import contextlib
no_grad = contextlib.nullcontext
from_numpy = lambda array: array
set_num_threads = lambda threads: None
load = lambda path, map_location: {"state_dict": None}
""",
    "torchaudio.py": "",
    "transkun/__init__.py": "",
    "transkun/pretrained/2.0.conf": "",
    "transkun-9.9.dist-info/METADATA": "Metadata-Version: 2.1\nName: transkun\nVersion: 9.9\n",
    "moduleconf.py": """
import time
from types import SimpleNamespace as Some

class Network:
    fs, segmentHopSizeInSecond, segmentSizeInSecond = 8000, 8, 16
    def load_state_dict(self, weights, strict): pass
    def eval(self): return self
    def transcribeFrames(self, part): time.sleep(0.05)
    def transcribe(self, audio, discardSecondHalf):
        if audio.shape[1] != 1 or audio.max() > 0.9:
            raise IndexError("too loud for me")
        for part in range(0, len(audio) + 16 * self.fs, 8 * self.fs):
            self.transcribeFrames(part)
        return [Some(start=1.0, end=2.0, pitch=60, velocity=0), Some(start=0.5, end=2.5, pitch=-64, velocity=127)]

def parseFromFile(path):
    open(path).close()
    return {"Model": Some(module=Some(TransKun=lambda conf: Network()), config=None)}
""",
}


@pytest.fixture
def worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Worker]:
    """A process in which the stand-in is installed."""
    for name, text in PACKAGE.items():
        path = tmp_path / "packages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    worker = Worker(True, "realtime.transcription.transkun:work")
    yield worker
    worker.end()


def job(folder: Path, seconds: float, level: float = 0.1, pedal: bool = True) -> Job:
    audio = folder / "sound.wav"
    soundfile.write(audio, np.full((round(seconds * RATE), 2), level), RATE, subtype="FLOAT")
    return Job(audio, "sound.wav", None, settings=DecoderSettings(pedal=pedal))


def answers(worker: Worker) -> list[float | Outcome]:
    """All that it says of its job."""
    said: list[float | Outcome] = []
    while not said or not isinstance(said[-1], Outcome):
        assert worker.pipe.poll(WAIT_S)
        said.append(worker.answer())
    return said


def test_a_recording_is_transcribed_by_the_other_model(worker: Worker, tmp_path: Path):
    """Progress while it works; then a whole stream of events, which names the model; without pedal if unwanted."""
    worker.begin(job(tmp_path, 20.0))
    *seconds, outcome = answers(worker)
    assert seconds == [4.0, 8.0, 12.0, 16.0, 20.0]
    assert isinstance(outcome, Outcome)
    stream, *events = outcome.events
    assert isinstance(stream, StreamStarted)
    assert (stream.model, stream.delay, stream.sample_rate) == ("Transkun 9.9", "whole", RATE)
    assert events == [
        *(Pedal(0.5, 20.0, 127), NoteOn(1.0, 20.0, 60, 1, 1.0), NoteOff(2.0, 20.0, 60), Pedal(2.5, 20.0, 0)),
        End(20.0, 20.0, 1, 0, "end of file"),
    ]
    worker.begin(job(tmp_path, 4.0, pedal=False))
    outcome = answers(worker)[-1]
    assert isinstance(outcome, Outcome)
    assert not any(isinstance(event, Pedal) for event in outcome.events)


def test_a_failure_inside_it_becomes_a_sentence(worker: Worker, tmp_path: Path):
    """And the process goes on with the next recording."""
    worker.begin(job(tmp_path, 1.0, level=0.95))
    (outcome,) = answers(worker)
    assert isinstance(outcome, Outcome)
    assert str(outcome.error).startswith("Transkun could not hear sound.wav: the log tells more.")
    worker.begin(job(tmp_path, 1.0))
    assert isinstance(done := answers(worker)[-1], Outcome)
    assert done.error is None


def test_it_ends_in_the_middle_of_its_work(worker: Worker, tmp_path: Path):
    """Who cancels does not wait for the end of the recording."""
    worker.begin(job(tmp_path, 300.0))
    assert worker.pipe.poll(WAIT_S)
    process, begun = worker._process, time.monotonic()
    worker.end()
    assert process is not None
    assert not process.is_alive()
    assert time.monotonic() - begun < 2.0


def test_a_repeated_note_closes_before_it_opens():
    """At one time the end comes first; nothing is shorter than a millisecond, starts before 0 or is silent."""
    notes = [
        TranskunNote(0.5, 0.5, 60, 200),
        TranskunNote(-0.1, 0.5, 60, 0),
        TranskunNote(0.2, 0.4, SUSTAIN, 0),
        TranskunNote(1, 2, -67, 9),
    ]
    assert events_of(notes, 3.0) == [
        *(NoteOn(0.0, 3.0, 60, 1, 1.0), Pedal(0.2, 3.0, 127), Pedal(0.4, 3.0, 0)),
        *(NoteOff(0.5, 3.0, 60), NoteOn(0.5, 3.0, 60, 127, 1.0), NoteOff(0.501, 3.0, 60)),
        End(3.0, 3.0, 2, 0, "end of file"),
    ]


def test_it_is_found_only_when_all_of_it_is_there(monkeypatch: pytest.MonkeyPatch):
    """A package that is missing, of whatever it needs, makes it missing."""
    there = set(NEEDED)
    monkeypatch.setattr("realtime.transcription.transkun.find_spec", lambda name: name if name in there else None)
    assert installed()
    there.remove("ncls")
    assert not installed()


def test_the_stand_in_for_torchaudio_has_its_filters():
    """(bins, mels) as torchaudio lays them out: librosa's HTK filters without norm, transposed."""
    bank = mel_filters(n_freqs=2049, f_min=30.0, f_max=8000.0, n_mels=229, sample_rate=44100)
    expected = librosa.filters.mel(sr=44100, n_fft=4096, n_mels=229, fmin=30, fmax=8000, htk=True, norm=None)
    assert bank.shape == (2049, 229)
    assert np.allclose(bank, expected.T, atol=1e-6)
