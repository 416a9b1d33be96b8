"""One take against an earlier one of the same piece.

Listeners agree better on which of two renditions has more of something than on how much that is, and only on some
scales; measures vary by chance. Differences that are too small or too uncertain are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from realtime.report.facts import FACTS
from realtime.report.figures import rounded
from realtime.report.panel.impressions import Impression
from realtime.takes.notes import TakeNotes

# Of 1,073 human renditions in PercePiano, 95 % of pairs of one passage lie above 0.77, no pair of two pieces above 0.35
# (20 passages, 4 players each); half a piece against the whole lies between.
SAME_PIECE = 0.45
# A pulse this many times another is one of its multiples, and not a different tempo.
ANOTHER_LEVEL = 1.5
# Notes up to so many places apart count as neighbours: the notes of a chord rarely come twice in the same order.
NEIGHBOURS = 3
# Scales on which the differences between players of one passage are reliable to 0.5 and more among listeners.
RELIABLE_SCALES = frozenset(
    {
        "pedal_sparse_saturated",
        "pedal_clean_blurred",
        "music_fast_slow",
        "timing_stable_unstable",
        "articulation_soft_hard",
        "timbre_shallow_rich",
    }
)


@dataclass(frozen=True)
class Comparison:
    """take_id, name: of the earlier take. likeness: 0-1 of the notes. facts: this minus earlier, by the id of the fact,
    in its shown unit; scales: this minus earlier by scale, -1 to 1. Both empty when the takes are not of one piece.
    """

    take_id: str
    name: str
    likeness: float
    facts: Mapping[str, float]
    scales: Mapping[str, float]

    @property
    def same_piece(self) -> bool:
        """Whether both takes seem to be of the same piece."""
        return self.likeness >= SAME_PIECE


class Pitched(Protocol):
    """Notes in order of their onsets, of which the pitches are enough."""

    @property
    def pitch(self) -> npt.NDArray[np.integer[Any]]:
        """(N,) MIDI."""


class Reported(Protocol):
    """The parts of a report that a comparison reads."""

    @property
    def notes(self) -> TakeNotes:
        """Of the take."""

    @property
    def figures(self) -> Mapping[str, Any]:
        """By name, see `figures.py`."""

    @property
    def impressions(self) -> Sequence[Impression]:
        """Of all scales, or none."""


def likeness(one: Pitched, two: Pitched) -> float:
    """0-1: cosine between the counts of neighbouring pitches, which depend on order but not on tempo or loudness."""
    first, second = _neighbours(one), _neighbours(two)
    shared = sum(count * second[pair] for pair, count in first.items() if pair in second)
    norms = [np.sqrt(sum(count**2 for count in counts.values())) for counts in (first, second)]
    return float(shared / (norms[0] * norms[1])) if all(norms) else 0.0


def compare(now: Reported, earlier: Reported) -> Comparison:
    """What differs between two takes."""
    take = earlier.notes
    alike = likeness(now.notes, take)
    if alike < SAME_PIECE:
        return Comparison(take.id, take.name, alike, {}, {})
    facts = {}
    for fact in FACTS:
        value, before = fact.value(now.figures), fact.value(earlier.figures)
        if value is None or before is None or abs(value - before) < fact.least:
            continue
        if fact.id != "pulse_bpm" or same_level(value, before):
            facts[fact.id] = value - before
    ratings, earlier_ratings = _scales(now.impressions), _scales(earlier.impressions)
    scales = {name: ratings[name] - earlier_ratings[name] for name in ratings if name in earlier_ratings}
    return Comparison(take.id, take.name, alike, facts, scales)


def same_level(one_bpm: float, two_bpm: float) -> bool:
    """Whether two pulses are of the same level of the metre, so that their difference is one of tempo."""
    return max(one_bpm, two_bpm) < ANOTHER_LEVEL * min(one_bpm, two_bpm)


def _neighbours(notes: Pitched) -> Counter[tuple[int, int]]:
    pitches = notes.pitch.tolist()
    counts: Counter[tuple[int, int]] = Counter()
    for distance in range(1, NEIGHBOURS + 1):
        counts.update(zip(pitches[:-distance], pitches[distance:], strict=True))
    return counts


def _scales(impressions: Sequence[Impression]) -> dict[str, float]:
    """Values of the scales that may be compared, without hidden ones."""
    return {one.id: rounded(one.value) for one in impressions if one.id in RELIABLE_SCALES and one.tier != "hidden"}
