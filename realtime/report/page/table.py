"""A report as lines of text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from realtime.report.overview import comparison_note, headline, overview
from realtime.report.report import CAVEAT, Report
from realtime.report.rows import FactRow, ImpressionRow, fact_rows, impression_rows
from realtime.words import Said

WIDTH = 88
LABEL, VALUE, EARLIER = 36, 20, 18
ASPECT, END, TRACK = 15, 21, 29


def table(report: Report) -> str:
    """The whole report; lines are at most 88 characters wide where names allow it."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield report.notes.name
    yield headline(report)
    for reason in report.reasons:
        yield from _wrapped(reason, "! ")
    if rows := overview(report):
        yield ""
        yield from (f"{label!s:<{LABEL}}{words}" for label, words in rows)
    for group, facts in fact_rows(report):
        yield ""
        yield str(group).upper()
        yield from (_fact_line(row) for row in facts)
    for title, scales in impression_rows(report):
        yield ""
        yield str(title).upper()
        yield from (_scale_line(row) for row in scales)
    if report.impressions:
        yield from _wrapped(CAVEAT)
    if (note := comparison_note(report)) is not None:
        yield ""
        yield from _wrapped(note)
    if report.suggestion is not None:
        yield ""
        yield "TRY NEXT"
        yield from _wrapped(report.suggestion.said)


def _fact_line(row: FactRow) -> str:
    line = f"{row.label!s:<{LABEL}}{row.value!s:<{VALUE}}"
    if row.earlier is not None:
        line += f"before {row.earlier!s:<{EARLIER}}{row.difference or ''}"
    return line.rstrip()


def _scale_line(row: ImpressionRow) -> str:
    """The two ends and a track between them: the band, this take as a dot, the earlier one as a ring."""
    track = ["·"] * TRACK
    first, last = (_place(edge) for edge in row.band)
    track[first : last + 1] = "━" * (last + 1 - first)
    if row.earlier is not None:
        track[_place(row.earlier)] = "○"
    track[_place(row.value)] = "●"
    return f"{row.aspect!s:<{ASPECT}}{row.low!s:>{END}}  {''.join(track)}  {row.high}"


def _place(value: float) -> int:
    return round(value * (TRACK - 1))


def _wrapped(said: Said, mark: str = "") -> list[str]:
    return textwrap.wrap(str(said), WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark))
