"""Training segments: audio with exact labels, each made anew from one integer seed."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from realtime.contract import KEYS, LOWEST_PITCH, SAMPLE_RATE
from training.data.augment import Audio, Augmenter, Surroundings
from training.data.clips import Clip, held_out, read_clips
from training.data.damping import estimated_end
from training.data.generate import generate
from training.data.maestro import Performances, open_performances
from training.data.notes import Float64Array, Performance
from training.data.paths import SOURCES, MissingCorpusError
from training.data.piano import Bank
from training.data.recordings import RecordingFolder
from training.data.renderer import Touch, render
from training.data.resample import TAPS, resample
from training.data.source_config import (
    OTHER_PIANO_WEIGHT,
    PIANO_WEIGHTS,
    VALIDATION_PIANOS,
    Mixture,
    SourceConfig,
)

__all__ = ["Mixture", "Segment", "SegmentSource", "SourceConfig"]

# An excerpt may begin before its performance does, so that first notes out of silence are heard too.
_EARLIEST_START_S = -0.3


class Segment(NamedTuple):
    """audio: float32 (hops * 160,). performance: relative to its start. sounding_end: (N,) s, until when each note is
    heard. kind: rendered, recording, generated or noise. piano: the bank's or the recording's name, or empty."""

    audio: Audio
    performance: Performance
    sounding_end: Float64Array
    kind: str
    piano: str


class SegmentSource:
    """Makes segments; every random choice comes from the seed and the configuration's split.

    Raises MissingCorpusError at once when a part of the corpus is not there. A bank is read and prepared when the
    first segment needs it (2 to 5 s each); after that memory is constant.
    """

    def __init__(self, config: SourceConfig) -> None:
        self.config = config
        mixture = replace(config.mixture, recording=0.0) if config.validation else config.mixture
        self._kinds = [f.name for f in fields(Mixture)]
        weights = np.array([getattr(mixture, kind) for kind in self._kinds], np.float64)
        if not weights.sum() > 0 or (weights < 0).any():
            raise ValueError(f"weights of the mixture are {weights.tolist()}; expected none below 0 and one above")
        self._weights = weights / weights.sum()
        self._piano_folder, self._pianos, self._piano_weights = _find_pianos(config)
        self._banks: dict[str, Bank] = {}
        for name, needed in (
            ("maestro", mixture.rendered),
            ("recordings", mixture.recording),
            ("rooms", 1),
            ("noise", 1),
        ):
            if needed > 0:
                config.folder(name)

    def segment(self, seed: int) -> Segment:
        """The segment of a seed (any integer >= 0); the same seed gives the same segment."""
        random = np.random.default_rng([int(self.config.validation), seed])
        kind = self._kinds[int(random.choice(len(self._kinds), p=self._weights))]
        if kind == "noise":
            audio = self._augmenter.noise_alone(self.config.samples, random)
            return Segment(audio, Performance.empty(), np.zeros(0), kind, "")
        if kind == "recording":
            return self._recorded(random)
        made = generate(random, self.config.seconds) if kind == "generated" else self._excerpt(random)
        return self._rendered(made, kind, random)

    @cached_property
    def _performances(self) -> tuple[Performances, list[int], Float64Array]:
        """The reader, the split's indices, and their shares of its playing time."""
        folder = self.config.folder("maestro")
        if folder is None:
            raise ValueError("the mixture asks for rendered performances, but maestro is 'none'")
        performances = open_performances(folder)
        indices = performances.indices(self.config.split)
        lengths = np.array([performances.rows[i].duration for i in indices])
        return performances, indices, lengths / lengths.sum()

    @cached_property
    def _recordings(self) -> RecordingFolder:
        folder = self.config.folder("recordings")
        if folder is None:
            raise ValueError("the mixture asks for recordings, but recordings is 'none'")
        return RecordingFolder(folder)

    @cached_property
    def _augmenter(self) -> Augmenter:
        config = self.config
        rooms = held_out(_clips(config, "rooms"), config.validation_rooms, config.validation)
        clips = _clips(config, "noise")
        step = config.validation_noise_step
        clips = held_out(clips, tuple(range(step // 2, len(clips), step)), config.validation)
        speech = [clip for clip in clips if clip.kind == "speech"]
        noise = [clip for clip in clips if clip.kind != "speech"]
        return Augmenter(config.doses, Surroundings(rooms, noise, speech))

    def _excerpt(self, random: np.random.Generator) -> Performance:
        performances, indices, weights = self._performances
        performance = performances.performance(indices[int(random.choice(len(indices), p=weights))])
        seconds = self.config.seconds
        start = random.uniform(_EARLIEST_START_S, max(0.0, performance.duration - 0.5 * seconds))
        excerpt = performance.slice(start, seconds)
        if random.random() >= self.config.transpose:
            return excerpt
        limit = self.config.transpose_semitones
        return _transposed(excerpt, int(random.integers(-limit, limit + 1)))

    def _rendered(self, performance: Performance, kind: str, random: np.random.Generator) -> Segment:
        name = self._pianos[int(random.choice(len(self._pianos), p=self._piano_weights))]
        if name not in self._banks:
            self._banks[name] = Bank(self._piano_folder / name)
            self._banks[name].prepare_all()
        touch = Touch.drawn(random, self.config.detune_sd_cents, self.config.detune_limit_cents)
        rendered = render([performance], self._banks[name], self.config.seconds, [touch])
        audio = self._augmenter(rendered.audio[0].numpy(), random)
        return Segment(audio, performance, rendered.sounding_end[0], kind, name)

    def _recorded(self, random: np.random.Generator) -> Segment:
        """A piece of a recording, detuned by playing it faster or slower, its labels on the same changed time line."""
        recording = self._recordings[int(random.integers(len(self._recordings)))]
        limit, count = self.config.detune_limit_cents, self.config.samples
        cents = np.clip(random.normal(0, self.config.detune_sd_cents), -limit, limit)
        ratio = float(2 ** (cents / 1200))
        needed = int(count * ratio) + TAPS
        first = int(random.integers(max(1, len(recording.audio) - needed)))
        audio = resample(torch.from_numpy(recording.audio[first : first + needed]), ratio, count).numpy()
        excerpt = recording.performance.slice(first / SAMPLE_RATE, count * ratio / SAMPLE_RATE).scaled(1 / ratio)
        return Segment(self._augmenter(audio, random), excerpt, estimated_end(excerpt), "recording", recording.name)


def _find_pianos(config: SourceConfig) -> tuple[Path, list[str], Float64Array]:
    """The folder, the names of the banks to draw from, and their weights."""
    folder = config.folder("pianos_folder")
    if folder is None:
        raise ValueError("pianos_folder is 'none', but segments cannot be made without a sampled piano")
    present = sorted(path.name for path in folder.iterdir() if (path / f"{path.name}.json").exists())
    names = list(config.pianos) or [n for n in present if (n in VALIDATION_PIANOS) == config.validation]
    missing = sorted(set(names) - set(present))
    if missing or not names:
        wanted = ", ".join(missing) or f"for the {config.split} split"
        raise MissingCorpusError(f"{folder} holds no bank {wanted}. It should hold {SOURCES['pianos']}")
    weights = np.array([PIANO_WEIGHTS.get(name, OTHER_PIANO_WEIGHT) for name in names])
    return folder, names, weights / weights.sum()


def _clips(config: SourceConfig, part: str) -> list[Clip]:
    folder = config.folder(part)
    return [] if folder is None else read_clips(folder, part)


def _transposed(performance: Performance, semitones: int) -> Performance:
    """Moved by `semitones`; notes that would leave the keyboard are left out."""
    pitch = performance.pitch + semitones
    keep = (pitch >= LOWEST_PITCH) & (pitch < LOWEST_PITCH + KEYS)
    return replace(
        performance,
        onset=performance.onset[keep],
        offset=performance.offset[keep],
        pitch=pitch[keep],
        velocity=performance.velocity[keep],
    )
