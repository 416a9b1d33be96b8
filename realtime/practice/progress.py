"""What the runs of a piece tell: how sure each bar is, the tempo reached, the days, and what to practise next."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from realtime.practice.play import RAMP, TEMPO
from realtime.practice.runs import BarRow, Run
from realtime.practice.score import Hand, Hands
from realtime.words import Phrase, Said

RECENT_RUNS = 5  # what was played longer ago says little about today
SURE = 0.95  # share of right keys from which on bars need no loop
LEAST_NOTES = 4  # two bars of which less is known are not judged
ONE_HAND = 0.1  # by so much the share of one hand must be lower to be practised alone
SLOWER = 0.85  # of the tempo that was too fast
FIRST_TEMPO = 0.7

LOOP = Phrase("progress.loop", "Bars {first}–{last}, {hands}, {tempo} %")  # noqa: RUF001
LOOP_BAR = Phrase("progress.loop_bar", "Bar {first}, {hands}, {tempo} %")
HANDS: dict[Hands, Said] = {
    "left": Phrase("progress.left_alone", "left hand alone")(),
    "right": Phrase("progress.right_alone", "right hand alone")(),
    "both": Phrase("progress.both_hands", "both hands")(),
}


@dataclass(frozen=True)
class BarShare:
    """One bar of a piece over its last runs. written, right: notes, and those of the right key."""

    bar: int
    written: int
    right: int

    @property
    def share(self) -> float:
        """Share of right keys, 0-1; 1 without notes."""
        return self.right / self.written if self.written else 1.0


@dataclass(frozen=True)
class Suggestion:
    """A loop worth practising. tempo: share of the written one."""

    first_bar: int
    last_bar: int
    hands: Hands
    tempo: float

    @property
    def said(self) -> Said:
        """In words."""
        phrase, last = (LOOP_BAR, {}) if self.first_bar == self.last_bar else (LOOP, {"last": self.last_bar})
        return phrase(first=self.first_bar, hands=HANDS[self.hands], tempo=round(100 * self.tempo), **last)


@dataclass(frozen=True)
class History:
    """All runs of one piece, by time. tempo: the highest of a round without a wrong key, 0 without one; bars: of the
    last runs."""

    title: str
    runs: int
    seconds: float
    last: date
    tempo: float
    bars: tuple[BarShare, ...]
    suggestion: Suggestion | None


@dataclass(frozen=True)
class Day:
    """What was practised on one day. pieces: titles, in the order of their first run."""

    day: date
    minutes: float
    pieces: tuple[str, ...]


@dataclass(frozen=True)
class PieceToday:
    """What was practised of one piece today. piece: its id; share: of right keys, 0-1, None where no written note is
    known of; tempo: as in `History`, of today."""

    piece: str
    title: str
    minutes: float
    runs: int
    share: float | None
    tempo: float


@dataclass(frozen=True)
class Today:
    """What was practised today so far. pieces: in the order of their first run; streak: days in a row."""

    day: date
    minutes: float
    pieces: tuple[PieceToday, ...]
    streak: int


def history(runs: Sequence[Run]) -> History:
    """Of the runs of one piece, by time, at least one."""
    recent = [row for run in runs[-RECENT_RUNS:] for row in run.bars]
    return History(
        title=runs[-1].title,
        runs=len(runs),
        seconds=sum(run.seconds for run in runs),
        last=runs[-1].begun.date(),
        tempo=max(run.clean_tempo for run in runs),
        bars=_shares(recent),
        suggestion=suggestion(runs),
    )


def by_piece(runs: Iterable[Run]) -> dict[str, list[Run]]:
    """The runs of each piece, those of the latest piece first."""
    pieces: dict[str, list[Run]] = {}
    for run in runs:
        pieces.setdefault(run.piece, []).append(run)
    return dict(sorted(pieces.items(), key=lambda item: item[1][-1].started, reverse=True))


def suggestion(runs: Sequence[Run]) -> Suggestion | None:
    """The hardest two bars of a piece's last runs, and a tempo that should work; None when all are sure."""
    recent = runs[-RECENT_RUNS:]
    rows = [row for run in recent for row in run.bars]
    pairs = _pairs(_shares(rows))
    if not pairs:
        return None
    hardest = min(pairs, key=lambda pair: (_share(pair), pair[0].bar))
    if _share(hardest) >= SURE:
        return None
    first, last = hardest[0].bar, hardest[-1].bar
    tempo = recent[-1].tempo
    slower = _steps(tempo * SLOWER) if tempo else FIRST_TEMPO
    return Suggestion(first, last, _hands([row for row in rows if first <= row.bar <= last]), slower)


def days(runs: Iterable[Run]) -> list[Day]:
    """The days on which something was practised, by date."""
    found: dict[date, list[Run]] = {}
    for run in runs:
        found.setdefault(run.begun.date(), []).append(run)
    return [
        Day(day, sum(run.seconds for run in practised) / 60, tuple(dict.fromkeys(run.title for run in practised)))
        for day, practised in sorted(found.items())
    ]


def streak(practised: Iterable[date], today: date) -> int:
    """How many days in a row something was practised, up to today or yesterday: a day that is not over breaks
    nothing."""
    known = set(practised)
    day = today if today in known else today - timedelta(days=1)
    count = 0
    while day in known:
        count, day = count + 1, day - timedelta(days=1)
    return count


def today(runs: Sequence[Run], day: date) -> Today:
    """What was practised on `day`, which is today, of all runs. A run belongs to the day on which it began."""
    pieces: dict[str, list[Run]] = {}
    for run in of_day(runs, day):
        pieces.setdefault(run.piece, []).append(run)
    practised = tuple(_piece_today(of_piece) for of_piece in pieces.values())
    in_a_row = streak((run.begun.date() for run in runs), day)
    return Today(day, sum(piece.minutes for piece in practised), practised, in_a_row)


def of_day(runs: Iterable[Run], day: date) -> list[Run]:
    """Those that began on a day, by time."""
    return sorted((run for run in runs if run.begun.date() == day), key=lambda run: run.started)


COLUMNS = ("started", "title", "mode", "hands", "first_bar", "last_bar", "tempo", "seconds")
COUNTS = ("right", "early_late", "wrong", "missed", "extra", "bias_ms", "spread_ms")


def table(runs: Iterable[Run]) -> str:
    """The runs as CSV, one a line, with the names of the columns first."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, *COUNTS])
    for run in runs:
        writer.writerow([*(getattr(run, name) for name in COLUMNS), *(getattr(run.result, name) for name in COUNTS)])
    return text.getvalue()


def _shares(rows: Iterable[BarRow]) -> tuple[BarShare, ...]:
    counts: dict[int, list[int]] = {}
    for row in rows:
        one = counts.setdefault(row.bar, [0, 0])
        one[0] += row.written
        one[1] += row.right_keys
    return tuple(BarShare(bar, written, right) for bar, (written, right) in sorted(counts.items()))


def _piece_today(runs: Sequence[Run]) -> PieceToday:
    """Of the runs of one piece, by time."""
    shares = _shares(row for run in runs for row in run.bars)
    written = sum(bar.written for bar in shares)
    return PieceToday(
        piece=runs[-1].piece,
        title=runs[-1].title,
        minutes=sum(run.seconds for run in runs) / 60,
        runs=len(runs),
        share=sum(bar.right for bar in shares) / written if written else None,
        tempo=max(run.clean_tempo for run in runs),
    )


def _pairs(bars: Sequence[BarShare]) -> list[tuple[BarShare, ...]]:
    """Neighbouring bars of which enough is known; a single bar where it has no neighbour."""
    pairs = [(one, two) for one, two in pairwise(bars) if two.bar == one.bar + 1]
    candidates: list[tuple[BarShare, ...]] = [*pairs] if pairs else [(bar,) for bar in bars]
    return [bars for bars in candidates if sum(bar.written for bar in bars) >= LEAST_NOTES]


def _share(bars: Sequence[BarShare]) -> float:
    return sum(bar.right for bar in bars) / sum(bar.written for bar in bars)


def _hands(rows: Sequence[BarRow]) -> Hands:
    """The hand that is clearly less sure than the other, or plays alone; else both."""
    shares: dict[Hand, float] = {}
    for hand in ("left", "right"):
        written = sum(row.written for row in rows if row.hand == hand)
        if written:
            shares[hand] = sum(row.right_keys for row in rows if row.hand == hand) / written
    if len(shares) == 2 and abs(shares["left"] - shares["right"]) < ONE_HAND:
        return "both"
    return min(shares, key=lambda hand: shares[hand])


def _steps(tempo: float) -> float:
    """A tempo in whole steps, within what can be played."""
    return min(max(round(round(tempo / RAMP) * RAMP, 4), TEMPO.least), TEMPO.most)
