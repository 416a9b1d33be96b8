"""What somebody played as a score to practise: beats, bars and hands as its sheet music has them, at a steady tempo."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from realtime.practice.score import Bar, Hand, Score, ScoreNote, grouped
from realtime.score.draft import draft_score
from realtime.score.spelling import signature_fifths
from realtime.takes.notes import TakeNotes
from realtime.words import Phrase

DRAFT = Phrase("practice.draft", "Rhythm, bars and hands were estimated from how it was played.")

HANDS: tuple[Hand, Hand] = ("right", "left")


def drafted(take: TakeNotes) -> Score:
    """The score of a performance. Raises FileError when it has too few notes."""
    draft = draft_score(take)
    upbeat, bar, pulse = draft.upbeat, draft.metre.signature.bar, float(draft.metre.signature.beat)
    voices = [(hand, voice) for hand, staff in zip(HANDS, draft.staves, strict=True) for voice in staff]
    notes = [
        ScoreNote(pitch, float(chord.onset - upbeat), float(chord.length), hand)
        for hand, voice in voices
        for chord in voice
        for pitch in chord.pitches
    ]
    count = ceil(max(chord.end for _, voice in voices for chord in voice) / bar)
    bars = [
        Bar(number + (not upbeat), float(number * bar - upbeat), float(bar), pulse=pulse) for number in range(count)
    ]
    bars[0] = replace(bars[0], beat=0.0, length=float(bar - upbeat))
    tempos = ((0.0, draft.quarter_bpm),)
    flats = signature_fifths(draft.key) < 0
    return Score(take.name, grouped(notes, bars), tuple(bars), tempos, (*take.remarks, DRAFT()), flats)
