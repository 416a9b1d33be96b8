"""A report as one web page: nothing to load from elsewhere, made for the screen and for paper."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib.resources import files

from realtime.report.measures.dynamics import has_velocity
from realtime.report.page.graphs import density_graph, dynamics_graph, tempo_graph
from realtime.report.page.plots import ONE_COLOUR, RAMP, rolls, two_ended_scale
from realtime.report.page.wording import (
    FactRow,
    ImpressionRow,
    comparison_note,
    fact_rows,
    headline,
    impression_rows,
    overview,
)
from realtime.report.report import Report
from realtime.version import program_version

LOUDNESS = ("very soft", "soft", "medium", "loud", "very loud")


def page(report: Report) -> str:
    """The whole page, UTF-8."""
    style = (files("realtime.report.page") / "page.css").read_text(encoding="utf-8")
    name = escape(report.notes.name)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{name} - Liszten report</title>",
            f"<style>\n{style}</style></head><body><main>",
            f"<header><div><h1>{name}</h1><p>{escape(headline(report))}</p></div>",
            '<div class="brand">Liszten report</div></header>',
            *_notice(report),
            *_next(report),
            *_figures(report),
            *_pictures(report),
            *_footer(report),
            "</main></body></html>\n",
        ]
    )


def _notice(report: Report) -> Iterator[str]:
    """What one has to know before reading on."""
    if report.document["reasons"]:
        sentences = "".join(f"<p>{escape(reason)}</p>" for reason in report.document["reasons"])
        yield f'<section class="notice">{sentences}</section>'


def _next(report: Report) -> Iterator[str]:
    if report.document["try_next"] is not None:
        text = escape(report.document["try_next"]["text"])
        yield f'<section class="next"><h2>Try next</h2><p>{text}</p></section>'


def _pictures(report: Report) -> Iterator[str]:
    notes, measures = report.notes, report.measures
    if notes.span_s <= 0:
        return
    rows = "".join(rolls(notes, measures))
    yield f'<section class="rolls"><h2>What was heard</h2>{rows}{_legend(report)}</section>'
    graphs = (
        ("Tempo, beats a minute (windows of 8 s; dashed: the pulse)", tempo_graph(report)),
        ("Loudness, MIDI velocity (each note, and the mean of 4 s)", dynamics_graph(report)),
        ("Density, notes a second (windows of 4 s)", density_graph(report)),
    )
    drawn = "".join(f"<h3>{title}</h3>{graph}" for title, graph in graphs if graph is not None)
    if drawn:
        yield f"<section><h2>Over time</h2>{drawn}{_takes(report)}</section>"


def _takes(report: Report) -> str:
    """Which curve is whose, when there are two."""
    if report.usual is None:
        return ""
    both = (("this", "this take"), ("before", f"{report.usual.notes.name}, stretched to the same length"))
    items = "".join(f'<span><i class="{kind}"></i>{escape(words)}</span>' for kind, words in both)
    return f'<div class="legend">{items}</div>'


def _legend(report: Report) -> str:
    steps = list(zip(RAMP, LOUDNESS, strict=True)) if has_velocity(report.notes) else [(ONE_COLOUR, "a note")]
    if report.measures.pedalling is not None:
        steps.append(("#5B4BC4", "pedal down"))
    items = "".join(f'<span><i style="background:{colour}"></i>{words}</span>' for colour, words in steps)
    return f'<div class="legend">{items}</div>'


def _figures(report: Report) -> Iterator[str]:
    if rows := overview(report):
        cells = "".join(
            f'<tr><td>{escape(label)}</td><td class="words">{escape(words)}</td></tr>' for label, words in rows
        )
        yield f'<section><h2>Overview</h2><table class="overview">{cells}</table></section>'
    note = comparison_note(report)
    compared = report.usual is not None
    groups = "".join(_group(name, rows, compared) for name, rows in fact_rows(report))
    if groups:
        yield f'<div class="groups{" wide" if compared else ""}">{groups}</div>'
    yield from _impressions(report)
    if note is not None:
        yield f'<section class="notice"><p>{escape(note)}</p></section>'


def _impressions(report: Report) -> Iterator[str]:
    """Two-ended scales without figures."""
    groups = impression_rows(report)
    if not groups:
        return
    body = ""
    for (title, rows), kind in zip(groups, ("scales", "scales unsure"), strict=False):
        body += f'<h2>{title}</h2><div class="{kind}">{"".join(_scale(row) for row in rows)}</div>'
    items = [("round", "this take"), ("soft", "where 8 of 10 like it lie")]
    if any(row.earlier is not None for _, rows in groups for row in rows):
        items.insert(0, ("round ring", "before"))
    legend = "".join(f'<span><i class="{kind}"></i>{words}</span>' for kind, words in items)
    legend += "<span>a guide, not a grade</span>"
    yield f'<section class="impressions">{body}<div class="legend">{legend}</div></section>'


def _scale(row: ImpressionRow) -> str:
    ends = f'<div class="ends"><span>{escape(row.low)}</span><b>{row.aspect}</b><span>{escape(row.high)}</span></div>'
    track = two_ended_scale(f"{row.aspect}: {row.low} to {row.high}", row.value, row.band, row.earlier)
    return f"<div>{ends}{track}</div>"


def _group(name: str, rows: list[FactRow], compared: bool) -> str:
    head = "<tr><th></th><th>This take</th><th>Before</th><th>Difference</th></tr>" if compared else ""
    body = "".join(_row(row, compared) for row in rows)
    return f"<section><h2>{escape(name)}</h2><table>{head}{body}</table></section>"


def _row(row: FactRow, compared: bool) -> str:
    cells = (row.label, row.value, row.earlier, row.difference) if compared else (row.label, row.value)
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _footer(report: Report) -> Iterator[str]:
    version = f"Liszten {program_version()}, report {report.document['report_version']}."
    caveat = f"<p>{escape(report.document['caveat'])}</p>" if report.document["impressions"] else ""
    yield f"<footer>{caveat}<p>{escape(version)}</p></footer>"
