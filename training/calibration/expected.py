"""Choose what the detector of expected keys asks for, on pupils at a held-out piano, under all conditions in turn.

A pupil plays pieces and chords without waiting for what is heard, now and then a mistake first or the same twice, so
that the network runs once and every calibration is tried on its activations. One costs the share of right strokes that
do not pass at once, and twice the share of mistakes that do. Only one of the held-out pianos is played: the others
are for `liszten-train evaluate-practice`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from realtime.contract import HOP, SAMPLE_RATE, Activations, ExpectedCalibration, FloatArray, StreamSpec
from realtime.notes import NoteTable
from realtime.piano.samples import SampledPiano
from realtime.transcription.expected import Expect, ExpectedKeys, GroupPassed, listening_delays
from realtime.transcription.model_stage import StepModel
from realtime.transcription.stored import activations_of
from training.data.corpus.clips import held_out, read_clips
from training.data.music.generate import chords
from training.data.music.pieces import PIECES, Piece, notes_of
from training.data.segments.piano_choice import choose_pianos
from training.data.segments.segments import SegmentSource
from training.evaluation.practice import CONDITIONS, Keys, groups_of, pupil_of
from training.evaluation.pupil import Mistake, Pupil

MISTAKEN = 0.4  # of the groups are struck wrongly first
TWICE = 0.15  # are struck twice, as if they had not passed
DECIDED_HOPS, AGAIN_HOPS = 40, 60  # after a stroke until the next thing happens; until it is struck again
SILENT_HOPS = 60
GROUPS = 45  # of a lesson
FALSE = 2.0  # what praises a mistake is worse than what asks for another stroke
CHORDS_S = 20.0  # of generated playing, from which groups are taken
TRIED: Mapping[str, tuple[float, ...]] = {
    "lowered": (0.5, 1.0, 1.5, 2.0, 2.5),
    "chord": (0.0, 0.5, 1.0, 1.5, 2.0),
    "octave": (0.0, 0.5, 1.0, 1.5, 2.0, 3.0),
    "attempt": (0.5, 1.0, 1.5),
}

Progress = Callable[[str], None]


class Stroke(NamedTuple):
    """One stroke of a pupil. hop: when it begins; group: which is to be struck; last_s: when its last key sounds."""

    hop: int
    group: int
    last_s: float
    mistake: Mistake | None


class Lesson(NamedTuple):
    """What a pupil played, and the activations of it, frames of the delays that listen for expected keys."""

    groups: Sequence[Keys]
    strokes: Sequence[Stroke]
    activations: Mapping[str, Activations]


class Outcome(NamedTuple):
    """What became of a group: the stroke at which it passed, None for none; -1: before the first."""

    strokes: Sequence[Stroke]
    passed_at: int | None


def calibrate_expected(spec: StreamSpec, lessons: Sequence[Lesson], progress: Progress = lambda _: None) -> StreamSpec:
    """`spec` with what the detector asks for: one value after the other, from its usual ones; the earlier of equals."""
    best = ExpectedCalibration()
    least = cost(spec, best, lessons)
    for field, values in TRIED.items():
        progress(f"expected keys: {field}")
        for value in values:
            candidate = replace(best, **{field: value})
            if candidate != best and (found := cost(spec, candidate, lessons)) < least:
                best, least = candidate, found
    return replace(spec, expected=best)


def cost(spec: StreamSpec, expected: ExpectedCalibration, lessons: Sequence[Lesson]) -> float:
    """Share of right strokes that do not pass at once, and twice that of mistakes that do."""
    outcomes = [outcome for played in lessons for outcome in replay(replace(spec, expected=expected), played)]
    failed, struck, false, mistakes = 0, 0, 0, 0
    for strokes, passed_at in outcomes:
        right = next(place for place, stroke in enumerate(strokes) if stroke.mistake is None)
        mistakes += right
        if passed_at is not None and passed_at < right:
            false += 1
        else:
            struck += 1
            failed += passed_at != right
    return failed / max(struck, 1) + FALSE * false / max(mistakes, 1)


def lessons_of(
    model: StepModel, source: SegmentSource, count: int, progress: Progress = lambda _: None
) -> list[Lesson]:
    """Pupils at one piano of a corpus's validation split, in its rooms. Raises MissingCorpusError, FileError."""
    config = source.config
    folder = config.folder("pianos_folder")
    assert folder is not None  # or there were no source
    piano = SampledPiano(folder / min(choose_pianos(config, folder)))
    rooms: list[FloatArray | None] = [None]
    if (room_folder := config.folder("rooms")) is not None:
        found = held_out(read_clips(room_folder, "rooms"), config.validation_rooms, validation=True)
        rooms += [room.samples[room.direct :] for room in found]
    lessons = []
    for number in range(count):
        progress(f"pupil {number + 1}/{count}")
        random = np.random.default_rng([1, number])
        condition = CONDITIONS[number // 2 % len(CONDITIONS)]
        pupil = pupil_of(piano, rooms[number % len(rooms)], condition, number)
        groups = piece_groups(PIECES[number // 2 % len(PIECES)], random) if number % 2 else chord_groups(random)
        lessons.append(lesson(model, groups[:GROUPS], pupil))
    return lessons


def piece_groups(piece: Piece, random: np.random.Generator) -> list[Keys]:
    """A piece from somewhere on."""
    at: dict[int, set[int]] = {}
    for start, _, pitch in (note for voice in piece.voices for note in notes_of(voice)):
        at.setdefault(start, set()).add(pitch)
    groups = [tuple(sorted(at[start])) for start in sorted(at)]
    return groups[int(random.integers(max(len(groups) - GROUPS, 0) + 1)) :]


def chord_groups(random: np.random.Generator) -> list[Keys]:
    """Chords with basses and single keys, in several manners."""
    groups: list[Keys] = []
    while len(groups) < GROUPS:
        rows = [row for row in chords(random, CHORDS_S) if row[0] >= 0]
        groups += groups_of(NoteTable.build(*zip(*rows, strict=True)).on_the_keyboard())[: GROUPS // 3]
    return groups


def lesson(model: StepModel, groups: Sequence[Keys], pupil: Pupil) -> Lesson:
    """A pupil plays the groups one after the other."""
    strokes: list[Stroke] = []
    sound: list[FloatArray] = []

    def wait(hops: int) -> None:
        sound.extend(pupil.hop() for _ in range(hops))

    def strike(group: int, keys: Sequence[int], mistake: Mistake | None) -> None:
        strokes.append(Stroke(len(sound), group, pupil.strike(keys), mistake))
        wait(DECIDED_HOPS)

    wait(SILENT_HOPS)
    for index, keys in enumerate(groups):
        wait(pupil.thinks())
        before = groups[index - 1] if index else ()
        if pupil.random.random() < MISTAKEN and (drawn := pupil.mistakes(keys, before)) is not None:
            strike(index, drawn[1], drawn[0])
            wait(AGAIN_HOPS - DECIDED_HOPS)
        strike(index, keys, None)
        if pupil.random.random() < TWICE:
            wait(AGAIN_HOPS - DECIDED_HOPS)
            strike(index, keys, None)
    activations = activations_of(model, [np.concatenate(sound)], SAMPLE_RATE)
    return Lesson(groups, strokes, {delay: activations[delay] for delay in listening_delays(model.spec)})


def replay(spec: StreamSpec, played: Lesson) -> Iterator[Outcome]:
    """What becomes of each group of a lesson."""
    detector, since, begin = ExpectedKeys(spec), 0.0, 0
    for index, keys in enumerate(played.groups):
        strokes = [stroke for stroke in played.strokes if stroke.group == index]
        following = played.groups[index + 1] if index + 1 < len(played.groups) else ()
        end = strokes[-1].hop + DECIDED_HOPS
        found = detector.expect(Expect(index, keys, following, since))
        if not found or not isinstance(found[-1], GroupPassed):
            found = detector.push(_between(played.activations, begin, end))
        else:
            detector.push(_between(played.activations, begin, end))
        passed = next((event for event in found if isinstance(event, GroupPassed)), None)
        yield Outcome(strokes, None if passed is None else _stroke_of(strokes, passed))
        since, begin = strokes[-1].last_s, end


def _stroke_of(strokes: Sequence[Stroke], passed: GroupPassed) -> int:
    """The stroke after which a group passed; -1 for none."""
    return sum(stroke.hop * HOP / SAMPLE_RATE < passed.emitted for stroke in strokes) - 1


def _between(activations: Mapping[str, Activations], begin: int, end: int) -> dict[str, Activations]:
    return {delay: Activations(*(head[begin:end] for head in heads)) for delay, heads in activations.items()}
