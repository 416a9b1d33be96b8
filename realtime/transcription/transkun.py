"""Transkun (Yan & Duan 2024, arXiv 2404.09466), where it is installed: another model, for whole recordings.

It is no dependency of ours, and nothing of it is loaded before a recording is transcribed: `installed` only looks
whether it is there. Its own command line needs packages that are gone or tied to CUDA; its network does not.
"""

from __future__ import annotations

import importlib
import logging
import math
import os
import sys
import types
from collections.abc import Callable, Sequence
from functools import cache, partial
from importlib import metadata
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import soxr

from realtime.audio.files import open_audio
from realtime.audio.mono import mono_blocks
from realtime.clock import DECIMALS, seconds
from realtime.contract import FloatArray
from realtime.errors import LisztenError
from realtime.events import End, Event, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.midi.velocity import LOUDEST
from realtime.transcription.batch import Job, Outcome, serve
from realtime.words import Phrase

logger = logging.getLogger(__name__)
NEEDED = ("transkun", "moduleconf", "ncls", "torch", "scipy", "pretty_midi", "mir_eval")
NAME = "Transkun"
WHOLE = "whole"  # its delay: it needs all of a recording before it gives any note
SUSTAIN = -64  # the pitch that it gives to controller 64
SHORTEST_S = 0.001
FAILED = Phrase(
    "transkun.failed",
    "Transkun could not hear {audio}: the log tells more. Improve the take without it, or install it anew.",
)


class TranskunNote(NamedTuple):
    """A note, or a stretch of the pedal (pitch SUSTAIN), in seconds of the recording."""

    start: float
    end: float
    pitch: int
    velocity: int


def installed() -> bool:
    """Whether it and all that it needs can be found; nothing is loaded."""
    return all(find_spec(name) is not None for name in NEEDED)


def transcribe(
    audio: FloatArray, rate: int, progress: Callable[[float], None] = lambda _seconds: None
) -> list[TranskunNote]:
    """The notes of a recording, float32 (n, channels) at `rate` Hz; takes about four times its length on one core.

    progress: gets the seconds transcribed so far. Raises whatever the package raises.
    """
    torch, model = importlib.import_module("torch"), network()
    if rate != model.fs:
        audio = soxr.resample(audio, rate, model.fs)
    hop_s, length_s = model.segmentHopSizeInSecond, len(audio) / model.fs
    # It begins before the recording and ends after it, by the overlap of two of its segments.
    all_parts = math.ceil((length_s + 2 * (model.segmentSizeInSecond - hop_s)) / hop_s)
    read, parts = model.transcribeFrames, 0

    def read_with_progress(*arguments: object, **named: object) -> object:
        nonlocal parts
        found = read(*arguments, **named)
        parts += 1
        progress(length_s * min(parts / all_parts, 1.0))
        return found

    model.transcribeFrames = read_with_progress
    try:
        with torch.no_grad():
            found = model.transcribe(torch.from_numpy(audio), discardSecondHalf=False)
    finally:
        model.transcribeFrames = read
    return [TranskunNote(float(note.start), float(note.end), int(note.pitch), int(note.velocity)) for note in found]


def events_of(notes: Sequence[TranskunNote], length_s: float) -> list[Event]:
    """The events of a recording of length_s, without StreamStarted; all are emitted at its end."""
    events: list[Event] = []
    for note in notes:
        start = round(max(note.start, 0.0), DECIMALS)
        end = round(max(note.end, start + SHORTEST_S), DECIMALS)
        if note.pitch == SUSTAIN:
            events += [Pedal(start, length_s, LOUDEST), Pedal(end, length_s, 0)]
        elif note.pitch > 0:
            velocity = min(max(note.velocity, 1), LOUDEST)
            events += [NoteOn(start, length_s, note.pitch, velocity, 1.0), NoteOff(end, length_s, note.pitch)]
    count = sum(isinstance(event, NoteOn) for event in events)
    # At one time: what ends first, so that a repeated note closes before it opens.
    events.sort(key=lambda event: (event.time, isinstance(event, NoteOn)))  # type: ignore[union-attr]
    return [*events, End(length_s, length_s, count, 0, "end of file")]


def work(pipe: Connection, _keep_events: bool) -> None:
    """Body of a process for `realtime.transcription.batch.Worker`: jobs come in, seconds done and outcomes go out."""
    serve(pipe, partial(_outcome, pipe=pipe))


def _outcome(job: Job, pipe: Connection) -> Outcome:
    try:
        return Outcome(job, tuple(_events(job, pipe.send)))
    except LisztenError as error:
        return Outcome(job, error=error)
    except Exception:  # foreign code
        logger.exception("%s", job.audio)
        return Outcome(job, error=LisztenError(FAILED(audio=job.source)))


def _events(job: Job, progress: Callable[[float], None]) -> list[Event]:
    """All events of a job's stretch. Raises FileError for a file that is no recording."""
    torch = importlib.import_module("torch")
    torch.set_num_threads(max((os.cpu_count() or 1) - 1, 1))  # a core is left to a live stream
    file = open_audio(job.audio)
    sound = np.concatenate(list(mono_blocks(file, job.channel, job.start_s, job.end_s)))
    length_s = seconds(len(sound), file.rate)
    name = f"{NAME} {metadata.version('transkun')}"
    found = events_of(transcribe(sound[:, None], file.rate, progress), length_s)
    kept = [event for event in found if job.settings.pedal or not isinstance(event, Pedal)]
    return [StreamStarted(name, WHOLE, length_s, file.rate, job.source, ""), *kept]


@cache
def network() -> Any:
    """Its network with its weights."""
    torch = importlib.import_module("torch")
    if "torchaudio" not in sys.modules and find_spec("torchaudio") is None:
        _stand_in_for_torchaudio()
    package, moduleconf = importlib.import_module("transkun"), importlib.import_module("moduleconf")
    folder = Path(str(package.__file__)).parent / "pretrained"
    configuration = moduleconf.parseFromFile(str(folder / "2.0.conf"))["Model"]
    model = configuration.module.TransKun(conf=configuration.config)
    checkpoint = torch.load(folder / "2.0.pt", map_location="cpu")
    model.load_state_dict(checkpoint.get("best_state_dict", checkpoint.get("state_dict")), strict=False)
    return model.eval()


def mel_filters(n_freqs: int, f_min: float, f_max: float, n_mels: int, sample_rate: int) -> FloatArray:
    """Triangles that are equally wide on O'Shaughnessy's mel scale (HTK's formula), each with a peak of 1.

    -> float32 (n_freqs, n_mels); n_freqs: bins from 0 Hz to half the sample rate.
    """
    low, high = (2595 * np.log10(1 + hertz / 700) for hertz in (f_min, f_max))
    corners = 700 * (10 ** (np.linspace(low, high, n_mels + 2) / 2595) - 1)
    bins = np.linspace(0, sample_rate / 2, n_freqs)[:, None]
    rising = (bins - corners[:-2]) / np.diff(corners)[:-1]
    falling = (corners[2:] - bins) / np.diff(corners)[1:]
    return np.maximum(np.minimum(rising, falling), 0).astype(np.float32)


def _stand_in_for_torchaudio() -> None:
    """Register a module with the one function of torchaudio that Transkun calls."""
    torch = importlib.import_module("torch")
    package, functional = types.ModuleType("torchaudio"), types.ModuleType("torchaudio.functional")
    functional.melscale_fbanks = lambda **wanted: torch.from_numpy(mel_filters(**wanted))  # type: ignore[attr-defined]
    package.functional = functional  # type: ignore[attr-defined]
    sys.modules.update({"torchaudio": package, "torchaudio.functional": functional})
