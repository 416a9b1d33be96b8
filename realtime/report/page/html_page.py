"""A report as one web page: nothing to load from elsewhere, made for the screen and for paper."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from realtime.report.document import REPORT_VERSION
from realtime.report.measures.dynamics import has_velocity
from realtime.report.overview import comparison_note, headline, overview
from realtime.report.page.graphs import density_graph, dynamics_graph, tempo_graph
from realtime.report.page.plots import ONE_COLOUR, RAMP, rolls, two_ended_scale
from realtime.report.report import CAVEAT, Report
from realtime.report.rows import ImpressionRow, fact_rows, impression_rows
from realtime.version import program_version

if TYPE_CHECKING:
    from jinja2 import Template

LOUDNESS = ("very soft", "soft", "medium", "loud", "very loud")
# What a legend shows of each: a class of the style sheet, or a style, and words.
Legend = list[tuple[str, str]]


def _text(name: str) -> str:
    return (files("realtime.report.page") / name).read_text(encoding="utf-8")


def style() -> str:
    """The style sheet of a page."""
    return _text("page.css")


def html_page(report: Report) -> str:
    """The whole page, UTF-8."""
    return template(_text("page.html")).render(
        name=report.notes.name,
        style=style(),
        headline=headline(report),
        reasons=report.reasons,
        try_next=report.suggestion and report.suggestion.said,
        overview=overview(report),
        groups=fact_rows(report),
        compared=report.compared_with is not None,
        impressions=impression_rows(report),
        track=_track,
        marks=_marks(report),
        note=comparison_note(report),
        **_pictures(report),
        caveat=CAVEAT if report.impressions else None,
        version=f"Liszten {program_version()}, report {REPORT_VERSION}.",
    )


@cache
def template(text: str) -> Template:
    """A page as a template. Values are escaped unless they are marked as safe; phrases appear in English."""
    from jinja2 import Environment  # here: the window starts without a page
    from markupsafe import Markup

    environment = Environment(
        autoescape=True,
        keep_trailing_newline=True,
        # As the standard library escapes quotes, so that a page is the same to the byte wherever it is made.
        finalize=lambda value: value if hasattr(value, "__html__") else Markup(escape(str(value))),
    )
    return environment.from_string(text)


def _pictures(report: Report) -> dict[str, Any]:
    """The piano-roll and the curves over time as SVG, with their legends."""
    if report.notes.span_s <= 0:
        return {}
    graphs = (
        ("Tempo, beats a minute (windows of 8 s; dashed: the pulse)", tempo_graph(report)),
        ("Loudness, MIDI velocity (each note, and the mean of 4 s)", dynamics_graph(report)),
        ("Density, notes a second (windows of 4 s)", density_graph(report)),
    )
    return {
        "rolls": "".join(rolls(report.notes, report.measures)),
        "colours": _colours(report),
        "graphs": [(title, graph) for title, graph in graphs if graph is not None],
        "curves": _curves(report),
    }


def _colours(report: Report) -> Legend:
    """What the colours of the blocks mean."""
    steps = list(zip(RAMP, LOUDNESS, strict=True)) if has_velocity(report.notes) else [(ONE_COLOUR, "a note")]
    if report.measures.pedalling is not None:
        steps.append(("#5B4BC4", "pedal down"))
    return [(f"background:{colour}", words) for colour, words in steps]


def _curves(report: Report) -> Legend:
    """Which curve is whose, when there are two."""
    if report.compared_with is None:
        return []
    return [("this", "this take"), ("before", f"{report.compared_with.notes.name}, stretched to the same length")]


def _marks(report: Report) -> Legend:
    """The marks on a two-ended scale."""
    items = [("round", "this take"), ("soft", "where 8 of 10 like it lie")]
    if any(row.earlier is not None for _, rows in impression_rows(report) for row in rows):
        items.insert(0, ("round ring", "before"))
    return items


def _track(row: ImpressionRow) -> str:
    return two_ended_scale(f"{row.aspect}: {row.low} to {row.high}", row.value, row.band, row.earlier)
