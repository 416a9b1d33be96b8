"""Tune a model's decoder to one piano and room, on takes whose notes were corrected by hand.

A few minutes of one player are little to tune on: every value stays near where it was, moves only for a gain, and none
of the objectives may fall on the takes. The network itself is not touched.
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
from realtime.transcription.model import OnnxStep
from realtime.transcription.stored import activations_of
from training.calibration.calibrate import (
    CalibrationExample,
    Objective,
    Trial,
    mean_known,
    offset_objective,
    onset_objective,
    pedal_objective,
    velocity_line,
)
from training.data.corpus.midi import read_midi
from training.data.corpus.recordings import read_audio
from training.evaluation.estimated import Estimated, from_events
from training.evaluation.evaluate import blocks_of, decode
from training.evaluation.metrics import match_notes

FEWEST_NOTES = 150
LEAST_GAIN = 0.001
LEAST_VELOCITY_GAIN = 0.1  # of the error: a line through few notes levels them, and few players correct velocities
ONSET_STEPS = (-0.15, -0.1, -0.05, -0.025, 0.025, 0.05, 0.1, 0.15)
LEAST_ONSET_F1 = 0.25  # another recording's notes have a tenth of 1, poor pianos twice the limit
LATE_S = 0.5
OTHER_STEPS = (-0.2, -0.1, 0.1, 0.2)
OBJECTIVES: tuple[Objective, ...] = (onset_objective, offset_objective, pedal_objective)
ONSET, OFFSET, PEDAL = range(3)

Progress = Callable[[str], None]


class Evaluated(NamedTuple):
    """A calibration, the notes that it gives in the takes, and the means of `OBJECTIVES`, higher is better."""

    calibration: DecoderCalibration
    estimated: list[Estimated]
    means: tuple[float, ...]


def read_take(folder: Path) -> NoteTable:
    """The notes of a take as its player corrected them: notes.mid, or notes.jsonl where there is no MIDI file.

    Raises FileError when there are none, UsageError when the MIDI file still has the notes of the events.
    """
    midi = folder / MIDI
    corrected = read_midi(midi) if midi.is_file() else None
    estimated = read_transcribed(folder) if (folder / EVENTS).is_file() else None
    if corrected is None:
        if estimated is None:
            raise FileError(f"{folder} is no take: it has neither {MIDI} nor {EVENTS}.")
        return estimated
    if estimated is not None and same_notes(corrected, estimated):
        raise UsageError(
            f"{folder} was not corrected: its {MIDI} holds what Liszten heard. Mend it in a MIDI editor first."
        )
    return corrected


def read_transcribed(folder: Path) -> NoteTable:
    """The events of a take. Raises FileError."""
    try:
        return from_events(open_take(folder).events).notes
    except (ValueError, KeyError) as error:
        raise FileError(f"{folder / EVENTS} cannot be read as notes: {error}.") from error


def same_notes(one: NoteTable, other: NoteTable) -> bool:
    """Whether both have the same notes, within a MIDI file's resolution of time."""
    return len(one) == len(other) == len(match_notes(one, other, tolerance_s=0.005))


def examples_of_takes(
    model: OnnxStep, takes: Sequence[Path], progress: Progress = lambda _: None
) -> list[CalibrationExample]:
    """The model's activations of every take, and its corrected notes.

    Raises FileError, and UsageError when there are too few notes to tune on or a take's are another recording's.
    """
    references = [read_take(take) for take in takes]
    notes = sum(map(len, references))
    if notes < FEWEST_NOTES:
        raise UsageError(
            f"{notes} notes are too few to tune on: give takes with {FEWEST_NOTES} or more, some minutes of playing."
        )
    examples = []
    for take, reference in zip(takes, references, strict=True):
        progress(f"listening to {take.name}")
        audio = read_audio(take / AUDIO)
        example = CalibrationExample(activations_of(model, blocks_of(audio), SAMPLE_RATE), reference, audio)
        require_matching(model.spec, take, example)
        examples.append(example)
    return examples


def require_matching(spec: StreamSpec, take: Path, example: CalibrationExample) -> None:
    """Raises UsageError where hardly any of a take's notes are in its sound: they are another recording's."""
    delay, seconds = max(spec.shifts, key=lambda name: spec.shifts[name]), example.length / SAMPLE_RATE
    estimated = decode(spec, delay, example.activations, blocks_of(example.audio)).notes
    late = int((example.reference.onset > seconds + LATE_S).sum())
    score = onset_objective(example.reference, estimated, example.length) or 0.0
    if late or score < LEAST_ONSET_F1:
        why = f"{late} come after the end of {AUDIO}" if late else f"hardly any is heard there (onset F1 {score:.2f})"
        raise UsageError(
            f"The notes of {take} are not those of its sound: {why}. Are they another take's, or moved in time? Export "
            "them so that the file begins with the recording."
        )


def tune_delay(spec: StreamSpec, delay: str, examples: Sequence[CalibrationExample]) -> tuple[Evaluated, Evaluated]:
    """Before and after: the result with the calibration of one delay as it is, and with the one tuned to the takes,
    none of whose objectives is lower."""
    trial = Trial(spec, delay, examples)
    before = best = evaluated(trial, spec.calibration.get(delay, DecoderCalibration()))
    for objective, field, steps in (
        (ONSET, "onset", ONSET_STEPS),
        (PEDAL, "pedal_on", OTHER_STEPS),
        (PEDAL, "pedal_off", OTHER_STEPS),
        (OFFSET, "frame", OTHER_STEPS),
        (OFFSET, "keyoff", OTHER_STEPS),
    ):
        for candidate in moved(best.calibration, field, steps):
            found = evaluated(trial, candidate)
            no_worse = all(new >= old for new, old in zip(found.means, best.means, strict=True))
            if no_worse and found.means[objective] >= best.means[objective] + LEAST_GAIN:
                best = found
    return before, with_velocity(trial, best)


def moved(start: DecoderCalibration, field: str, steps: Sequence[float]) -> Iterator[DecoderCalibration]:
    """`start` with one threshold moved by each step, inside 0.05 to 0.95, the pedal's two in their order."""
    for step in steps:
        value = round(getattr(start, field) + step, 3)
        candidate = replace(start, **{field: value})
        if 0.05 <= value <= 0.95 and candidate.pedal_off <= candidate.pedal_on:
            yield candidate


def evaluated(trial: Trial, calibration: DecoderCalibration) -> Evaluated:
    estimated = trial.decoded(calibration)
    means = []
    for objective in OBJECTIVES:
        values = [objective(s.reference, h.notes, s.length) for s, h in zip(trial.examples, estimated, strict=True)]
        means.append(mean_known(values))
    return Evaluated(calibration, estimated, tuple(means))


def with_velocity(trial: Trial, tuned: Evaluated) -> Evaluated:
    """With the velocity line refitted, where that brings the takes' notes clearly nearer to their true velocities."""
    old = tuned.calibration
    gain, offset = velocity_line(trial.examples, tuned.estimated)
    refitted = replace(
        old,
        velocity_gain=round(gain * old.velocity_gain, 4),
        velocity_offset=round(gain * old.velocity_offset + offset, 2),
    )
    estimated = trial.decoded(refitted)
    before, after = (velocity_error(trial.examples, notes) for notes in (tuned.estimated, estimated))
    if after > (1 - LEAST_VELOCITY_GAIN) * before:
        return tuned
    return Evaluated(refitted, estimated, tuned.means)


def velocity_error(examples: Sequence[CalibrationExample], estimated: Sequence[Estimated]) -> float:
    """Mean distance of matched notes' velocities, in MIDI units; 0 without any."""
    errors = []
    for example, one in zip(examples, estimated, strict=True):
        matching = match_notes(example.reference, one.notes, tolerance_s=0.050)
        errors.append(np.abs(one.notes.velocity[matching[:, 1]] - example.reference.velocity[matching[:, 0]]))
    joined = np.concatenate(errors)
    return float(joined.mean()) if len(joined) else 0.0
