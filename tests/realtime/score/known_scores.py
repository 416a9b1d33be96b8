"""Known scores, played steadily with random deviations of every onset, to measure drafts on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from realtime.notes import NoteTable
from realtime.score.draft import Draft
from realtime.takes.notes import TakeNotes
from training.data.music.pieces import PIECES, notes_of

# Rhythms of one beat, in shares of it, and how often each is drawn.
DUPLE_BEATS = (((0,), 4), ((0, 2), 4), ((0, 1, 2, 3), 2), ((0, 3), 1), ((0, 2, 3), 1), ((), 2))
TRIPLE_BEATS = (((0,), 3), ((0, 2, 4), 4), ((0, 4), 2), ((), 1))
SCALE = np.array([0, 2, 4, 5, 7, 9, 11])


@dataclass(frozen=True)
class KnownScore:
    """notes: (onset, length, pitch) in quarters. bar: quarters; upbeat: quarters before the first full bar."""

    name: str
    notes: tuple[tuple[Fraction, Fraction, int], ...]
    bar: Fraction
    upbeat: Fraction = Fraction(0)


def shipped_pieces() -> list[KnownScore]:
    """The pieces of the starter corpus as they are written; their unit is a sixteenth."""
    scores = []
    for piece in PIECES:
        rows = sorted((s, length, pitch) for voice in piece.voices for s, length, pitch in notes_of(voice))
        notes = tuple((Fraction(start, 4), Fraction(length, 4), pitch) for start, length, pitch in rows)
        scores.append(KnownScore(piece.name, notes, Fraction(piece.bar, 4), Fraction(piece.upbeat, 4)))
    return scores


def drawn_score(seed: int, beats: int, triple: bool, bars: int = 16) -> KnownScore:
    """A melody of drawn rhythms over one bass note or chord a bar or half a bar."""
    random = np.random.default_rng(seed)
    beat = Fraction(3, 2) if triple else Fraction(1)
    patterns = TRIPLE_BEATS if triple else DUPLE_BEATS
    weights = np.array([weight for _, weight in patterns], np.float64)
    onsets: list[Fraction] = []
    for number in range(bars * beats):
        shares = patterns[random.choice(len(patterns), p=weights / weights.sum())][0]
        shares = (0,) if number % beats == 0 and not shares else shares
        onsets.extend(beat * (number + Fraction(share, 6 if triple else 4)) for share in shares)
    end = beat * beats * bars
    degree, notes = 7, []
    for onset, following in pairwise([*onsets, end]):
        degree = int(np.clip(degree + random.integers(-2, 3), 3, 14))
        notes.append((onset, following - onset, 60 + 12 * (degree // 7) + int(SCALE[degree % 7])))
    for bar in range(bars):
        root = int(random.choice([0, 3, 4, 5]))
        step = beat * (2 if beats == 4 and random.random() < 0.5 else beats)
        for part in range(int(beat * beats / step)):
            above = (0,) if part == 0 else (2, 4)
            for third in above:
                pitch = 36 + 12 * ((root + third) // 7) + int(SCALE[(root + third) % 7])
                notes.append((beat * beats * bar + step * part, step, pitch + (12 if part else 0)))
    return KnownScore(
        f"drawn {seed}, {beats} beats, {'triple' if triple else 'duple'}", tuple(sorted(notes)), beat * beats
    )


def played(score: KnownScore, quarter_bpm: float, jitter_s: float, seed: int, held: float = 0.9) -> TakeNotes:
    """At a steady tempo, each onset and release off by up to `jitter_s` to either side, evenly drawn."""
    random = np.random.default_rng(seed)
    quarter = 60 / quarter_bpm
    onset, length, pitch = (np.array([float(note[column]) for note in score.notes]) for column in range(3))
    down = 0.5 + onset * quarter + random.uniform(-jitter_s, jitter_s, len(onset))
    up = 0.5 + (onset + length * held) * quarter + random.uniform(-jitter_s, jitter_s, len(onset))
    velocity = random.normal(64, 6, len(onset))
    return TakeNotes.of(NoteTable.build(down, np.maximum(up, down + 0.03), pitch, velocity), name=score.name)


@dataclass(frozen=True)
class Kept:
    """Shares of the notes, 0-1, and `factor`, by how much the draft's values are longer than the score's.

    rhythm: the step from the onset before is right, at that factor. lengths: the note's own value is. bars: it stands
    where it should in the bar, at that factor and the same length of bar.
    """

    rhythm: float
    lengths: float
    bars: float
    factor: Fraction


def kept(score: KnownScore, draft: Draft) -> Kept:
    """Compare note by note. Notes are paired by pitch, in order; where their numbers differ none counts."""
    pairs = _paired(score, draft)
    written: dict[Fraction, list[Fraction]] = {}
    for true, new in pairs:
        written.setdefault(true.onset, []).append(new.onset)
    places = {onset: Counter(news).most_common(1)[0][0] for onset, news in written.items()}
    before = dict(zip(sorted(places)[1:], sorted(places), strict=False))
    ratios = [
        (new.onset - places[before[true.onset]]) / (true.onset - before[true.onset])
        for true, new in pairs
        if true.onset in before
    ]
    factor = Counter(ratios).most_common(1)[0][0]
    bar = draft.metre.signature.bar
    right = [(t.onset - score.upbeat) % score.bar * factor == n.onset % bar for t, n in pairs]
    all_notes = len(score.notes)
    first = all_notes - sum(note.onset in before for note in _named(score))
    return Kept(
        rhythm=ratios.count(factor) / (all_notes - first),
        lengths=sum(n.length == t.length * factor for t, n in pairs) / all_notes,
        bars=sum(right) / all_notes if bar == score.bar * factor else 0.0,
        factor=factor,
    )


class _Note(NamedTuple):
    onset: Fraction
    length: Fraction
    pitch: int


def _named(score: KnownScore) -> list[_Note]:
    return [_Note(*note) for note in score.notes]


def _paired(score: KnownScore, draft: Draft) -> list[tuple[_Note, _Note]]:
    written = [
        _Note(c.onset, c.length, pitch)
        for staff in draft.staves
        for voice in staff
        for c in voice
        for pitch in c.pitches
    ]
    pairs: list[tuple[_Note, _Note]] = []
    for pitch in {note.pitch for note in written}:
        true, new = (sorted(note for note in notes if note.pitch == pitch) for notes in (_named(score), written))
        if len(true) == len(new):
            pairs.extend(zip(true, new, strict=True))
    return pairs
