"""A report in words, by row: what the table, the page and the window all say in the same way.

What was heard, where, and one thing to do; no grade, nothing "bad", no other people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from realtime.analysis.key import Key
from realtime.notes import note_name
from realtime.report.facts import FACTS, UNMEASURED, Fact, clock
from realtime.report.report import Report

IMPRESSIONS, LESS_SURE = "How it may sound to listeners", "Less sure"
# What a scale is about, by the first word of its id.
ASPECTS = {
    "timing": "Timing",
    "articulation": "Articulation",
    "pedal": "Pedal",
    "timbre": "Sound",
    "dynamic": "Dynamics",
    "music": "Music",
    "mood": "Mood",
    "interpretation": "Interpretation",
}


@dataclass(frozen=True)
class FactRow:
    """One measure: its value; in a comparison the earlier take's too, and the difference where it says anything."""

    label: str
    value: str
    earlier: str
    difference: str


@dataclass(frozen=True)
class ImpressionRow:
    """One two-ended scale, never shown as a number.

    aspect: what it is about. low, high: the words at its ends. value: where this take lies, 0 at low and 1 at high;
    band: where 8 of 10 takes like it lie; earlier: where the earlier take lies, if the difference means something.
    """

    aspect: str
    low: str
    high: str
    value: float
    band: tuple[float, float]
    earlier: float | None


def headline(report: Report) -> str:
    """When and how long: "21 November 2026, 10:00 · 0:26 · 106 notes"."""
    take = report.document["take"]
    parts = [clock(take["duration_s"]), _notes(take["n_notes"])]
    if take["started"]:
        parts.insert(0, _moment(take["started"]))
    return " · ".join(parts)


def overview(report: Report) -> list[tuple[str, str]]:
    """(label, words) of what is no single number: pitches, pace, key, form, mood. Empty for an empty take."""
    document = report.document
    if not document["take"]["n_notes"]:
        return []
    measures = document["measures"]
    low, high = measures["lowest_pitch"], measures["highest_pitch"]
    rows = [
        ("Played", f"{document['take']['playing_s']:.1f} s, {measures['strikes_per_s']:.1f} strikes a second"),
        ("Range", f"{note_name(low)} to {note_name(high)}, {high - low} semitones"),
        (
            "Most often",
            f"{note_name(measures['most_common_pitch'])}; of all octaves {measures['most_common_pitch_class']}",
        ),
        ("Likely key", _key(report.measures.key)),
    ]
    if len(measures["sections"]) > 1:
        parts = (f"{part['label']} {clock(part['start_s'])}" for part in measures["sections"])
        rows.append(("Parts, roughly", " · ".join(parts)))
    if measures["mood"] is not None and document["status"] != "insufficient":
        rows.append(("Mood, by rule", f"{measures['mood']['word']} ({measures['mood']['because']})"))
    return rows


def fact_rows(report: Report) -> list[tuple[str, list[FactRow]]]:
    """(group, rows) in the order of `FACTS`, without what was measured in neither take."""
    groups = []
    for group, facts in groupby(FACTS, key=lambda fact: fact.group):
        rows = [_fact_row(fact, report) for fact in facts]
        told = [row for row in rows if row.value != UNMEASURED or row.earlier not in ("", UNMEASURED)]
        if told:
            groups.append((group, told))
    return groups


def impression_rows(report: Report) -> list[tuple[str, list[ImpressionRow]]]:
    """(title, rows) of the scales that a listener hears with some certainty, then of the less sure ones."""
    groups = []
    for title, tier in ((IMPRESSIONS, "supported"), (LESS_SURE, "tentative")):
        rows = [_impression(entry, report) for entry in report.document["impressions"] if entry["tier"] == tier]
        if rows:
            groups.append((title, rows))
    return groups


def comparison_note(report: Report) -> str | None:
    """What the columns of the comparison mean, or why there are none; None without an earlier take."""
    compared = report.comparison
    if compared is None:
        return None
    if not compared.same_piece:
        return f"{compared.name} seems to be another piece, so the takes are not compared."
    note = f"Compared with {compared.name}. Differences too small to mean anything are left out."
    if report.earlier is not None and report.notes.heard != report.earlier.notes.heard:
        note += " The two come from different sources, so part of what differs may be the hearing and not the playing."
    return note


def _fact_row(fact: Fact, report: Report) -> FactRow:
    value = fact.value(report.document["measures"])
    compared, before = report.comparison, report.usual
    if compared is None or before is None:
        return FactRow(fact.label, fact.text(value), "", "")
    difference = compared.facts.get(fact.id)
    sign = "+" if difference is not None and difference > 0 else ""
    return FactRow(
        fact.label,
        fact.text(value),
        fact.text(fact.value(before.document["measures"])),
        "" if difference is None else f"{sign}{fact.text(difference)}",
    )


def _impression(entry: Mapping[str, Any], report: Report) -> ImpressionRow:
    deltas = report.document["compare"]["deltas"]
    value = float(entry["value"])
    low, high = entry["band80"]
    earlier = value - deltas[entry["id"]] if entry["id"] in deltas else None
    aspect = ASPECTS[entry["id"].split("_")[0]]
    return ImpressionRow(aspect, entry["low"], entry["high"], value, (low, high), earlier)


def _key(key: Key | None) -> str:
    if key is None:
        return UNMEASURED
    return key.name + ("" if key.clear else ", not clearly")


def _notes(count: int) -> str:
    return "1 note" if count == 1 else f"{count} notes"


def _moment(started: str) -> str:
    """A wall clock in ISO 8601 as day and time of this computer's zone; as it stands when it is none."""
    try:
        moment = datetime.fromisoformat(started).astimezone()
    except (ValueError, OverflowError):  # no date, or one that this computer does not know
        return started
    return f"{moment.day} {moment:%B %Y, %H:%M}"
