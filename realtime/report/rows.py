"""The rows of a report, the same in table, page and window.

They describe the playing and grade nothing: no "bad", no other people.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from realtime.report.facts import DYNAMICS, FACTS, PEDAL, TIMING, UNMEASURED, Fact
from realtime.report.figures import rounded
from realtime.report.panel.impressions import Impression
from realtime.report.report import Report
from realtime.words import Phrase, Said

IMPRESSIONS = Phrase("report.impressions", "How it may sound to listeners")
LESS_SURE = Phrase("report.less_sure", "Less sure")
# What a scale is about, by the first word of its id.
ASPECTS = {
    "timing": TIMING,
    "articulation": Phrase("report.articulation", "Articulation"),
    "pedal": PEDAL,
    "timbre": Phrase("report.sound", "Sound"),
    "dynamic": DYNAMICS,
    "music": Phrase("report.music", "Music"),
    "mood": Phrase("report.mood", "Mood"),
    "interpretation": Phrase("report.interpretation", "Interpretation"),
}


@dataclass(frozen=True)
class FactRow:
    """One measure: its value; in a comparison the earlier take's too, and the difference where it says anything."""

    label: Said
    value: Said
    earlier: Said | None = None
    difference: Said | None = None

    @property
    def measured(self) -> bool:
        """Whether there is a value of either take."""
        return self.value != UNMEASURED or self.earlier not in (None, UNMEASURED)


@dataclass(frozen=True)
class ImpressionRow:
    """One two-ended scale, never shown as a number.

    aspect: what it is about. low, high: the words at its ends. value: where this take lies, 0 at low and 1 at high;
    band: where 8 of 10 takes like it lie; earlier: where the earlier take lies, if the difference is large enough.
    """

    aspect: Said
    low: Said
    high: Said
    value: float
    band: tuple[float, float]
    earlier: float | None


def fact_rows(report: Report) -> list[tuple[Said, list[FactRow]]]:
    """(group, rows) in the order of `FACTS`, without what was measured in neither take."""
    groups = []
    for group, facts in groupby(FACTS, key=lambda fact: fact.group):
        rows = [_fact_row(fact, report) for fact in facts]
        measured = [row for row in rows if row.measured]
        if measured:
            groups.append((group(), measured))
    return groups


def impression_rows(report: Report) -> list[tuple[Said, list[ImpressionRow]]]:
    """(title, rows) of the supported scales, then of the tentative ones."""
    groups = []
    for title, tier in ((IMPRESSIONS, "supported"), (LESS_SURE, "tentative")):
        rows = [_impression_row(one, report) for one in report.impressions if one.tier == tier]
        if rows:
            groups.append((title(), rows))
    return groups


def _fact_row(fact: Fact, report: Report) -> FactRow:
    value = fact.shown(fact.value(report.figures))
    compared, before = report.comparison, report.compared_with
    if compared is None or before is None:
        return FactRow(fact.label(), value)
    difference = compared.facts.get(fact.id)
    return FactRow(
        fact.label(),
        value,
        fact.shown(fact.value(before.figures)),
        None if difference is None else fact.difference(difference),
    )


def _impression_row(found: Impression, report: Report) -> ImpressionRow:
    value, (low, high) = rounded(found.value), found.band80
    difference = None if report.comparison is None else report.comparison.scales.get(found.id)
    return ImpressionRow(
        aspect=ASPECTS[found.id.split("_")[0]](),
        low=found.low,
        high=found.high,
        value=value,
        band=(rounded(low), rounded(high)),
        earlier=None if difference is None else value - rounded(difference),
    )
