"""What is to be played: groups of notes that are struck together, with their bars, hands and tempo."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from realtime.errors import UsageError
from realtime.words import Phrase, Said

Hand = Literal["left", "right"]
Hands = Literal["left", "right", "both"]

# Quarters a minute; beyond them a mark is a slip of the pen.
SLOWEST, FASTEST = 10.0, 500.0
NOT_FOR_THIS_HAND = {
    "left": Phrase("practice.no_left_hand", "{title} has no notes for the left hand. Practise it with both."),
    "right": Phrase("practice.no_right_hand", "{title} has no notes for the right hand. Practise it with both."),
}
NO_SUCH_BARS = Phrase(
    "practice.no_such_bars", "{title} has bars {first} to {last}. Bars {from_bar} to {to_bar} are not among them."
)
SILENT_BARS = Phrase("practice.silent_bars", "There is nothing to play in bars {from_bar} to {to_bar} of {title}.")


@dataclass(frozen=True)
class ScoreNote:
    """One note of a score; tied notes are one.

    pitch: MIDI. beat: quarters from the start of the first bar, repeats written out; length: quarters. optional: a
    grace note or a note that an ornament adds: it may be played within its length any number of times, or not at all.
    id: of the notated element on verovio's page, "" where there is no page; a repeat has the ids of the first time.
    """

    pitch: int
    beat: float
    length: float
    hand: Hand
    optional: bool = False
    id: str = ""


@dataclass(frozen=True)
class Group:
    """Notes that are struck together: a step of wait mode.

    index: its place in the score. beat: quarters, of its required notes. bar: the printed number of its bar, 0 for an
    upbeat. notes: by pitch, at least one of them required; an optional one may have another beat, and both hands may
    have the same key.
    """

    index: int
    beat: float
    bar: int
    notes: tuple[ScoreNote, ...]

    def __post_init__(self) -> None:
        if all(note.optional for note in self.notes):
            raise ValueError(f"no note of the group at beat {self.beat} is required")

    @property
    def pitches(self) -> tuple[int, ...]:
        """The required pitches, rising, each once."""
        return tuple(sorted({note.pitch for note in self.notes if not note.optional}))


@dataclass(frozen=True)
class Bar:
    """number: as printed, 0 for an upbeat; a repeated bar keeps it. beat, length: quarters. id: on verovio's page.
    pulse: quarters between two beats of the metronome, as they are felt: one and a half in 6/8."""

    number: int
    beat: float
    length: float
    id: str = ""
    pulse: float = 1.0

    @property
    def end(self) -> float:
        """Quarters, of its bar line."""
        return self.beat + self.length


class Moment(NamedTuple):
    """Notes of one beat, of which none needs to be required; bar: its printed number."""

    beat: float
    bar: int
    notes: tuple[ScoreNote, ...]


def joined(moments: Iterable[Moment]) -> tuple[Group, ...]:
    """Groups of those moments at which something has to be struck.

    moments: by beat. What is optional at another one joins the group after it, or the last group.
    """
    groups: list[Group] = []
    waiting: tuple[ScoreNote, ...] = ()
    for beat, bar, notes in moments:
        waiting += notes
        if not all(note.optional for note in waiting):
            groups.append(Group(len(groups), beat, bar, _by_pitch(waiting)))
            waiting = ()
    if waiting and groups:
        groups[-1] = replace(groups[-1], notes=_by_pitch((*groups[-1].notes, *waiting)))
    return tuple(groups)


def grouped(notes: Iterable[ScoreNote], bars: Sequence[Bar]) -> tuple[Group, ...]:
    """Groups of the notes of each beat. Of notes of one beat, key and hand the longest stays.

    bars: that the notes lie in, by beat.
    """
    keys: dict[tuple[float, int, Hand, bool], ScoreNote] = {}
    for note in notes:
        key = (note.beat, note.pitch, note.hand, note.optional)
        if key not in keys or keys[key].length < note.length:
            keys[key] = note
    ordered = sorted(keys.values(), key=lambda note: note.beat)
    return joined(
        Moment(beat, bar_at(bars, beat).number, tuple(together))
        for beat, together in groupby(ordered, key=lambda note: note.beat)
    )


def bar_at(bars: Sequence[Bar], beat: float) -> Bar:
    """The bar of a beat; the first before the first bar line, the last after the last."""
    return bars[max(bisect_right(bars, beat, key=lambda bar: bar.beat) - 1, 0)]


def _by_pitch(notes: Iterable[ScoreNote]) -> tuple[ScoreNote, ...]:
    return tuple(sorted(notes, key=lambda note: (note.pitch, note.beat, note.hand)))


class TempoMap:
    """Beats and seconds of a written tempo. tempos: (beat, quarters a minute), as of a `Score`."""

    def __init__(self, tempos: Sequence[tuple[float, float]]) -> None:
        self._beats = [beat for beat, _ in tempos]
        self._lengths = [60 / tempo for _, tempo in tempos]
        self._times = [self._beats[0] * self._lengths[0]]
        for step, length in zip(
            (after - before for before, after in pairwise(self._beats)), self._lengths, strict=False
        ):
            self._times.append(self._times[-1] + step * length)

    def seconds(self, beat: float) -> float:
        """Seconds of a beat; 0 at beat 0."""
        at = max(bisect_right(self._beats, beat) - 1, 0)
        return self._times[at] + (beat - self._beats[at]) * self._lengths[at]

    def beat(self, seconds: float) -> float:
        """The inverse of `seconds`."""
        at = max(bisect_right(self._times, seconds) - 1, 0)
        return self._beats[at] + (seconds - self._times[at]) / self._lengths[at]


@dataclass(frozen=True)
class Score:
    """A piece, or a part of one, in the order in which it is played.

    groups, bars: by beat, at least one of each. tempos: (beat, quarters a minute) from
    which beat on, rising, at least one; the first holds before its beat, too. remarks: what a reader left out or took
    for granted. flats: whether black keys are named by flats, as the key signature does. part: which of several
    players' is practised, "" where there is one; others: the notes of the others, by beat. Beats and seconds of a part
    are those of the whole piece. Raises ValueError when something of this
    does not hold.
    """

    title: str
    groups: tuple[Group, ...]
    bars: tuple[Bar, ...]
    tempos: tuple[tuple[float, float], ...]
    remarks: tuple[Said, ...] = ()
    flats: bool = False
    part: str = ""
    others: tuple[ScoreNote, ...] = ()

    def __post_init__(self) -> None:
        if not (self.groups and self.bars and self.tempos):
            raise ValueError("a score has at least one group, one bar and one tempo")
        if [group.index for group in self.groups] != list(range(len(self.groups))):
            raise ValueError("groups are numbered from 0 on")
        for name, beats in (
            ("groups", [group.beat for group in self.groups]),
            ("bars", [bar.beat for bar in self.bars]),
            ("tempos", [beat for beat, _ in self.tempos]),
        ):
            if not all(before < after for before, after in pairwise(beats)):
                raise ValueError(f"beats of {name} do not rise")
        if not all(0 < tempo < float("inf") for _, tempo in self.tempos):
            raise ValueError(f"a tempo of {self.tempos} is none")

    @property
    def begin(self) -> float:
        """Beat of the first bar line."""
        return self.bars[0].beat

    @property
    def end(self) -> float:
        """Beat of the last bar line."""
        return self.bars[-1].end

    @property
    def duration(self) -> float:
        """Seconds from the first bar line to the last one, at the written tempo."""
        return self.seconds(self.end) - self.seconds(self.begin)

    def seconds(self, beat: float) -> float:
        """Seconds of a beat at the written tempo; 0 at beat 0, negative before."""
        return self._clock.seconds(beat)

    def beat(self, seconds: float) -> float:
        """The beat at a time (s): the inverse of `seconds`."""
        return self._clock.beat(seconds)

    def hand(self, hand: Hands) -> Score:
        """Only the notes of one hand, all for "both". Raises UsageError when there are none."""
        if hand == "both":
            return self
        groups = joined(
            Moment(group.beat, group.bar, tuple(note for note in group.notes if note.hand == hand))
            for group in self.groups
        )
        if not groups:
            raise UsageError(NOT_FOR_THIS_HAND[hand](title=self.title))
        return replace(self, groups=groups)

    def beside(self, hands: Hands) -> Score | None:
        """What may sound beside the notes of a hand, or of both: the other hand, and other players; None for
        nothing."""
        notes = [note for group in self.groups for note in group.notes if hands != "both" and note.hand != hands]
        groups = grouped([*notes, *self.others], self.bars)
        return replace(self, groups=groups) if groups else None

    def between(self, first_bar: int, last_bar: int) -> Score:
        """Only the bars from one printed number to another, as they follow each other first: of bars that are
        repeated the pass that leads from the one to the other without playing the first again.

        Raises UsageError when there are no such bars, or nothing is to be played in them.
        """
        first, last = self._found(first_bar, last_bar)
        bars = self.bars[first : last + 1]
        inside = [group for group in self.groups if bars[0].beat <= group.beat < bars[-1].end]
        if not inside:
            raise UsageError(SILENT_BARS(title=self.title, from_bar=first_bar, to_bar=last_bar))
        groups = tuple(replace(group, index=index) for index, group in enumerate(inside))
        return replace(self, groups=groups, bars=bars)

    def bar_at(self, beat: float) -> Bar:
        """The bar of a beat; the first before the first bar line, the last after the last."""
        return bar_at(self.bars, beat)

    def _found(self, first_bar: int, last_bar: int) -> tuple[int, int]:
        """Indices of the first and the last bar of a part."""
        numbers = [bar.number for bar in self.bars]
        if first_bar in numbers and last_bar in numbers[numbers.index(first_bar) :]:
            last = numbers.index(last_bar, numbers.index(first_bar))
            return last - numbers[last::-1].index(first_bar), last
        raise UsageError(
            NO_SUCH_BARS(title=self.title, first=min(numbers), last=max(numbers), from_bar=first_bar, to_bar=last_bar)
        )

    @cached_property
    def _clock(self) -> TempoMap:
        return TempoMap(self.tempos)
