"""Training segments: audio with exact labels, each made anew from one integer seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch

from realtime.contract import HOP, SAMPLE_RATE
from training.data.augment import Audio, Augmenter, Doses, Surroundings
from training.data.clips import held_out, read_clips
from training.data.damping import estimated_end
from training.data.generate import generate
from training.data.maestro import Maestro, open_maestro
from training.data.notes import Float64Array, Performance
from training.data.paths import MissingCorpusError, data_folder, require
from training.data.piano import Bank
from training.data.recordings import RecordingFolder
from training.data.renderer import Touch, render
from training.data.resample import resample

VALIDATION_PIANOS = ("splendid", "petrof_upright")
# Weights by timbre: uprights have few samples but are what most players own.
PIANO_WEIGHTS = {"salamander": 0.24, "headroom_close": 0.14, "headroom_decca": 0.12, "kawai_upright": 0.18}
_OTHER_WEIGHT = 0.11


@dataclass(frozen=True)
class Mixture:
    """Weights of the kinds of segments; they need not add up to 1."""

    rendered: float = 0.83
    recording: float = 0.12
    generated: float = 0.03
    noise: float = 0.02


@dataclass(frozen=True)
class SourceConfig:
    """What segments are made of. Paths left empty mean the part of that name in the data folder.

    split "train" or "validation" chooses performances, pianos, rooms and noise that the other one never uses; recordings
    are for training only. `pianos` limits the banks by name. detune: standard deviation and limit in cents.
    """

    maestro: str = ""
    pianos_folder: str = ""
    rooms: str = ""
    noise: str = ""
    recordings: str = ""
    pianos: tuple[str, ...] = ()
    split: str = "train"
    hops: int = 512
    mixture: Mixture = Mixture()
    doses: Doses = Doses()
    detune_sd_cents: float = 8.0
    detune_limit_cents: float = 40.0
    validation_rooms: tuple[int, ...] = (2, 5, 14, 15, 28)
    validation_noise_step: int = 8

    @staticmethod
    def from_table(table: Mapping[str, Any]) -> SourceConfig:
        """From a TOML table with sub-tables [mixture] and [doses]; ValueError names a key that does not exist."""
        values = dict(table)
        mixture = _checked(Mixture, values.pop("mixture", {}))
        doses = _checked(Doses, values.pop("doses", {}))
        config = _checked(SourceConfig, values)
        return replace(config, mixture=mixture, doses=doses)

    @property
    def samples(self) -> int:
        return self.hops * HOP

    def folder(self, part: str) -> Path:
        named = {"pianos": self.pianos_folder, "recordings": self.recordings}.get(part) or getattr(self, part)
        default = {"recordings": "maps-train"}.get(part, part)
        return Path(named).expanduser() if isinstance(named, str) and named else data_folder() / default


def _checked(kind: type[Any], values: Mapping[str, Any]) -> Any:
    known = {f.name for f in fields(kind)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise ValueError(f"unknown keys {unknown} in the corpus configuration; known: {sorted(known)}")
    return kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})


class Segment(NamedTuple):
    """audio: float32 (hops * 160,). performance: relative to its start. sounding_end: (N,) s, until when each note is
    heard. kind: rendered, recording, generated or noise. piano: the bank's or recording's name."""

    audio: Audio
    performance: Performance
    sounding_end: Float64Array
    kind: str
    piano: str


class SegmentSource:
    """Makes segments; every random choice comes from the seed and the configuration's split."""

    def __init__(self, config: SourceConfig) -> None:
        self.config = config
        self._validation = config.split == "validation"
        mixture = config.mixture
        if self._validation:
            mixture = replace(mixture, recording=0.0)
        self._kinds = [f.name for f in fields(Mixture)]
        weights = np.array([getattr(mixture, kind) for kind in self._kinds], np.float64)
        self._weights = weights / weights.sum()
        self._banks = self._find_banks()
        self._check()

    def segment(self, seed: int) -> Segment:
        """The segment of a seed (any integer >= 0); the same seed gives the same segment."""
        random = np.random.default_rng([int(self._validation), seed])
        kind = self._kinds[int(random.choice(len(self._kinds), p=self._weights))]
        count = self.config.samples
        if kind == "noise":
            audio = self._augmenter.noise_alone(count, random)
            return Segment(audio, Performance.empty(), np.zeros(0), kind, "")
        if kind == "recording":
            return self._recorded(random)
        seconds = count / SAMPLE_RATE
        performance = generate(random, seconds) if kind == "generated" else self._excerpt(random, seconds)
        return self._rendered(performance, kind, random)

    def _check(self) -> None:
        """Missing parts show at construction, not after an hour."""
        mixture = self.config.mixture
        if mixture.rendered > 0:
            require(self.config.folder("maestro"), "maestro")
        if mixture.recording > 0 and not self._validation:
            require(self.config.folder("recordings"), "recordings")
        for part in ("rooms", "noise"):
            require(self.config.folder(part), part)

    def _find_banks(self) -> tuple[list[str], np.ndarray[Any, np.dtype[np.float64]]]:
        folder = require(self.config.folder("pianos"), "pianos")
        present = sorted(p.name for p in folder.iterdir() if (p / f"{p.name}.json").exists())
        names = list(self.config.pianos) or [n for n in present if (n in VALIDATION_PIANOS) == self._validation]
        missing = [n for n in names if n not in present]
        if missing or not names:
            raise MissingCorpusError(f"{folder} holds no bank {missing or ''}; {_piano_source()}")
        weights = np.array([PIANO_WEIGHTS.get(n, _OTHER_WEIGHT) for n in names])
        return names, weights / weights.sum()

    @cached_property
    def _loaded(self) -> dict[str, Bank]:
        return {}

    @cached_property
    def _maestro(self) -> tuple[Maestro, list[int], Float64Array]:
        maestro = open_maestro(self.config.folder("maestro"))
        indices = maestro.indices(self.config.split)
        lengths = np.array([maestro.rows[i].duration for i in indices])
        return maestro, indices, lengths / lengths.sum()

    @cached_property
    def _recordings(self) -> RecordingFolder:
        return RecordingFolder(self.config.folder("recordings"))

    @cached_property
    def _augmenter(self) -> Augmenter:
        config = self.config
        rooms = held_out(read_clips(config.folder("rooms"), "rooms"), config.validation_rooms, self._validation)
        clips = read_clips(config.folder("noise"), "noise")
        picked = tuple(range(config.validation_noise_step // 2, len(clips), config.validation_noise_step))
        clips = held_out(clips, picked, self._validation)
        speech = [clip for clip in clips if clip.kind == "speech"]
        noise = [clip for clip in clips if clip.kind != "speech"]
        return Augmenter(config.doses, Surroundings(rooms, noise, speech))

    def _excerpt(self, random: np.random.Generator, seconds: float) -> Performance:
        maestro, indices, weights = self._maestro
        index = indices[int(random.choice(len(indices), p=weights))]
        performance = maestro.performance(index)
        start = random.uniform(-0.3, max(0.0, performance.duration - 0.5 * seconds))
        return performance.slice(start, seconds)

    def _rendered(self, performance: Performance, kind: str, random: np.random.Generator) -> Segment:
        names, weights = self._banks
        name = names[int(random.choice(len(names), p=weights))]
        if name not in self._loaded:
            self._loaded[name] = Bank(self.config.folder("pianos") / name)
        touch = Touch.drawn(random, self.config.detune_sd_cents, self.config.detune_limit_cents)
        seconds = self.config.samples / SAMPLE_RATE
        rendered = render([performance], self._loaded[name], seconds, [touch])
        audio = self._augmenter(rendered.audio[0].numpy(), random)
        return Segment(audio, performance, rendered.sounding_end[0], kind, name)

    def _recorded(self, random: np.random.Generator) -> Segment:
        recording = self._recordings[int(random.integers(len(self._recordings)))]
        cents = np.clip(
            random.normal(0, self.config.detune_sd_cents),
            -self.config.detune_limit_cents,
            self.config.detune_limit_cents,
        )
        ratio = float(2 ** (cents / 1200))
        count = self.config.samples
        needed = int(count * ratio) + 64
        first = int(random.integers(max(1, len(recording.audio) - needed)))
        audio = resample(torch.from_numpy(recording.audio[first : first + needed]), ratio, count).numpy()
        seconds = count * ratio / SAMPLE_RATE
        performance = recording.performance.slice(first / SAMPLE_RATE, seconds).scaled(1 / ratio)
        audio = self._augmenter(audio, random)
        return Segment(audio, performance, estimated_end(performance), "recording", recording.name)


def _piano_source() -> str:
    from training.data.paths import SOURCES

    return SOURCES["pianos"]
