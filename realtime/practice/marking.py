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
from realtime.practice.trainer import Told
from realtime.practice.verdicts import ON_TIME_MS, Marked, Missed, Position, timing
from realtime.transcription.expected import Expect

NEAR = 4.0  # quarters to both sides that tell the tempo
LEAST_NEAR = 3  # with fewer groups there is no tempo
BACK = 2  # groups; who goes back further begins anew


def mark(notes: NoteTable, score: Score, on_time_ms: float = ON_TIME_MS) -> list[Marked | Missed]:
    """The verdicts by the order of time; what was missed stands where it was passed."""
    told = [one for one in followed(notes, score) if not isinstance(one, Position)]
    for part in _parts(told):
        right = [one for one in (told[index] for index in part) if isinstance(one, Marked)]
        for index, one, ms in zip(part, right, _lateness_ms(score, right), strict=True):
            if ms is not None:
                told[index] = replace(one, ms=ms, verdict=timing(ms, on_time_ms))
    return told


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
