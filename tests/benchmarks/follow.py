"""`python -m tests.benchmarks.follow [FOLDER]`: how well a score is followed and how fair the trainer is.

Follower: the performances of a folder (shared/data/follow-dev, or others in its form) as they are, spoilt, and with a
jump back of four bars; and, heard by the shipped model, the recordings of maps-dev with their own notes as score.
Trainer: the same recordings are perfect playing, so that what is told as missed or extra is a mistake of ours.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean, median
from typing import NamedTuple

import numpy as np

from realtime.events import Event, NoteOn
from realtime.notes import NoteTable
from realtime.practice.follower import Follower
from realtime.practice.score import Bar, Group, Score, ScoreNote
from realtime.practice.session import Message
from realtime.practice.trainer import Trainer
from realtime.practice.verdicts import Marked, Missed, Result, Tally
from realtime.transcription.expected import Expect, Heard
from realtime.transcription.model import OnnxStep, shipped_model
from realtime.transcription.pipeline import Pipeline
from realtime.transcription.recording import transcribe_file
from training.data.corpus.midi import read_midi
from training.data.corpus.paths import data_folder
from training.data.corpus.recordings import pairs

CHORD_S = 0.03  # notes of a recording that lie so near are one group
BAR_S = 2.0
DELAYS = ("live", "balanced")
SPOILT = {"as played": (0.0, 0.0, 0.0), "spoilt 5,3,5": (0.05, 0.03, 0.05), "spoilt 20,10,15": (0.2, 0.1, 0.15)}
JUMP_BARS, JUMP_PAUSE_S = 4, 1.0


class Played(NamedTuple):
    """A note of a performance, and which of the score's it is."""

    time_s: float
    pitch: int
    note: int | None


class Performance(NamedTuple):
    """A score in beats, its bars, seconds a beat, and how it was played."""

    onsets: list[float]
    pitches: list[int]
    bars: list[float]
    beat_s: float
    played: list[Played]


class Followed(NamedTuple):
    """F1 of the notes that were found; share of the notes (of those after a jump) within a beat; ms a note."""

    f1: float
    within_beat: float
    cost_ms: float


def read_performance(path: Path) -> Performance:
    """As shared/data/follow-dev/README.md describes the file."""
    with np.load(path) as file:
        onsets, times = file["so"].astype(float), file["po"].astype(float)
        pairing = {int(played): int(note) for played, note in file["m"]}
        played = [Played(t, int(p), pairing.get(i)) for i, (t, p) in enumerate(zip(times, file["pp"], strict=True))]
        beats = sorted((onsets[note], times[index]) for index, note in pairing.items())
        steps = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in zip(beats, beats[8:], strict=False) if b[0] > a[0]]
        return Performance(onsets.tolist(), file["sp"].tolist(), file["bars"].tolist(), float(np.median(steps)), played)


def spoilt(played: Sequence[Played], shares: tuple[float, float, float], rng: np.random.Generator) -> Iterator[Played]:
    """With shares of notes left out, wrong by up to two semitones, and added."""
    missing, wrong, added = shares
    for one in played:
        if rng.random() < missing:
            continue
        if rng.random() < wrong:
            yield Played(one.time_s, int(np.clip(one.pitch + rng.choice([-2, -1, 1, 2]), 21, 108)), None)
            continue
        yield one
        if rng.random() < added:
            yield Played(one.time_s + 0.02, int(rng.integers(30, 100)), None)


def with_jump(one: Performance) -> tuple[list[Played], int]:
    """After two thirds the player goes back some bars; the notes, and the index of the first after the jump."""
    stop = 2 * len(one.played) // 3
    here = next(played.note for played in reversed(one.played[:stop]) if played.note is not None)
    bar = max(int(np.searchsorted(one.bars, one.onsets[here], "right")) - 1 - JUMP_BARS, 0)
    again = [played.note is not None and one.onsets[played.note] >= one.bars[bar] - 1e-6 for played in one.played]
    back = again.index(True)
    shift_s = one.played[stop - 1].time_s + JUMP_PAUSE_S - one.played[back].time_s
    return [*one.played[:stop], *(p._replace(time_s=p.time_s + shift_s) for p in one.played[back:stop])], stop


def followed(one: Performance, played: Sequence[Played], first: int = 0) -> Followed:
    """first: from which note on the place is judged."""
    follower = Follower(one.onsets, one.pitches, one.bars, one.beat_s)
    found, beats = [], []
    began = time.process_time()
    for note in played:
        found.append(follower.push(note.time_s, note.pitch))
        beats.append(follower.beat)
    cost_ms = 1000 * (time.process_time() - began) / len(played)

    def key(note: int) -> tuple[float, int]:
        return round(one.onsets[note], 3), one.pitches[note]

    true = {(i, key(note.note)) for i, note in enumerate(played) if note.note is not None}
    told = {(i, key(note)) for i, note in enumerate(found) if note is not None}
    near = [
        abs(beats[i] - one.onsets[note.note]) <= 1
        for i, note in enumerate(played)
        if note.note is not None and i >= first
    ]
    return Followed(2 * len(true & told) / (len(true) + len(told)), fmean(near), cost_ms)


def as_score(title: str, notes: NoteTable) -> Score:
    """A recording's own notes as a score in which a quarter is a second."""
    groups: list[tuple[float, set[int]]] = []
    for onset, pitch in zip(notes.onset.tolist(), notes.pitch.tolist(), strict=True):
        if not groups or onset - groups[-1][0] > CHORD_S:
            groups.append((onset, set()))
        groups[-1][1].add(pitch)
    bars = tuple(Bar(1 + i, BAR_S * i, BAR_S) for i in range(int(groups[-1][0] / BAR_S) + 1))
    return Score(
        title,
        tuple(
            Group(i, onset, 1 + int(onset / BAR_S), tuple(ScoreNote(p, onset, 0.1, "right") for p in sorted(pitches)))
            for i, (onset, pitches) in enumerate(groups)
        ),
        bars,
        ((0.0, 60.0),),
    )


class Lesson:
    """A listener: the trainer with its questions, and the follower, on one recording."""

    def __init__(self, score: Score) -> None:
        self.trainer, self.follower = Trainer(score, lambda beat: beat), Follower.of_score(score)
        self.tally = Tally()
        self.near: list[bool] = []
        self.end_s = 0.0

    def listen(self, pipeline: Pipeline, events: Sequence[Event], time_s: float) -> None:
        self.end_s = time_s
        messages: list[Message] = [event for event in events if isinstance(event, NoteOn)]
        for message in [*messages, *pipeline.heard()]:
            if isinstance(message, NoteOn):
                self.follower.push(message.time, message.pitch)
                self.near.append(abs(self.follower.beat - message.time) <= 1)
                self._tell(pipeline, self.trainer.note(message))
            elif isinstance(message, Heard):
                self._tell(pipeline, self.trainer.answer(message))
        self._tell(pipeline, self.trainer.advance(time_s))

    def ending(self, pipeline: Pipeline, time_s: float) -> None:
        self._tell(pipeline, self.trainer.closing(time_s))

    def result(self) -> Result:
        """Of all."""
        for told in self.trainer.finish(self.end_s):
            if not isinstance(told, Expect):
                self.tally.add(told)
        return self.tally.result

    def _tell(self, pipeline: Pipeline, told: Sequence[Marked | Missed | Expect]) -> None:
        for one in told:
            if isinstance(one, Expect):
                pipeline.expect(one)
            else:
                self.tally.add(one)


def follow(folder: Path) -> None:
    """Print the follower's figures on performances."""
    performances = [read_performance(path) for path in sorted(folder.glob("*.npz"))]
    cases = {
        words: [
            followed(p, list(spoilt(p.played, shares, np.random.default_rng(i)))) for i, p in enumerate(performances)
        ]
        for words, shares in SPOILT.items()
    }
    cases[f"back {JUMP_BARS} bars"] = [followed(p, *with_jump(p)) for p in performances]
    for words, found in cases.items():
        f1, near, cost = (fmean(column) for column in zip(*found, strict=True))
        print(f"follower, {words:16} F1 {f1:.4f}  within a beat {near:.4f}  {cost:.2f} ms a note", flush=True)


def listen() -> None:
    """Print the figures of follower and trainer through the ear."""
    model = OnnxStep(shipped_model(), "cpu")
    for delay in DELAYS:
        near, results, written = [], [], 0
        for audio, midi in pairs(data_folder() / "maps-dev"):
            score = as_score(audio.stem, read_midi(midi))
            lesson = Lesson(score)
            for _event in transcribe_file(audio, model, delay, listener=lesson):
                pass
            results.append(lesson.result())
            near.append(fmean(lesson.near))
            written += sum(len(group.pitches) for group in score.groups)
        missed, extra = (100 * sum(getattr(r, name) for r in results) / written for name in ("missed", "extra"))
        print(f"follower, heard at {delay:9} within 1 s {fmean(near):.4f}")
        wrong = 100 * sum(result.wrong for result in results) / written
        bias, spread = (median(getattr(r, name) for r in results) for name in ("bias_ms", "spread_ms"))
        print(
            f"trainer at {delay:9} per 100 notes: missed {missed:.2f} wrong {wrong:.2f} extra {extra:.2f}; "
            f"lateness {bias:.0f} ms, spread {spread:.0f} ms",
            flush=True,
        )


if __name__ == "__main__":
    follow(Path(sys.argv[1]) if len(sys.argv) > 1 else data_folder() / "follow-dev")
    listen()
