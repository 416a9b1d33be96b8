"""What there is to say of each bar of a piece that was played: counts, a mark, and the notes that were not right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from realtime.notes import note_name
from realtime.practice.verdicts import BarTally, Marked, Missed
from realtime.words import Phrase, Said, plain

Kind = str  # of a verdict, or "missed"
OFF_BY = Phrase("marks.off_by", "{key} by {ms:.0f} ms")
SIGNS: dict[Kind, str] = {"right": "✓", "missed": "○", "wrong": "✕", "extra": "✕", "early": "◀", "late": "▶"}
# Of a bar that has several, the mark is the first of these.
WORST: tuple[Kind, ...] = ("missed", "wrong", "extra", "late", "early")
FAULTS: tuple[Kind, ...] = ("missed", "wrong", "extra", "early", "late")


@dataclass
class BarMarks:
    """One bar: its counts, and by kind of fault the notes, in the order in which they were played."""

    number: int
    tally: BarTally = field(default_factory=BarTally)
    faults: dict[Kind, list[Said]] = field(default_factory=dict)

    @property
    def played(self) -> bool:
        """Whether anything is known of it."""
        return bool(self.tally.written or self.tally.extra)

    @property
    def kind(self) -> Kind:
        """What there is most reason to look at, "" in a bar of which nothing is known."""
        if not self.played:
            return ""
        counts = vars(self.tally)
        if not any(counts[kind] for kind in ("missed", "wrong", "extra")) and counts["early"] > counts["late"]:
            return "early"
        return next((kind for kind in WORST if counts[kind]), "right")


def bar_marks(numbers: Iterable[int], verdicts: Sequence[Marked | Missed], flats: bool = False) -> list[BarMarks]:
    """The bars of a part, each printed number once, in their order. numbers: of its bars as they are played; flats:
    whether black keys are named by flats."""
    bars = {number: BarMarks(number) for number in numbers}
    for told in verdicts:
        bar = bars.setdefault(told.bar, BarMarks(told.bar))
        bar.tally.add(told)
        if isinstance(told, Missed):
            bar.faults.setdefault("missed", []).extend(plain(note_name(pitch, flats)) for pitch in told.pitches)
        elif told.verdict in FAULTS:
            bar.faults.setdefault(told.verdict, []).append(_said(told, flats))
    return [*bars.values()]


def _said(told: Marked, flats: bool) -> Said:
    name = note_name(told.pitch, flats)
    if told.verdict in ("early", "late") and told.ms is not None:
        return OFF_BY(key=name, ms=abs(told.ms))
    return plain(name)
