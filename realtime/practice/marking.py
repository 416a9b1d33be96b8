"""The verdicts on a take that exists: what of a score was played in it, and how evenly.

The score follows the take (`realtime.practice.follow_mode`). Early and late are said against the player's own tempo:
the straight line through the times of the notes around, two bars of common time in all, without the note itself.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from realtime.events import NoteOn
from realtime.notes import NoteTable
from realtime.practice.follow_mode import FollowMode
from realtime.practice.score import Score
from realtime.practice.trainer import WINDOW_S, Told
from realtime.practice.verdicts import ON_TIME_MS, Marked, Missed, Position, timing
from realtime.transcription.expected import Expect

NEAR = 4.0  # quarters to both sides that tell the tempo
LEAST_NEAR = 3  # with fewer groups there is no tempo
BESIDE = 20  # verdicts before and after a missed note, among which there is one of the same moment
BACK = 2  # groups; who goes back further begins anew


def mark(notes: NoteTable, score: Score, on_time_ms: float = ON_TIME_MS) -> list[Marked | Missed]:
    """The verdicts by the order of time; what was missed stands where it was passed."""
    return timed([one for one in followed(notes, score) if not isinstance(one, Position)], score, on_time_ms)


def timed(told: Iterable[Marked | Missed], score: Score, on_time_ms: float = ON_TIME_MS) -> list[Marked | Missed]:
    """What follow mode has told, the right notes with early and late; of one that is off by more than a note can be
    nothing is said."""
    told = [*told]
    for part in _parts(told):
        right = [one for one in (told[index] for index in part) if isinstance(one, Marked)]
        for index, one, ms in zip(part, right, _lateness_ms(score, right), strict=True):
            if ms is not None and abs(ms) <= 1000 * WINDOW_S:
                told[index] = replace(one, ms=ms, verdict=timing(ms, on_time_ms))
    return told


def in_order(told: Sequence[Marked | Missed]) -> list[Marked | Missed]:
    """By time, though some of it was decided later; what was missed stands by the notes beside it."""

    def time_s(index: int, one: Marked | Missed) -> float:
        if isinstance(one, Marked):
            return one.time
        near = (other for other in told[max(index - BESIDE, 0) : index + BESIDE] if isinstance(other, Marked))
        return min(((abs(other.group - one.group), other.time) for other in near), default=(0, 0.0))[1]

    times = [time_s(index, one) for index, one in enumerate(told)]
    return [told[index] for index in sorted(range(len(told)), key=lambda index: times[index])]


def followed(notes: NoteTable, score: Score) -> Iterator[Marked | Missed | Position]:
    """What follow mode tells of the notes, which no ear is asked about."""
    mode = FollowMode(score, asks=False)
    last_s = 0.0
    for time_s, pitch, velocity in zip(notes.onset, notes.pitch, notes.velocity, strict=True):
        last_s = float(time_s)
        yield from _told(mode.advance(last_s))
        yield from _told(mode.observe(NoteOn(last_s, last_s, int(pitch), int(velocity), 1.0)))
    yield from _told(mode.finish(last_s))


def _told(told: Iterable[Told | Position]) -> Iterator[Marked | Missed | Position]:
    yield from (one for one in told if not isinstance(one, Expect))


def _parts(told: Sequence[Marked | Missed]) -> Iterator[list[int]]:
    """Indices of the right notes, in parts between which the player went back."""
    part: list[int] = []
    latest = -1
    for index, one in enumerate(told):
        if not isinstance(one, Marked) or one.verdict != "right":
            continue
        if part and one.group < latest - BACK:
            yield part
            part, latest = [], -1
        part.append(index)
        latest = max(latest, one.group)
    if part:
        yield part


def _lateness_ms(score: Score, part: Sequence[Marked]) -> Iterator[float | None]:
    """By how much each note is late against the notes around it, ms; None where there are too few."""
    times: dict[int, list[float]] = {}
    for note in part:
        times.setdefault(note.group, []).append(note.time)
    groups = sorted(times)
    beats = np.array([score.groups[group].beat for group in groups])
    struck = np.array([statistics.median(times[group]) for group in groups])
    due: dict[int, float] = {}
    for index, group in enumerate(groups):
        near = np.abs(beats - beats[index]) <= NEAR
        near[index] = False
        if near.sum() >= LEAST_NEAR:
            _slope, middle = np.polyfit(beats[near] - beats[index], struck[near], 1)
            due[group] = float(middle)
    for note in part:
        yield round(1000 * (note.time - due[note.group]), 1) if note.group in due else None
