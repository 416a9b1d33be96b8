"""Training segments: audio with exact labels, each made anew from one integer seed."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import fields, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from realtime.contract import SAMPLE_RATE, Float64Array
from realtime.errors import UsageError
from realtime.notes import NoteTable
from training.data.corpus.clips import Clip, held_out, read_clips
from training.data.corpus.maestro import Performances, open_performances
from training.data.corpus.paths import MissingCorpusError
from training.data.corpus.recordings import RecordingFolder
from training.data.corpus.stretch import read_stretch
from training.data.music.generate import generate
from training.data.music.lone_notes import lone_notes, opened_at_onset
from training.data.music.pedalling import repedalled
from training.data.segments.piano_choice import choose_pianos, weight
from training.data.segments.source_config import Mixture, SourceConfig
from training.data.sound import builds
from training.data.sound.augment import Audio, Augmenter
from training.data.sound.damping import estimated_end
from training.data.sound.piano import Bank
from training.data.sound.renderer import RenderSettings, render
from training.data.sound.resample import TAPS, resample
from training.data.sound.surroundings import Surroundings

__all__ = ["Mixture", "Segment", "SegmentSource", "SourceConfig"]

# Parts of the corpus that a mixture may need, and its words for them.
NEEDED = {"maestro": "rendered performances", "recordings": "recordings"}
# An excerpt may begin before its performance does, so that there are first notes out of silence too.
_EARLIEST_START_S = -0.3


class Segment(NamedTuple):
    """audio: float32 (hops * 160,). performance: relative to its start. sounding_end: (N,) s, until when each note is
    audible. kind: rendered, recording, generated, lone or noise. piano: name of the bank or the recording, or empty."""

    audio: Audio
    performance: NoteTable
    sounding_end: Float64Array
    kind: str
    piano: str


class _Draft(NamedTuple):
    """A segment that is still to be rendered; `random` is where drawing it ended and its augmentation goes on.

    edition: which build of its piano is played."""

    performance: NoteTable
    kind: str
    piano: str
    edition: int
    settings: RenderSettings
    random: np.random.Generator


class SegmentSource:
    """Makes segments; every random choice comes from the seed and the configuration's split.

    Raises MissingCorpusError at once when a part of the corpus is not there, UsageError when the mixture needs a part
    that is left out. A bank is read and prepared when the first segment needs it (2 to 5 s each), and again for each
    new build of it; after that memory is constant.
    """

    def __init__(self, config: SourceConfig) -> None:
        self.config = config
        mixture = _validation_mixture(config.mixture) if config.validation else config.mixture
        self._kinds = [f.name for f in fields(Mixture)]
        weights = np.array([getattr(mixture, kind) for kind in self._kinds], np.float64)
        if not weights.sum() > 0:
            raise UsageError("All weights of the mixture are 0: give one of them a share.")
        self._weights = weights / weights.sum()
        self._piano_folder, self._pianos = _find_pianos(config)
        piano_weights = np.array([weight(name) for name in self._pianos])
        self._piano_weights = piano_weights / piano_weights.sum()
        self._banks: dict[str, tuple[int, Bank]] = {}
        for name, needed in (
            ("maestro", mixture.rendered),
            ("recordings", mixture.recording),
            ("rooms", 1),
            ("noise", 1),
        ):
            if needed > 0 and config.folder(name) is None and name in NEEDED:
                raise UsageError(
                    f"The mixture has {NEEDED[name]}, but {name} is 'none': name a folder, or give them 0."
                )

    def segment(self, seed: int) -> Segment:
        """The segment of a seed (any integer >= 0); the same seed gives the same segment."""
        return self.batch([seed])[0]

    def batch(self, seeds: Sequence[int], device: torch.device | None = None) -> list[Segment]:
        """The segment of each seed, in their order; rendered on `device`, in one call for each piano."""
        made: dict[int, Segment] = {}
        drafts: dict[tuple[str, int], dict[int, _Draft]] = {}
        for place, seed in enumerate(seeds):
            drawn = self._draw(seed)
            if isinstance(drawn, Segment):
                made[place] = drawn
            else:
                drafts.setdefault((drawn.piano, drawn.edition), {})[place] = drawn
        for (piano, edition), waiting in drafts.items():
            bank = self._bank(piano, edition)
            made.update(zip(waiting, self._rendered(bank, list(waiting.values()), device), strict=True))
        return [made[place] for place in range(len(seeds))]

    def _draw(self, seed: int) -> Segment | _Draft:
        random = np.random.default_rng([int(self.config.validation), seed])
        kind = self._kinds[int(random.choice(len(self._kinds), p=self._weights))]
        if kind == "noise":
            audio = self._augmenter.noise_alone(self.config.samples, random)
            return Segment(audio, NoteTable(), np.zeros(0), kind, "")
        if kind == "recording":
            return self._recorded(random)
        edition = seed // self.config.build_segments
        if kind == "rendered":
            return self._excerpt(edition, random)
        make_notes = lone_notes if kind == "lone" else generate
        return self._draft(make_notes(random, self.config.seconds), kind, edition, random)

    def _draft(self, performance: NoteTable, kind: str, edition: int, random: np.random.Generator) -> _Draft:
        piano = self._pianos[int(random.choice(len(self._pianos), p=self._piano_weights))]
        settings = RenderSettings.drawn(random, self.config.detune_sd_cents, self.config.detune_limit_cents)
        return _Draft(performance, kind, piano, edition, settings, random)

    def _bank(self, piano: str, edition: int) -> Bank:
        """The piano, in training as the edition's build of it; validation has it as sampled."""
        edition = 0 if self.config.validation else edition
        if piano not in self._banks or self._banks[piano][0] != edition:
            self._banks.pop(piano, None)  # two builds at once would need twice the memory
            variety = 0.0 if self.config.validation else self.config.variety
            build = builds.drawn(np.random.default_rng([zlib.crc32(piano.encode()), edition]), variety)
            bank = Bank(self._piano_folder / piano, build)
            bank.prepare_all()
            self._banks[piano] = edition, bank
        return self._banks[piano][1]

    def _rendered(self, bank: Bank, drafts: list[_Draft], device: torch.device | None) -> list[Segment]:
        performances, all_settings = [draft.performance for draft in drafts], [draft.settings for draft in drafts]
        rendered = render(performances, bank, self.config.seconds, all_settings, device)
        return [
            self._finished(audio, end, draft)
            for audio, end, draft in zip(rendered.audio.cpu().numpy(), rendered.sounding_end, drafts, strict=True)
        ]

    def _finished(self, audio: Audio, end: Float64Array, draft: _Draft) -> Segment:
        piano = self._augmenter.as_another_piano(audio, draft.performance, draft.random)
        return Segment(self._augmenter(piano, draft.random), draft.performance, end, draft.kind, draft.piano)

    @cached_property
    def _performances(self) -> tuple[Performances, list[int], Float64Array]:
        """The reader, the split's indices, and their shares of its playing time."""
        folder = self.config.folder("maestro")
        assert folder is not None
        performances = open_performances(folder)
        indices = performances.indices(self.config.split)
        lengths = np.array([performances.rows[i].duration for i in indices])
        if not lengths.sum() > 0:
            raise MissingCorpusError(
                f"{folder} holds no performance for the {self.config.split} split with any notes: of your own MIDI "
                "files every fifth piece is for validation, so two are the least"
            )
        return performances, indices, lengths / lengths.sum()

    @cached_property
    def _recordings(self) -> RecordingFolder:
        folder = self.config.folder("recordings")
        assert folder is not None
        return RecordingFolder(folder)

    @cached_property
    def _augmenter(self) -> Augmenter:
        config = self.config
        rooms = held_out(_clips(config, "rooms"), config.validation_rooms, config.validation)
        clips = held_out(_clips(config, "noise"), config.validation_noise, config.validation)
        speech = [clip for clip in clips if clip.kind == "speech"]
        noise = [clip for clip in clips if clip.kind != "speech"]
        return Augmenter(config.doses, Surroundings(rooms, noise, speech))

    def _excerpt(self, edition: int, random: np.random.Generator) -> Segment | _Draft:
        """An excerpt of a performance: as recorded, or to be rendered, sometimes transposed or repedalled."""
        performances, indices, weights = self._performances
        index = indices[int(random.choice(len(indices), p=weights))]
        performance, recording = performances.performance(index), performances.audio_path(index)
        seconds, limit = self.config.seconds, self.config.transpose_semitones
        start = random.uniform(_EARLIEST_START_S, max(0.0, performance.last_s - 0.5 * seconds))
        if recording is not None and random.random() < self.config.real_audio:
            ratio = self._playing_speed(random)
            audio, start = read_stretch(recording, start, seconds * ratio + TAPS / SAMPLE_RATE)
            return self._from_recording(recording.stem, audio, performance, start, ratio, random)
        if self.config.at_once and random.random() < self.config.at_once:
            excerpt = opened_at_onset(performance, start, seconds, random)
        else:
            excerpt = performance.slice(start, seconds)
        if random.random() < self.config.transpose:
            excerpt = _transposed(excerpt, int(random.integers(-limit, limit + 1)))
        if self.config.repedal and random.random() < self.config.repedal:
            excerpt = repedalled(excerpt, random, seconds)
        return self._draft(excerpt, "rendered", edition, random)

    def _recorded(self, random: np.random.Generator) -> Segment:
        recording = self._recordings[int(random.integers(len(self._recordings)))]
        ratio = self._playing_speed(random)
        needed = int(self.config.samples * ratio) + TAPS
        first = int(random.integers(max(1, len(recording.audio) - needed)))
        audio = recording.audio[first : first + needed]
        return self._from_recording(recording.name, audio, recording.performance, first / SAMPLE_RATE, ratio, random)

    def _playing_speed(self, random: np.random.Generator) -> float:
        limit = self.config.detune_limit_cents
        cents = np.clip(random.normal(0, self.config.detune_sd_cents), -limit, limit)
        return float(2 ** (cents / 1200))

    def _from_recording(
        self, name: str, audio: Audio, performance: NoteTable, start: float, ratio: float, random: np.random.Generator
    ) -> Segment:
        """`audio`, which begins at `start` (s) of a recording, detuned by playing it `ratio` times as fast, with its
        labels on the same changed time line."""
        count = self.config.samples
        played = resample(torch.from_numpy(audio), ratio, count).numpy()
        excerpt = performance.slice(start, count * ratio / SAMPLE_RATE).scaled(1 / ratio)
        return Segment(self._augmenter(played, random), excerpt, estimated_end(excerpt), "recording", name)


def _validation_mixture(mixture: Mixture) -> Mixture:
    """Without recordings, which are for training only; generated playing where nothing else is left."""
    left = replace(mixture, recording=0.0)
    return left if left.rendered + left.generated + left.lone + left.noise > 0 else replace(left, generated=1.0)


def _find_pianos(config: SourceConfig) -> tuple[Path, list[str]]:
    folder = config.folder("pianos_folder")
    if folder is None:
        raise UsageError("pianos_folder is 'none', but no segment can be made without a sampled piano: name a folder.")
    return folder, choose_pianos(config, folder)


def _clips(config: SourceConfig, part: str) -> list[Clip]:
    folder = config.folder(part)
    return [] if folder is None else read_clips(folder, part)


def _transposed(performance: NoteTable, semitones: int) -> NoteTable:
    """Moved by `semitones`; notes that would leave the keyboard are left out."""
    return replace(performance, pitch=performance.pitch + semitones).on_the_keyboard()
