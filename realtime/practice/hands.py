"""The hand of each note where the notation does not say it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from realtime.analysis.hands import LEFT, likely_hands
from realtime.analysis.strikes import strikes
from realtime.notes import NoteTable
from realtime.practice.score import Hand, ScoreNote
from realtime.words import Phrase

ESTIMATED = Phrase("practice.hands_estimated", "Which hand plays what is not written there: it was estimated.")

MIDDLE_C = 60
ANY_VELOCITY = 64


def estimated(notes: Sequence[ScoreNote], seconds: Callable[[float], float]) -> list[ScoreNote]:
    """The notes with likely hands, by beat and pitch. seconds: of a beat.

    A melody of single notes is played by one hand: the right one from middle C on, by its median.
    """
    ordered = sorted(notes, key=lambda note: (seconds(note.beat), note.pitch))
    if not ordered:
        return []
    if all(before.beat + before.length <= after.beat for before, after in pairwise(ordered)):
        hand: Hand = "right" if median(note.pitch for note in ordered) >= MIDDLE_C else "left"
        return [replace(note, hand=hand) for note in ordered]
    table = NoteTable.build(
        onset=[seconds(note.beat) for note in ordered],
        offset=[seconds(note.beat + note.length) for note in ordered],
        pitch=[note.pitch for note in ordered],
        velocity=[ANY_VELOCITY] * len(ordered),
    )
    hands = likely_hands(table, strikes(table)).tolist()
    return [replace(note, hand="left" if hand == LEFT else "right") for note, hand in zip(ordered, hands, strict=True)]
