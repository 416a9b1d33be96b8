"""A performance as sheet music: bars, key, tempo, and the voices of two staves."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from realtime.analysis.accents import accents
from realtime.analysis.hands import LEFT, RIGHT, likely_hands
from realtime.analysis.key import Key
from realtime.analysis.metre import Metre, Signature, likely_metre
from realtime.analysis.pauses import closed_up
from realtime.analysis.rhythm import likely_rhythm
from realtime.analysis.strikes import strikes
from realtime.contract import Float64Array
from realtime.errors import FileError
from realtime.score.spelling import key_of_page
from realtime.score.voices import Chord, staff_voices
from realtime.takes.notes import TakeNotes
from realtime.words import Phrase

TOO_FEW = Phrase("score.too_few", "{take} has too few notes for sheet music. Play a little more.")
THE_TAKE = Phrase("score.the_take", "The take")

LEAST_STRIKES = 4


@dataclass(frozen=True, eq=False)
class Draft:
    """Sheet music before it is drawn. staves: upper and lower, each of an upper and a lower voice. quarter_bpm: the
    median tempo in quarters a minute."""

    name: str
    key: Key | None
    metre: Metre
    staves: tuple[list[list[Chord]], list[list[Chord]]]

    @property
    def upbeat(self) -> Fraction:
        """Quarters of the first bar before the first note."""
        return min(voice[0].onset for staff in self.staves for voice in staff if voice) % self.metre.signature.bar

    @property
    def quarter_bpm(self) -> float:
        """Quarters a minute, the median."""
        return float(60 / np.median(self.metre.quarter_s))


def draft_score(notes: TakeNotes, tempo_bpm: float | None = None, signature: Signature | None = None) -> Draft:
    """Beats, metre, key, hands and voices of a take, from its notes and pedal alone.

    Longer pauses are written as ten seconds. tempo_bpm: about how many felt beats a minute; signature: the time
    signature, if known. Raises FileError for a take of fewer than four strikes.
    """
    notes, _ = closed_up(notes)
    groups = strikes(notes)
    if len(groups) < LEAST_STRIKES:
        raise FileError(TOO_FEW(take=notes.name or THE_TAKE()))
    accent = accents(notes, groups)
    time = _middles(notes.onset, groups.begin.tolist())
    triple = None if signature is None else signature.triple
    rhythm = likely_rhythm(time, accent, tempo_bpm, triple)
    metre = likely_metre(rhythm, accent, signature, beat_known=tempo_bpm is not None)
    hands = likely_hands(notes, groups)
    upper, lower = (staff_voices(notes, groups, metre, hands, hand) for hand in (RIGHT, LEFT))
    return Draft(notes.name, key_of_page(notes), metre, (upper, lower))


def _middles(onset: Float64Array, begin: list[int]) -> Float64Array:
    """(G,) s: the mean onset of each strike."""
    return np.array([onset[low:high].mean() for low, high in pairwise(begin)])
