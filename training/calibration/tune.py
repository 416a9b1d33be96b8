"""Tune a model's decoder to one piano and room, on takes whose notes were corrected by hand.

A few minutes of one player are little to tune on: every value stays near where it was, moves only for a gain, and none
of the scores that it could spoil may fall on the takes. The network itself is not touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from realtime.contract import SAMPLE_RATE, DecoderCalibration, StreamSpec
from realtime.errors import FileError, UsageError
from realtime.notes import NoteTable
from realtime.takes.folder import AUDIO, EVENTS, MIDI, open_take
from realtime.transcription import pipeline
from realtime.transcription.model import OnnxStep
from training.calibration.calibrate import (
    Objective,
    Sample,
    Trial,
    offset_objective,
    onset_objective,
    pedal_objective,
    velocity_line,
)
from training.data.corpus.recordings import read_audio, read_notes
from training.evaluation.evaluate import blocks_of, decode
from training.evaluation.heard import Heard, from_events
from training.evaluation.scores import match_notes

FEWEST_NOTES = 150
LEAST_GAIN = 0.001
LEAST_VELOCITY_GAIN = 0.1  # of the error: a line through few notes levels them, and corrected takes seldom say loudness
ONSET_STEPS = (-0.15, -0.1, -0.05, -0.025, 0.025, 0.05, 0.1, 0.15)
LEAST_HEARD = 0.25  # onset F1; another recording's notes have a tenth, and poor pianos twice that
LATE_S = 0.5
OTHER_STEPS = (-0.2, -0.1, 0.1, 0.2)
OBJECTIVES: tuple[Objective, ...] = (onset_objective, offset_objective, pedal_objective)
ONSET, OFFSET, PEDAL = range(3)

Tell = Callable[[str], None]


class Scored(NamedTuple):
    """A calibration, what it hears in the takes, and the means of `OBJECTIVES`, higher is better."""

    calibration: DecoderCalibration
    heard: list[Heard]
    scores: tuple[float, ...]


def read_take(folder: Path) -> NoteTable:
    """The notes of a take as its player corrected them: notes.mid, or notes.jsonl where there is no MIDI file.

    Raises FileError when there are none, UsageError when the MIDI file still holds what Liszten heard.
    """
    midi = folder / MIDI
    corrected = read_notes(midi) if midi.is_file() else None
    heard = read_heard(folder) if (folder / EVENTS).is_file() else None
    if corrected is None:
        if heard is None:
            raise FileError(f"{folder} is no take: it has neither {MIDI} nor {EVENTS}.")
        return heard
    if heard is not None and same_notes(corrected, heard):
        raise UsageError(
            f"{folder} was not corrected: its {MIDI} holds what Liszten heard. Mend it in a MIDI editor first."
        )
    return corrected


def read_heard(folder: Path) -> NoteTable:
    """The events of a take. Raises FileError."""
    try:
        return from_events(open_take(folder).events).performance
    except (ValueError, KeyError) as error:
        raise FileError(f"{folder / EVENTS} cannot be read as notes: {error}.") from error


def same_notes(one: NoteTable, other: NoteTable) -> bool:
    """Whether both have the same notes, but for how finely a MIDI file tells time."""
    return len(one) == len(other) == len(match_notes(one, other, tolerance_s=0.005))


def samples_of_takes(model: OnnxStep, takes: Sequence[Path], progress: Tell = lambda _: None) -> list[Sample]:
    """What the model says about every take, and its corrected notes.

    Raises FileError, and UsageError when there are too few notes to tune on or a take's are another recording's.
    """
    truths = [read_take(take) for take in takes]
    notes = sum(map(len, truths))
    if notes < FEWEST_NOTES:
        raise UsageError(
            f"{notes} notes are too few to tune on: give takes with {FEWEST_NOTES} or more, some minutes of playing."
        )
    samples = []
    for take, truth in zip(takes, truths, strict=True):
        progress(f"listening to {take.name}")
        audio = read_audio(take / AUDIO)
        sample = Sample(pipeline.activations(model, blocks_of(audio), SAMPLE_RATE), truth, len(audio))
        require_heard(model.spec, take, sample)
        samples.append(sample)
    return samples


def require_heard(spec: StreamSpec, take: Path, sample: Sample) -> None:
    """UsageError where hardly any of a take's notes are in its sound: nothing good can be learned from those."""
    delay, seconds = max(spec.shifts, key=lambda name: spec.shifts[name]), sample.samples / SAMPLE_RATE
    heard = decode(spec, delay, sample.activations[delay], seconds).performance
    late = int((sample.truth.onset > seconds + LATE_S).sum())
    score = onset_objective(sample.truth, heard, sample.samples) or 0.0
    if late or score < LEAST_HEARD:
        why = f"{late} come after the end of {AUDIO}" if late else f"hardly any is heard there (onset F1 {score:.2f})"
        raise UsageError(
            f"The notes of {take} are not those of its sound: {why}. Are they another take's, or moved in time? Export "
            "them so that the file begins with the recording."
        )


def tune_delay(spec: StreamSpec, delay: str, samples: Sequence[Sample]) -> tuple[Scored, Scored]:
    """Before and after: how the takes are heard with the calibration of one delay as it is, and with the one tuned to
    them, none of whose scores is lower."""
    trial = Trial(spec, delay, samples)
    before = best = scored(trial, spec.calibration.get(delay, DecoderCalibration()))
    for objective, field, steps in (
        (ONSET, "onset", ONSET_STEPS),
        (PEDAL, "pedal_on", OTHER_STEPS),
        (PEDAL, "pedal_off", OTHER_STEPS),
        (OFFSET, "frame", OTHER_STEPS),
        (OFFSET, "keyoff", OTHER_STEPS),
    ):
        for candidate in moved(best.calibration, field, steps):
            found = scored(trial, candidate)
            no_worse = all(new >= old for new, old in zip(found.scores, best.scores, strict=True))
            if no_worse and found.scores[objective] >= best.scores[objective] + LEAST_GAIN:
                best = found
    return before, with_velocity(trial, best)


def moved(start: DecoderCalibration, field: str, steps: Sequence[float]) -> Iterator[DecoderCalibration]:
    """`start` with one threshold moved by each step, inside 0.05 to 0.95, the pedal's two in their order."""
    for step in steps:
        value = round(getattr(start, field) + step, 3)
        candidate = replace(start, **{field: value})
        if 0.05 <= value <= 0.95 and candidate.pedal_off <= candidate.pedal_on:
            yield candidate


def scored(trial: Trial, calibration: DecoderCalibration) -> Scored:
    heard = trial.hear(calibration)
    means = []
    for objective in OBJECTIVES:
        values = [objective(s.truth, h.performance, s.samples) for s, h in zip(trial.samples, heard, strict=True)]
        told = [value for value in values if value is not None]
        means.append(float(np.mean(told)) if told else 0.0)
    return Scored(calibration, heard, tuple(means))


def with_velocity(trial: Trial, tuned: Scored) -> Scored:
    """With the velocity line refitted, where that brings the takes' notes clearly nearer to their true velocities."""
    old = tuned.calibration
    gain, offset = velocity_line(trial.samples, tuned.heard)
    refitted = replace(
        old,
        velocity_gain=round(gain * old.velocity_gain, 4),
        velocity_offset=round(gain * old.velocity_offset + offset, 2),
    )
    heard = trial.hear(refitted)
    before, after = (velocity_error(trial.samples, notes) for notes in (tuned.heard, heard))
    if after > (1 - LEAST_VELOCITY_GAIN) * before:
        return tuned
    return Scored(refitted, heard, tuned.scores)


def velocity_error(samples: Sequence[Sample], heard: Sequence[Heard]) -> float:
    """Mean distance of matched notes' velocities, in MIDI units; 0 without any."""
    errors = []
    for sample, one in zip(samples, heard, strict=True):
        matching = match_notes(sample.truth, one.performance, tolerance_s=0.050)
        errors.append(np.abs(one.performance.velocity[matching[:, 1]] - sample.truth.velocity[matching[:, 0]]))
    joined = np.concatenate(errors)
    return float(joined.mean()) if len(joined) else 0.0
