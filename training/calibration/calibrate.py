"""Choose the decoder's thresholds and the velocity line on rendered validation audio.

Never on recordings that scores are reported for: the segments come from the validation split of the performances and
from pianos that training never heard. Per delay, one after the other: the onset threshold by onset F1 (50 ms), the
least that a key struck again can be asked for at little cost of onset F1, the pedal's two by its frames (offsets are
extended by it), the frame and key-off thresholds by onset + offset F1, then the velocity line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit

from realtime.contract import (
    SAMPLE_RATE,
    Activations,
    DecoderCalibration,
    Float64Array,
    FloatArray,
    IntArray,
    StreamSpec,
)
from realtime.notes import NoteTable
from realtime.transcription import pipeline
from realtime.transcription.decoder import sounded_at
from realtime.transcription.model import OnnxStep
from realtime.transcription.pedal import PedalFollower
from training.data.segments.segments import SegmentSource, SourceConfig
from training.data.segments.source_config import FULL_CORPUS
from training.evaluation.evaluate import blocks_of, decode
from training.evaluation.heard import Heard
from training.evaluation.scores import match_notes, offset_f1, pedal_f1, precision_recall_f1

ONSETS = tuple(np.round(np.arange(0.10, 0.86, 0.05), 3))
FINE = (-0.025, 0.0, 0.025)
RESTRIKES = (0.1, 0.125, 0.15, 0.175, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
RESTRIKE_COST = 0.01  # of onset F1: concert music has few keys struck again at once, other music many
FRAMES = (0.15, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
KEYOFFS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
PEDALS = tuple((on, off) for on in (0.3, 0.4, 0.5, 0.6, 0.7) for off in (0.05, 0.1, 0.2, 0.3, 0.4) if off < on)
# Logits by which the ear may be surer of a pedal, or less sure, on a piano that nobody rendered: its mean over frames
# with the pedal down, or up, has a standard deviation of 1.0 to 1.4 among validation segments.
PEDAL_SHIFTS = (-2.0, -1.0, 0.0, 1.0, 2.0)
FEWEST_PAIRS = 50
OTHER_FEET = 0.25  # share of the excerpts under another pedal than their own: concert pianists tread nearly alike

Objective = Callable[[NoteTable, NoteTable, int], float | None]
Scored = tuple[float, DecoderCalibration]  # the mean objective of a calibration, and the calibration


class Sample(NamedTuple):
    """One validation segment: what the network said at every delay, and the truth. samples: at 16 kHz."""

    activations: Mapping[str, Activations]
    truth: NoteTable
    samples: int


def validation_source(seconds: float, corpus: SourceConfig = FULL_CORPUS) -> SegmentSource:
    """Segments of a corpus's validation split and pianos, augmented as in training, none of noise alone, a
    quarter under other feet.

    Raises MissingCorpusError, or UsageError when the corpus has nothing else to give.
    """
    mixture = replace(corpus.mixture, recording=0.0, noise=0.0)
    hops = round(seconds * 100)
    return SegmentSource(replace(corpus, split="validation", hops=hops, mixture=mixture, repedal=OTHER_FEET))


def samples_of(
    model: OnnxStep, source: SegmentSource, count: int, progress: Callable[[str], None] = lambda _: None
) -> list[Sample]:
    """The first `count` segments of `source` with what the model says about them."""
    found = []
    for seed in range(count):
        progress(f"segment {seed + 1}/{count}")
        segment = source.segment(seed)
        activations = pipeline.activations(model, blocks_of(segment.audio), SAMPLE_RATE)
        found.append(Sample(activations, segment.performance.started_inside(), len(segment.audio)))
    return found


def calibrate(
    spec: StreamSpec, samples: Sequence[Sample], progress: Callable[[str], None] = lambda _: None
) -> StreamSpec:
    """`spec` with a calibration for each of its delays."""
    chosen = {}
    for delay in spec.shifts:
        progress(f"thresholds of {delay}")
        chosen[delay] = calibrate_delay(spec, delay, samples)
    return replace(spec, calibration=chosen)


def calibrate_delay(spec: StreamSpec, delay: str, samples: Sequence[Sample]) -> DecoderCalibration:
    """The calibration that serves `samples` best at one delay."""
    trial = Trial(spec, delay, samples)
    best = DecoderCalibration()
    best = trial.best(onset_objective, (replace(best, onset=float(v)) for v in ONSETS))
    best = trial.best(onset_objective, [replace(best, onset=round(best.onset + step, 3)) for step in FINE])
    restrikes = [replace(best, restrike=value) for value in (*RESTRIKES, best.onset) if value <= best.onset]
    best = least_restrike(trial.scored(onset_objective, restrikes))
    pedals = [replace(best, pedal_on=on, pedal_off=off) for on, off in PEDALS]
    best = max(pedals, key=trial.pedal_mean)
    best = trial.best(offset_objective, [replace(best, frame=v) for v in FRAMES])
    best = trial.best(offset_objective, [replace(best, keyoff=v) for v in KEYOFFS])
    gain, offset = velocity_line(samples, trial.hear(best))
    return replace(best, velocity_gain=gain, velocity_offset=offset)


class Trial:
    """Try calibrations of one delay on the samples."""

    def __init__(self, spec: StreamSpec, delay: str, samples: Sequence[Sample]) -> None:
        self.spec, self.delay, self.samples = spec, delay, samples

    def hear(self, calibration: DecoderCalibration) -> list[Heard]:
        """What the decoder, so calibrated, hears in every sample."""
        spec = replace(self.spec, calibration={**self.spec.calibration, self.delay: calibration})
        return [decode(spec, self.delay, s.activations[self.delay], s.samples / SAMPLE_RATE) for s in self.samples]

    def best(self, objective: Objective, candidates: Iterable[DecoderCalibration]) -> DecoderCalibration:
        """The candidate with the largest mean objective; the earlier one of equals."""
        return max(self.scored(objective, candidates), key=lambda pair: pair[0])[1]

    def scored(self, objective: Objective, candidates: Iterable[DecoderCalibration]) -> list[Scored]:
        return [(self.mean(objective, candidate), candidate) for candidate in candidates]

    def mean(self, objective: Objective, calibration: DecoderCalibration) -> float:
        """Mean over the samples that can tell; 0 when none can."""
        heard = self.hear(calibration)
        values = [objective(s.truth, h.performance, s.samples) for s, h in zip(self.samples, heard, strict=True)]
        return mean_told(values)

    def pedal_mean(self, calibration: DecoderCalibration) -> float:
        """Mean F1 of frames with the pedal down, on pianos of which the ear is surer and on others."""
        pairs = [(sample, by) for sample in self.samples for by in PEDAL_SHIFTS]
        return mean_told(pedal_objective(s.truth, self.hear_pedal(s, by, calibration), s.samples) for s, by in pairs)

    def hear_pedal(self, sample: Sample, logits: float, calibration: DecoderCalibration) -> NoteTable:
        """What the decoder makes of the pedal alone, its activation moved by so many logits; where nothing has been
        struck yet, too, since a segment may begin under a pedal."""
        said: FloatArray = sample.activations[self.delay].pedal
        moved = expit(logit(np.clip(said, 1e-4, 1 - 1e-4)) + logits)
        follower = PedalFollower(calibration.pedal_on, calibration.pedal_off)
        down = np.array([follower.push(p) for p in moved.tolist()], np.int64)
        turns = np.flatnonzero(np.diff(down, prepend=0))
        shift = self.spec.shifts[self.delay]
        times = [sounded_at(self.spec, turn - shift) / SAMPLE_RATE for turn in turns.tolist()]
        return NoteTable.build([], [], [], [], times, 127 * down[turns])


def mean_told(values: Iterable[float | None]) -> float:
    """Mean of those that are told; 0 when none is."""
    told = [value for value in values if value is not None]
    return float(np.mean(told)) if told else 0.0


def least_restrike(scored: Sequence[Scored]) -> DecoderCalibration:
    """Of those that cost little against the best one, the one that asks the least of a key that is struck again."""
    good = max(score for score, _ in scored) - RESTRIKE_COST
    return min((calibration for score, calibration in scored if score >= good), key=lambda c: c.restrike)


def onset_objective(truth: NoteTable, heard: NoteTable, samples: int) -> float | None:
    """Onset F1 at 50 ms; a segment without notes cannot tell."""
    matched = len(match_notes(truth, heard, tolerance_s=0.050))
    return precision_recall_f1(matched, len(heard.onset), len(truth.onset))[2] if len(truth.onset) else None


def offset_objective(truth: NoteTable, heard: NoteTable, samples: int) -> float | None:
    return offset_f1(truth, heard, samples / SAMPLE_RATE) if len(truth.onset) else None


def pedal_objective(truth: NoteTable, heard: NoteTable, samples: int) -> float | None:
    """F1 of frames with the pedal down, as it is reported; segments without any pedal cannot tell."""
    return pedal_f1(truth, heard, samples / SAMPLE_RATE)


def velocity_line(samples: Sequence[Sample], heard: Sequence[Heard]) -> tuple[float, float]:
    """Gain and offset of the line from heard (uncalibrated) to true velocity over all matched notes.

    The gain is least squares on deviations from each segment's own mean: how loud a whole segment stands is drawn at
    random, and a line through that would flatten what was played. The offset puts the means of all notes together.
    (1, 0) with fewer than 50 pairs, or when no segment was heard with two velocities.
    """
    said: list[IntArray] = []
    true: list[IntArray] = []
    for sample, one in zip(samples, heard, strict=True):
        matching = match_notes(sample.truth, one.performance, tolerance_s=0.050)
        true.append(sample.truth.velocity[matching[:, 0]])
        said.append(one.performance.velocity[matching[:, 1]])
    x, y = np.concatenate([_deviations(v) for v in said]), np.concatenate([_deviations(v) for v in true])
    if len(x) < FEWEST_PAIRS or not x.any():
        return 1.0, 0.0
    gain = float(x @ y / (x @ x))
    offset = float(np.concatenate(true).mean() - gain * np.concatenate(said).mean())
    return round(gain, 4), round(offset, 2)


def _deviations(velocities: IntArray) -> Float64Array:
    return np.asarray(velocities - velocities.mean() if len(velocities) else velocities, np.float64)
