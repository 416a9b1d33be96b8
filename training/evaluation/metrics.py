"""Note, frame and pedal metrics of one recording, and their definitions.

Notes are matched by mir_eval: pitches in Hz, 50 cents, one reference note to at most one estimated note. Offsets are
extended by the sustain pedal on both sides, to the next CC64 below 64 or to the key's next onset, as the literature
does. Frames are instants 10 ms apart. Velocity is mir_eval's: a line fitted to the matched notes is forgiven, so
`velocity_error` (plain, in MIDI units) stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import mir_eval
import numpy as np
import numpy.typing as npt

from realtime.contract import KEYS, LOWEST_PITCH, BoolArray, Float64Array, IntArray
from realtime.notes import NoteTable

FRAME_S = 0.010
REPEAT_S = (0.075, 0.150)
SHORTEST_S = 0.001


@dataclass(frozen=True)
class Metrics:
    """Metrics of one recording; shares lie in 0-1, times are seconds. None: not defined for this recording.

    Emission is the stream clock when a matched note left the decoder, minus the reference onset. `repeats` is the
    share of same-key pairs struck 75-150 ms apart of which both were found. `onset_error_s` is the median of estimated
    minus reference onset. The fields' names are those in JSON and CSV files.
    """

    onset_p_50: float
    onset_r_50: float
    onset_f1_50: float
    onset_p_100: float
    onset_r_100: float
    onset_f1_100: float
    offset_f1: float
    velocity_f1: float
    frame_f1: float
    pedal_f1: float | None
    emission_p50_s: float | None
    emission_p95_s: float | None
    onset_error_s: float | None
    velocity_error: float | None
    repeats: float | None
    false_notes_per_minute: float
    notes_true: int
    notes_heard: int


def compute_metrics(
    reference: NoteTable, estimated: NoteTable, seconds: float, emitted: Float64Array | None = None
) -> Metrics:
    """Metrics of a recording of `seconds`; `emitted`: (estimated notes,) s, when each left the decoder."""
    exact = match_notes(reference, estimated, tolerance_s=0.050)
    loose = match_notes(reference, estimated, tolerance_s=0.100)
    p_50, r_50, f1_50 = precision_recall_f1(len(exact), len(estimated.onset), len(reference.onset))
    p_100, r_100, f1_100 = precision_recall_f1(len(loose), len(estimated.onset), len(reference.onset))
    emission = None if emitted is None else emitted[exact[:, 1]] - reference.onset[exact[:, 0]]
    loudness = estimated.velocity[exact[:, 1]].astype(float) - reference.velocity[exact[:, 0]]
    return Metrics(
        onset_p_50=p_50,
        onset_r_50=r_50,
        onset_f1_50=f1_50,
        onset_p_100=p_100,
        onset_r_100=r_100,
        onset_f1_100=f1_100,
        offset_f1=offset_f1(reference, estimated, seconds),
        velocity_f1=velocity_f1(reference, estimated),
        frame_f1=share_f1(sounding(reference, seconds), sounding(estimated, seconds)),
        pedal_f1=pedal_f1(reference, estimated, seconds),
        emission_p50_s=quantile(emission, 0.50),
        emission_p95_s=quantile(emission, 0.95),
        onset_error_s=quantile(estimated.onset[exact[:, 1]] - reference.onset[exact[:, 0]], 0.50),
        velocity_error=float(np.abs(loudness).mean()) if len(loudness) else None,
        repeats=repeats_found(reference, exact),
        false_notes_per_minute=(len(estimated.onset) - len(exact)) / seconds * 60.0,
        notes_true=len(reference.onset),
        notes_heard=len(estimated.onset),
    )


def precision_recall_f1(matched: int, estimated: int, true: int) -> tuple[float, float, float]:
    """Precision, recall and F1 from counts; 0 for a quotient with denominator 0, as in mir_eval."""
    precision = matched / estimated if estimated else 0.0
    recall = matched / true if true else 0.0
    return precision, recall, float(mir_eval.util.f_measure(precision, recall))


def hertz(pitch: npt.NDArray[np.integer]) -> Float64Array:
    """MIDI numbers to Hz: mir_eval's 50 cents would take neighbouring MIDI *numbers* above 35 for the same pitch."""
    return np.asarray(440.0 * 2.0 ** ((np.asarray(pitch, float) - 69.0) / 12.0))


def intervals(onset: Float64Array, offset: Float64Array) -> Float64Array:
    """(N, 2) seconds, every note at least a millisecond long, as mir_eval demands."""
    return np.stack([onset, np.maximum(offset, onset + SHORTEST_S)], axis=1)


def match_notes(reference: NoteTable, estimated: NoteTable, tolerance_s: float) -> IntArray:
    """(M, 2) index pairs (reference, estimated) of the largest matching by pitch and onset."""
    if not len(reference.onset) or not len(estimated.onset):
        return np.zeros((0, 2), np.int64)
    pairs = mir_eval.transcription.match_notes(
        intervals(reference.onset, reference.offset),
        hertz(reference.pitch),
        intervals(estimated.onset, estimated.offset),
        hertz(estimated.pitch),
        onset_tolerance=tolerance_s,
        offset_ratio=None,
    )
    return np.asarray(pairs, np.int64).reshape(-1, 2)


def offset_f1(reference: NoteTable, estimated: NoteTable, seconds: float) -> float:
    """F1 of notes whose onset (50 ms) and pedal-extended offset (20 % of the duration, at least 50 ms) are right."""
    if not len(reference.onset) or not len(estimated.onset):
        return 0.0
    pairs = mir_eval.transcription.match_notes(
        intervals(reference.onset, reference.pedal_extended(seconds)),
        hertz(reference.pitch),
        intervals(estimated.onset, estimated.pedal_extended(seconds)),
        hertz(estimated.pitch),
        onset_tolerance=0.050,
        offset_ratio=0.2,
        offset_min_tolerance=0.050,
    )
    return precision_recall_f1(len(pairs), len(estimated.onset), len(reference.onset))[2]


def velocity_f1(reference: NoteTable, estimated: NoteTable) -> float:
    """F1 of notes whose onset (50 ms) and velocity (0.1 of the range, after mir_eval's line fit) are right."""
    if not len(reference.onset) or not len(estimated.onset):
        return 0.0
    pairs = mir_eval.transcription_velocity.match_notes(
        intervals(reference.onset, reference.offset),
        hertz(reference.pitch),
        reference.velocity.astype(float),
        intervals(estimated.onset, estimated.offset),
        hertz(estimated.pitch),
        estimated.velocity.astype(float),
        onset_tolerance=0.050,
        offset_ratio=None,
    )
    return precision_recall_f1(len(pairs), len(estimated.onset), len(reference.onset))[2]


def grid(seconds: float) -> Float64Array:
    """The instants at which frames are compared: 0, 10, 20 ms ... before the end."""
    return np.arange(int(np.ceil(round(seconds / FRAME_S, 6))), dtype=np.float64) * FRAME_S


def sounding(performance: NoteTable, seconds: float) -> BoolArray:
    """(T, 88) whether a key sounds at each instant of `grid`; offsets extended by the pedal. Other pitches than a
    piano's are left out."""
    roll = np.zeros((len(grid(seconds)), KEYS), bool)
    # Rounded before comparing, so that a note that ends exactly on an instant does not depend on its last bit.
    first = np.ceil(np.round(performance.onset / FRAME_S, 6)).astype(int)
    last = np.ceil(np.round(performance.pedal_extended(seconds) / FRAME_S, 6)).astype(int)
    for key, begin, end in zip(performance.pitch - LOWEST_PITCH, first, last, strict=True):
        if 0 <= key < KEYS:
            roll[max(begin, 0) : end, key] = True
    return roll


def share_f1(reference: BoolArray, estimated: BoolArray) -> float:
    """F1 over the cells of two equally shaped boolean arrays."""
    return precision_recall_f1(int((reference & estimated).sum()), int(estimated.sum()), int(reference.sum()))[2]


def pedal_f1(reference: NoteTable, estimated: NoteTable, seconds: float) -> float | None:
    """F1 over frames with the pedal down; None where the reference never has it down."""
    instants = grid(seconds)
    true = reference.pedal_down(instants)
    return share_f1(true, estimated.pedal_down(instants)) if true.any() else None


def repeats_found(reference: NoteTable, matching: IntArray) -> float | None:
    """Share of same-key pairs struck 75-150 ms apart of which both notes were matched; None without such pairs."""
    first, second = repeated_pairs(reference)
    if not len(first):
        return None
    found = np.zeros(len(reference.onset), bool)
    found[matching[:, 0]] = True
    return float((found[first] & found[second]).mean())


def repeated_pairs(reference: NoteTable) -> tuple[IntArray, IntArray]:
    """Indices of the first and of the second note of every same-key pair struck 75-150 ms apart."""
    following = reference.successor()
    first = np.flatnonzero(following >= 0)
    gap = np.round(reference.onset[following[first]] - reference.onset[first], 4)
    first = first[(gap >= REPEAT_S[0]) & (gap <= REPEAT_S[1])]
    return first, following[first]


def quantile(values: Float64Array | None, share: float) -> float | None:
    """The quantile, or None without values."""
    return float(np.quantile(values, share)) if values is not None and len(values) else None
