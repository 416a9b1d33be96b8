"""What was practised today, in words. Nothing is said of days on which nothing was."""

from __future__ import annotations

from gui.translation import tr
from realtime.practice.progress import History, PieceToday, Today


def minutes_words(today: Today) -> str:
    """ "24 min": how long all of it was."""
    return tr("{} min", max(round(today.minutes), 1)) if today.pieces else tr("Nothing yet")


def streak_words(days: int) -> str:
    """ "3 days in a row"."""
    return tr("{} days in a row", days)


def piece_words(piece: PieceToday) -> str:
    """ "2 runs, 12 min · 92 % right · clean at 80 %": of one piece."""
    share = [] if piece.share is None else [tr("{:.0f} % right", 100 * piece.share)]
    return " · ".join([_runs(piece.runs, piece.minutes), *share, *_clean(piece.tempo)])


def history_words(past: History) -> str:
    """What is known of a piece: runs, minutes, and the tempo that was reached without a wrong key."""
    return " · ".join([_runs(past.runs, past.seconds / 60), *_clean(past.tempo)])


def _runs(runs: int, minutes: float) -> str:
    whole = max(round(minutes), 1)
    return tr("1 run, {} min", whole) if runs == 1 else tr("{} runs, {} min", runs, whole)


def _clean(tempo: float) -> list[str]:
    """Nothing where no round was."""
    return [tr("clean at {} %", round(100 * tempo))] if tempo else []
