"""Weaknesses of a model in sentences made from its metrics: none without a measurement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from realtime.contract import StreamSpec

Means = Mapping[str, Mapping[str, float | None]]

# What listens by default, then what is played with.
MODES_SHOWN = ("live", "balanced")
SMALLEST_DIFFERENCE = 0.01


def weaknesses(spec: StreamSpec, evaluation: Mapping[str, Any] | None) -> list[str]:
    """Sentences for the card, one for each measurement, and one on the training corpus."""
    corpus = f"It learned from: {spec.corpus.rstrip('.')}." if spec.corpus else "What it learned from is not stated."
    corpus += " Sound unlike that may be heard worse than any score here."
    if evaluation is None:
        return ["It was not evaluated: what it does badly is not known.", corpus]
    sets = [evaluation, *evaluation.get("more_sets", [])]
    played = [one for one in sets if one["files"]]
    return [
        *(sentence for one in played for sentence in of_set(one)),
        *of_noise([one for one in sets if one["mean"] and not one["files"]]),
        measured_on([one["set"] for one in played]),
        corpus,
    ]


def of_set(one: Mapping[str, Any]) -> Iterator[str]:
    """Sentences on one set of recordings: in mode `live`, else at the balanced delay or the set's first."""
    means: Means = one["mean"]
    delay = next((mode for mode in MODES_SHOWN if mode in means), next(iter(means)))
    where, metrics = f"{one['set']}, {delay}: ", means[delay]
    onset = metrics.get("onset_f1_50")
    for file, f1 in hardest(one, delay):
        of_all = "" if onset is None else f", where the mean is {onset:.2f}"
        yield f"{where}hardest was {file}, with an onset F1 of {f1:.2f}{of_all}."
    groups = {name: found[delay].get("onset_f1_50") for name, found in one.get("groups", {}).items() if delay in found}
    yield from between(f"{where}onset F1 is", groups)
    yield from between(f"{one['set']}: onset F1 is", {name: found.get("onset_f1_50") for name, found in means.items()})
    yield from of_notes(where, metrics)


def of_notes(where: str, metrics: Mapping[str, float | None]) -> Iterator[str]:
    """Sentences from one mean on missed and false notes, offsets, velocity, pedal and repeated notes."""
    known = {name: value for name, value in metrics.items() if value is not None}
    if {"onset_p_50", "onset_r_50"} <= set(known):
        missed, false = 100 * (1 - known["onset_r_50"]), 100 * (1 - known["onset_p_50"])
        yield f"{where}{missed:.0f} % of the notes are missed, and {false:.0f} % of those heard were not played."
    if "offset_f1" in known:
        yield f"{where}F1 falls to {known['offset_f1']:.2f} when a note's end has to be right as well."
    if "velocity_error" in known:
        yield f"{where}loudness is off by {known['velocity_error']:.0f} of 127 on average."
    if "pedal_f1" in known:
        yield f"{where}the sustain pedal is heard with an F1 of {known['pedal_f1']:.2f}."
    if "repeats" in known:
        yield f"{where}of quick repeats of a key, {100 * (1 - known['repeats']):.0f} % are not heard as two notes."


def between(subject: str, found: Mapping[str, float | None]) -> Iterator[str]:
    """The lowest against the highest, where they differ by at least `SMALLEST_DIFFERENCE`."""
    known = {name: value for name, value in found.items() if value is not None}
    if known and max(known.values()) - min(known.values()) >= SMALLEST_DIFFERENCE:
        low, high = min(known, key=lambda name: known[name]), max(known, key=lambda name: known[name])
        yield f"{subject} {known[low]:.2f} ({low}) against {known[high]:.2f} ({high})."


def of_noise(sets: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The most false notes on each noise set, or that none was measured."""
    if not sets:
        yield "How many notes it hears where nobody plays was not measured."
    for one in sets:
        counts = [
            (value, delay, name.rsplit("_", 1)[1])
            for delay, found in one["mean"].items()
            for name, value in found.items()
            if value is not None
        ]
        most, delay, level = max(counts, default=(0.0, "", ""))
        if most:
            yield f"{one['set']}: up to {most:.1f} notes a minute where nobody plays ({delay}, at -{level} dBFS)."


def measured_on(names: Sequence[str]) -> str:
    if not names:
        return "It was measured on no recording of a piano: how many notes it misses is not known."
    return f"It was measured on {', '.join(names)} only: other pianos, rooms and microphones are untried."


def hardest(one: Mapping[str, Any], delay: str) -> list[tuple[str, float]]:
    """The file of the lowest onset F1 at a delay, with that; empty when no file was evaluated at it."""
    rows = [(row["file"], float(row["onset_f1_50"])) for row in one["files"] if row["delay"] == delay]
    return [min(rows, key=lambda row: row[1])] if rows else []
