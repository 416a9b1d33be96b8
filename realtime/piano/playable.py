"""Sound for the loudspeaker: a recording, or notes on the sampled piano, as stereo blocks from any time on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np

from realtime.audio.files import open_audio
from realtime.clock import samples
from realtime.contract import FloatArray
from realtime.errors import FileError
from realtime.notes import NoteTable
from realtime.piano.clicks import LENGTH_S, Accompaniment, add_clicks
from realtime.piano.sampler import Sampler, shipped_piano
from realtime.piano.samples import SampledPiano
from realtime.piano.speaker_messages import Loop, Sound

BLOCK_S = 0.02
CHANNELS = 2


class Playable(Protocol):
    """Sound that can be read from any time on."""

    @property
    def rate(self) -> int: ...

    def blocks(self, start_s: float, end_s: float | None) -> Iterator[FloatArray]:
        """float32 (n, 2) blocks of `BLOCK_S` at most, between two times. Raises FileError when the sound breaks off."""
        ...


@cache
def _piano() -> SampledPiano:
    """Kept for the next round of a piece."""
    return shipped_piano()


def open_sound(sound: Sound) -> Playable:
    """Raises FileError."""
    if isinstance(sound, Path):
        return _Recording(sound)
    return _Accompaniment(sound) if isinstance(sound, Accompaniment) else _Piano(sound)


def endless(playable: Playable, start_s: float, loop: Loop | None) -> Iterator[FloatArray]:
    """float32 (n, 2) blocks from `start_s` on: into `loop` (begin and end, s) and repeating it, else to the end and
    silence from then on. Every repetition is as long as the loop, to the sample."""
    if loop is None or start_s >= loop[1]:
        yield from playable.blocks(start_s, None)
        while True:
            yield np.zeros((round(BLOCK_S * playable.rate), CHANNELS), np.float32)
    yield from _exactly(playable, start_s, loop[1])
    while True:
        yield from _exactly(playable, *loop)


def _exactly(playable: Playable, start_s: float, end_s: float) -> Iterator[FloatArray]:
    left = samples(end_s, playable.rate) - samples(start_s, playable.rate)
    for block in playable.blocks(start_s, end_s):
        yield block
        left -= len(block)
    while left > 0:
        silence = np.zeros((min(left, round(BLOCK_S * playable.rate)), CHANNELS), np.float32)
        yield silence
        left -= len(silence)


class _Recording:
    """An audio file."""

    def __init__(self, path: Path) -> None:
        self._file = open_audio(path)
        self.rate = self._file.rate

    def blocks(self, start_s: float, end_s: float | None) -> Iterator[FloatArray]:
        step = round(BLOCK_S * self.rate)
        for block in self._file.blocks(start_s, end_s):
            stereo = np.repeat(block, CHANNELS, axis=1) if block.shape[1] == 1 else block[:, :CHANNELS]
            for begin in range(0, len(stereo), step):
                yield stereo[begin : begin + step]


class _Accompaniment:
    """Notes on the sampled piano, and clicks. It may begin at once: what the piano needs is made by a thread, and a
    note that comes before waits for it."""

    def __init__(self, sound: Accompaniment) -> None:
        self._sampler = Sampler(sound.notes, _piano())
        self._beats = sound.beats
        self.rate = self._sampler.rate
        last_s = max((beat.time + LENGTH_S for beat in sound.beats), default=0.0)
        self._samples = max(self._sampler.samples, samples(last_s, self.rate))
        threading.Thread(target=self._prepare, name="prepare piano", daemon=True).start()

    def blocks(self, start_s: float, end_s: float | None) -> Iterator[FloatArray]:
        step = round(BLOCK_S * self.rate)
        end = self._samples if end_s is None else samples(end_s, self.rate)
        for begin in range(samples(start_s, self.rate), end, step):
            mono = self._sampler.block(begin, min(step, end - begin)).copy()
            add_clicks(mono, begin, self.rate, self._beats)
            yield np.repeat(mono[:, None], CHANNELS, axis=1)

    def _prepare(self) -> None:
        with suppress(FileError):  # it is told when the note comes
            self._sampler.prepare()


class _Piano:
    """Notes on the sampled piano that comes with the program."""

    def __init__(self, notes: NoteTable) -> None:
        self._sampler = Sampler(notes, shipped_piano())
        self.rate = self._sampler.rate

    def blocks(self, start_s: float, end_s: float | None) -> Iterator[FloatArray]:
        step = round(BLOCK_S * self.rate)
        end = self._sampler.samples if end_s is None else samples(end_s, self.rate)
        for begin in range(samples(start_s, self.rate), end, step):
            mono = self._sampler.block(begin, min(step, end - begin))
            yield np.repeat(mono[:, None], CHANNELS, axis=1)
