"""Choose the decoder's thresholds and the velocity line on rendered validation audio.

Never on recordings for which metrics are reported: the segments come from the validation split of the performances
and from pianos that training never uses. Per delay, one after the other: the onset threshold by onset F1 (50 ms); the
lowest restrike threshold that costs little onset F1; the pedal's two by its frames (offsets are extended by it); the
frame and key-off thresholds by onset + offset F1; then the velocity line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
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
from realtime.transcription.decoder import event_position
from realtime.transcription.model import OnnxStep
from realtime.transcription.pedal import PedalFollower
from realtime.transcription.stored import activations_of, silent_s
from training.data.segments.segments import SegmentSource, SourceConfig
from training.data.segments.source_config import FULL_CORPUS
from training.evaluation.estimated import Estimated
from training.evaluation.evaluate import blocks_of, decode
from training.evaluation.metrics import match_notes, offset_f1, pedal_f1, precision_recall_f1

ONSETS = tuple(np.round(np.arange(0.10, 0.86, 0.05), 3))
FINE = (-0.025, 0.0, 0.025)
RESTRIKES = (0.1, 0.125, 0.15, 0.175, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
RESTRIKE_COST = 0.01  # of onset F1: concert music has few quickly repeated notes, other music many
FRAMES = (0.15, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
KEYOFFS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
PEDALS = tuple((on, off) for on in (0.3, 0.4, 0.5, 0.6, 0.7) for off in (0.05, 0.1, 0.2, 0.3, 0.4) if off < on)
# The pedal's logit may lie higher or lower by this much on an unknown piano: its mean over frames with the pedal down,
# or up, has a standard deviation of 1.0 to 1.4 among validation segments.
PEDAL_SHIFTS = (-2.0, -1.0, 0.0, 1.0, 2.0)
FEWEST_PAIRS = 50
REPEDALLED = 0.25  # share of the excerpts with another pedal than their own: concert pianists pedal nearly alike

Objective = Callable[[NoteTable, NoteTable, int], float | None]
Candidate = tuple[float, DecoderCalibration]  # the mean objective of a calibration, and the calibration


class CalibrationExample(NamedTuple):
    """One validation segment: activations per delay, the reference notes, and the sound at 16 kHz, float32 (n,)."""

    activations: Mapping[str, Activations]
    reference: NoteTable
    audio: FloatArray

    @property
    def length(self) -> int:
        """Samples at 16 kHz."""
        return len(self.audio)


def validation_source(seconds: float, corpus: SourceConfig = FULL_CORPUS) -> SegmentSource:
    """Segments of a corpus's validation split and pianos, augmented as in training, none of noise alone, a
    quarter with another pedal than their own.

    Raises MissingCorpusError, or UsageError when the corpus has only recordings and noise.
    """
    mixture = replace(corpus.mixture, recording=0.0, noise=0.0)
    hops = round(seconds * 100)
    return SegmentSource(replace(corpus, split="validation", hops=hops, mixture=mixture, repedal=REPEDALLED))


def examples_of(
    model: OnnxStep, source: SegmentSource, count: int, progress: Callable[[str], None] = lambda _: None
) -> list[CalibrationExample]:
    """The first `count` segments of `source` with the model's activations."""
    found = []
    for seed in range(count):
        progress(f"segment {seed + 1}/{count}")
        segment = source.segment(seed)
        activations = activations_of(model, blocks_of(segment.audio), SAMPLE_RATE)
        found.append(CalibrationExample(activations, segment.performance.started_inside(), segment.audio))
    return found


def calibrate(
    spec: StreamSpec, examples: Sequence[CalibrationExample], progress: Callable[[str], None] = lambda _: None
) -> StreamSpec:
    """`spec` with a calibration for each of its delays."""
    chosen = {}
    for delay in spec.shifts:
        progress(f"thresholds of {delay}")
        chosen[delay] = calibrate_delay(spec, delay, examples)
    return replace(spec, calibration=chosen)


def calibrate_delay(spec: StreamSpec, delay: str, examples: Sequence[CalibrationExample]) -> DecoderCalibration:
    """The calibration that serves `examples` best at one delay."""
    trial = Trial(spec, delay, examples)
    best = DecoderCalibration()
    best = trial.best(onset_objective, (replace(best, onset=float(v)) for v in ONSETS))
    best = trial.best(onset_objective, [replace(best, onset=round(best.onset + step, 3)) for step in FINE])
    restrikes = [replace(best, restrike=value) for value in (*RESTRIKES, best.onset) if value <= best.onset]
    best = least_restrike(trial.evaluated(onset_objective, restrikes))
    pedals = [replace(best, pedal_on=on, pedal_off=off) for on, off in PEDALS]
    best = max(pedals, key=trial.pedal_mean)
    best = trial.best(offset_objective, [replace(best, frame=v) for v in FRAMES])
    best = trial.best(offset_objective, [replace(best, keyoff=v) for v in KEYOFFS])
    gain, offset = velocity_line(examples, trial.decoded(best))
    return replace(best, velocity_gain=gain, velocity_offset=offset)


class Trial:
    """Try calibrations of one delay on the examples."""

    def __init__(self, spec: StreamSpec, delay: str, examples: Sequence[CalibrationExample]) -> None:
        self.spec, self.delay, self.examples = spec, delay, examples

    @cached_property
    def _silent_s(self) -> list[list[float]]:
        """For how long there has been digital silence at each frame of each example."""
        return [silent_s(self.spec, self.delay, blocks_of(s.audio)).tolist() for s in self.examples]

    def decoded(self, calibration: DecoderCalibration) -> list[Estimated]:
        """The notes that the decoder, so calibrated, makes of every example."""
        spec = replace(self.spec, calibration={**self.spec.calibration, self.delay: calibration})
        return self._decoded(spec)

    def best(self, objective: Objective, candidates: Iterable[DecoderCalibration]) -> DecoderCalibration:
        """The candidate with the largest mean objective; the earlier one of equals."""
        return max(self.evaluated(objective, candidates), key=lambda pair: pair[0])[1]

    def evaluated(self, objective: Objective, candidates: Iterable[DecoderCalibration]) -> list[Candidate]:
        return [(self.mean(objective, candidate), candidate) for candidate in candidates]

    def mean(self, objective: Objective, calibration: DecoderCalibration) -> float:
        """Mean over the examples for which the objective is defined; 0 when there is none."""
        return self._mean(objective, self.decoded(calibration))

    def mean_of(self, objective: Objective) -> float:
        """The same with the calibration that the spec has."""
        return self._mean(objective, self._decoded(self.spec))

    def _decoded(self, spec: StreamSpec) -> list[Estimated]:
        return [decode(spec, self.delay, s.activations, blocks_of(s.audio)) for s in self.examples]

    def _mean(self, objective: Objective, estimated: Sequence[Estimated]) -> float:
        pairs = zip(self.examples, estimated, strict=True)
        return mean_known(objective(s.reference, h.notes, s.length) for s, h in pairs)

    def pedal_mean(self, calibration: DecoderCalibration) -> float:
        """Mean F1 of frames with the pedal down, with its logit moved by each of `PEDAL_SHIFTS`."""
        trials = [(number, by) for number in range(len(self.examples)) for by in PEDAL_SHIFTS]
        pairs = ((self.examples[number], self.decode_pedal(number, by, calibration)) for number, by in trials)
        return mean_known(pedal_objective(s.reference, pedal, s.length) for s, pedal in pairs)

    def decode_pedal(self, number: int, logits: float, calibration: DecoderCalibration) -> NoteTable:
        """The pedal that the decoder makes of an example's activation, moved by so many logits; also before the first
        note, since a segment may begin under a pedal."""
        activation: FloatArray = self.examples[number].activations[self.delay].pedal
        moved = expit(logit(np.clip(activation, 1e-4, 1 - 1e-4)) + logits)
        follower, on, off = PedalFollower(), calibration.pedal_on, calibration.pedal_off
        frames = zip(moved.tolist(), self._silent_s[number], strict=False)  # a segment's activations may go on
        down = np.array([follower.push(p, on, off, silent_s) for p, silent_s in frames], np.int64)
        turns = np.flatnonzero(np.diff(down, prepend=0))
        shift = self.spec.shifts[self.delay]
        times = [event_position(self.spec, turn - shift) / SAMPLE_RATE for turn in turns.tolist()]
        return NoteTable.build([], [], [], [], times, 127 * down[turns])


def mean_known(values: Iterable[float | None]) -> float:
    """Mean of the values that are not None; 0 when all are."""
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else 0.0


def least_restrike(evaluated: Sequence[Candidate]) -> DecoderCalibration:
    """Of those that cost at most `RESTRIKE_COST` against the best one, the one of the lowest restrike threshold."""
    good = max(value for value, _ in evaluated) - RESTRIKE_COST
    return min((calibration for value, calibration in evaluated if value >= good), key=lambda c: c.restrike)


def onset_objective(reference: NoteTable, estimated: NoteTable, length: int) -> float | None:
    """Onset F1 at 50 ms; None for a segment without notes."""
    matched = len(match_notes(reference, estimated, tolerance_s=0.050))
    return precision_recall_f1(matched, len(estimated.onset), len(reference.onset))[2] if len(reference.onset) else None


def offset_objective(reference: NoteTable, estimated: NoteTable, length: int) -> float | None:
    return offset_f1(reference, estimated, length / SAMPLE_RATE) if len(reference.onset) else None


def pedal_objective(reference: NoteTable, estimated: NoteTable, length: int) -> float | None:
    """F1 of frames with the pedal down, as it is reported; None for a segment without any pedal."""
    return pedal_f1(reference, estimated, length / SAMPLE_RATE)


def velocity_line(examples: Sequence[CalibrationExample], estimated: Sequence[Estimated]) -> tuple[float, float]:
    """Gain and offset of the line from estimated (uncalibrated) to reference velocity over all matched notes.

    The gain is least squares on deviations from each segment's own mean: the level of a whole segment is drawn at
    random, and a line through the levels would flatten the dynamics. The offset puts the means of all notes together.
    (1, 0) with fewer than 50 pairs, or when no segment has two estimated velocities.
    """
    found: list[IntArray] = []
    true: list[IntArray] = []
    for example, one in zip(examples, estimated, strict=True):
        matching = match_notes(example.reference, one.notes, tolerance_s=0.050)
        true.append(example.reference.velocity[matching[:, 0]])
        found.append(one.notes.velocity[matching[:, 1]])
    x, y = np.concatenate([_deviations(v) for v in found]), np.concatenate([_deviations(v) for v in true])
    if len(x) < FEWEST_PAIRS or not x.any():
        return 1.0, 0.0
    gain = float(x @ y / (x @ x))
    offset = float(np.concatenate(true).mean() - gain * np.concatenate(found).mean())
    return round(gain, 4), round(offset, 2)


def _deviations(velocities: IntArray) -> Float64Array:
    return np.asarray(velocities - velocities.mean() if len(velocities) else velocities, np.float64)
