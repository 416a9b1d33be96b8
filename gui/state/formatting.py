"""Lengths, dates and counts as text."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from gui.translation import mark, tr
from realtime.takes.folder import take_name

MONTHS = (
    *(mark("January"), mark("February"), mark("March"), mark("April"), mark("May"), mark("June"), mark("July")),
    *(mark("August"), mark("September"), mark("October"), mark("November"), mark("December")),
)


def length_text(seconds: float) -> str:
    """62.4 -> "1:02"; 3725 -> "1:02:05"."""
    whole = round(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def clock_text(seconds: float) -> str:
    """42.8 -> "00:42.8"."""
    tenths = int(seconds * 10)
    hours, minutes = tenths // 36_000, tenths // 600 % 60
    return (f"{hours}:" if hours else "") + f"{minutes:02d}:{tenths // 10 % 60:02d}.{tenths % 10}"


def note_count(notes: int) -> str:
    """ "1 note", "812 notes"."""
    return tr("1 note") if notes == 1 else tr("{} notes", notes)


def take_count(takes: int) -> str:
    """ "1 take", "12 takes"."""
    return tr("1 take") if takes == 1 else tr("{} takes", takes)


def date_text(when: datetime, today: datetime) -> str:
    """ "Today, 18:30", "Yesterday, 18:30", "21 November, 18:30", with the year when it is another."""
    time = f"{when:%H:%M}"
    days = (today.date() - when.date()).days
    if days == 0:
        return tr("Today, {}", time)
    if days == 1:
        return tr("Yesterday, {}", time)
    month = tr(MONTHS[when.month - 1])
    if when.year == today.year:
        return tr("{day} {month}, {time}", day=when.day, month=month, time=time)
    return tr("{day} {month} {year}, {time}", day=when.day, month=month, year=when.year, time=time)


def take_title(folder: Path) -> str:
    """What the player calls a take, "Take 3" until it has a name."""
    return tr(take_name(folder))
