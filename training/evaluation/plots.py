"""Plots of an evaluation: F1 against delay, by register and velocity, certainty against precision, wrong intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from realtime.contract import Float64Array
from training.evaluation.error_kinds import REGISTERS, TOGETHER_S, VELOCITIES, MatchedNotes
from training.evaluation.results import SetResult, mean_by_delay

T = TypeVar("T")
Bounds = Mapping[str, tuple[int, int]]

PALETTE = ("#e76f51", "#e9b44c", "#2a9d8f", "#264653", "#8e7dbe", "#9aa0a6", "#c1666b", "#4f6d7a")
WIDEST = 36  # semitones
NAMED = {-24: "2 oct.", -12: "octave", 12: "octave", 19: "twelfth", 24: "2 oct.", 28: "17th"}
FEWEST_NOTES = 10  # a share of fewer means nothing
CERTAINTIES = np.linspace(0.0, 1.0, 21)


def write_plots(results: Sequence[SetResult], folder: Path) -> None:
    """f1-by-delay.png of all sets; SET-classes.png, SET-certainty.png and SET-intervals.png of each. Raises OSError."""
    played = [result for result in results if result.files]
    pictures = {"f1-by-delay": f1_by_delay(played)} if played else {}
    for result in played:
        matched = by_delay(result)
        ours = {delay: notes for delay, notes in matched.items() if notes[0].estimated.confidence is not None}
        pictures[f"{result.name}-classes"] = classes(result.name, matched)
        pictures[f"{result.name}-certainty"] = certainty(result.name, ours)
        pictures[f"{result.name}-intervals"] = intervals(result.name, matched)
    for name, figure in pictures.items():
        figure.savefig(folder / f"{name}.png", dpi=110)


def by_delay(result: SetResult) -> dict[str, list[MatchedNotes]]:
    """Every file's matched notes per delay and peer."""
    both = [*result.files, *result.peers]
    return {
        delay: [MatchedNotes.of(r) for r in both if r.delay == delay] for delay in dict.fromkeys(r.delay for r in both)
    }


def f1_by_delay(results: Sequence[SetResult]) -> Figure:
    """A line per set: mean onset F1 over the time by which half of the notes were emitted, a bar from there to 95 %;
    dashed: with offsets. Dotted: peers, which read the whole file first."""
    figure = Figure(figsize=(9, 6), layout="constrained")
    axes = figure.subplots()
    for (_, result), colour in coloured({result.name: result for result in results}):
        means = [mean for mean in mean_by_delay(result.files).values() if mean["emission_p50_s"] is not None]
        names = ("emission_p50_s", "emission_p95_s", "onset_f1_50", "offset_f1")
        half, most, f1, offset = (np.array([mean[name] for mean in means], float) for name in names)
        late = 1000 * np.stack([np.zeros_like(half), most - half])
        axes.errorbar(1000 * half, f1, xerr=late, fmt="o-", color=colour, label=result.name, capsize=3)
        axes.plot(1000 * half, offset, "--", color=colour, linewidth=1)
        for peer, mean in mean_by_delay(result.peers).items():
            level = mean["onset_f1_50"] or 0.0
            axes.axhline(level, color=colour, linestyle=":")
            axes.annotate(
                f"{peer}, {result.name}",
                (1, level),
                xytext=(-4, 2),
                xycoords=("axes fraction", "data"),
                textcoords="offset points",
                ha="right",
                fontsize=8,
                color=colour,
            )
    axes.set(xlabel="ms from the onset until half of the notes are out (bar: 95 %)", ylabel="F1, mean over files")
    axes.set(xlim=(0, None), ylim=(0, 1), title="F1 against delay: onsets within 50 ms (solid), and offsets (dashed)")
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right")
    return figure


def classes(name: str, matched: Mapping[str, Sequence[MatchedNotes]]) -> Figure:
    """Precision, recall and F1 by register and by velocity: the estimated one for precision, else the reference's."""
    figure = Figure(figsize=(14, 8), layout="constrained")
    panels = figure.subplots(2, 3, sharey=True)
    columns = (("register", "pitch", REGISTERS), ("velocity", "velocity", VELOCITIES))
    for row, (group, column, bounds) in zip(panels, columns, strict=True):
        for axes, title in zip(row, ("precision", "recall", "F1"), strict=True):
            axes.set(title=f"{title} by {group}", ylim=(0, 1.02))
            axes.set_xticks(range(len(bounds)), list(bounds))
            axes.set_xlim(-0.4, len(bounds) - 0.6)
            axes.grid(alpha=0.3)
        for (delay, notes), colour in coloured(matched):
            for axes, values in zip(row, class_metrics(notes, column, bounds).T, strict=True):
                axes.plot(values, "o-", color=colour, label=delay, markersize=4)
    figure.suptitle(f"{name}: onsets within 50 ms, all files together")
    figure.axes[0].legend(loc="lower right", fontsize=8)
    return figure


def class_metrics(notes: Sequence[MatchedNotes], column: str, bounds: Bounds) -> npt.NDArray[np.float64]:
    """(classes, 3) precision, recall and F1 of the notes whose `column` lies within each class's bounds; NaN where it
    has too few notes."""
    metrics = []
    for low, high in bounds.values():
        right, found = [], []
        for one in notes:
            estimated, true = getattr(one.estimated, column), getattr(one.reference, column)
            right.append(one.right[(estimated >= low) & (estimated < high)])
            found.append(one.found[(true >= low) & (true < high)])
        precision, recall = share(np.concatenate(right)), share(np.concatenate(found))
        metrics.append((precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)))
    return np.array(metrics, np.float64)


def share(which: npt.NDArray[np.bool_]) -> float:
    """How many of them; NaN for too few."""
    return float(which.mean()) if len(which) >= FEWEST_NOTES else float("nan")


def certainty(name: str, matched: Mapping[str, Sequence[MatchedNotes]]) -> Figure:
    """Above: of the notes with a certainty p, the share that was right; below: how many there were."""
    figure = Figure(figsize=(8, 8), layout="constrained")
    curve, counts = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
    curve.plot([0, 1], [0, 1], color="#9aa0a6", linestyle=":", label="p is the share that is right")
    middle = (CERTAINTIES[1:] + CERTAINTIES[:-1]) / 2
    for (delay, notes), colour in coloured(matched):
        p = np.concatenate([one.estimated.confidence for one in notes if one.estimated.confidence is not None])
        right = np.concatenate([one.right for one in notes])
        place = np.clip(np.digitize(p, CERTAINTIES) - 1, 0, len(middle) - 1)
        curve.plot(middle, [share(right[place == i]) for i in range(len(middle))], "o-", color=colour, label=delay)
        counts.plot(middle, [(place == i).sum() for i in range(len(middle))], color=colour, drawstyle="steps-mid")
    curve.set(ylabel="share that was right (50 ms)", ylim=(0, 1.02), title=f"{name}: how far a note's p can be trusted")
    counts.set(xlabel="p of the note", ylabel="notes", xlim=(0, 1))
    for axes in (curve, counts):
        axes.grid(alpha=0.3)
    curve.legend(loc="upper left", fontsize=8)
    return figure


def intervals(name: str, matched: Mapping[str, Sequence[MatchedNotes]]) -> Figure:
    """Per delay: how many of the false notes lie each interval above or below a key struck within 50 ms, and as a line
    how many of the right ones do, since music has octaves of its own."""
    figure = Figure(figsize=(12, 0.8 + 2.2 * len(matched)), layout="constrained")
    panels = figure.subplots(len(matched), 1, sharex=True, squeeze=False)[:, 0]
    steps = np.arange(-WIDEST, WIDEST + 1)
    for axes, ((delay, notes), colour) in zip(panels, coloured(matched), strict=True):
        false, right = interval_shares(notes, False), interval_shares(notes, True)
        axes.bar(steps, false, color=colour, label="false notes")
        axes.plot(steps, right, color="black", linewidth=1, drawstyle="steps-mid", label="right notes")
        axes.set(ylabel="share", title=f"{delay}: {sum((~one.right).sum() for one in notes)} false notes")
        axes.set_ylim(0, 1.25 * max(float(false.max()), float(right.max()), 0.05))
        name_intervals(axes, np.maximum(false, right))
    panels[0].legend(loc="upper left", fontsize=8)
    panels[-1].set(xlabel="semitones above a key that was struck within 50 ms", xlim=(-WIDEST - 1, WIDEST + 1))
    figure.suptitle(f"{name}: which intervals are confused")
    return figure


def name_intervals(axes: Axes, heights: Float64Array) -> None:
    for interval, text in NAMED.items():
        height = heights[interval + WIDEST]
        axes.annotate(text, (interval, height), ha="center", va="bottom", fontsize=7)


def interval_shares(notes: Sequence[MatchedNotes], right: bool) -> Float64Array:
    """(2 * WIDEST + 1,) of the right or false notes, the share that has another key struck within 50 ms so many
    semitones below it; for a right note its own key does not count."""
    counts, estimated = np.zeros(2 * WIDEST + 1), 0
    for one in notes:
        chosen = np.flatnonzero(one.right == right)
        together = np.abs(one.estimated.onset[chosen, None] - one.reference.onset) <= TOGETHER_S
        apart = one.estimated.pitch[chosen, None] - one.reference.pitch
        for place, interval in enumerate(range(-WIDEST, WIDEST + 1)):
            counts[place] += (together & (apart == interval)).any(axis=1).sum()
        estimated += len(chosen)
    if right:
        counts[WIDEST] = 0
    return counts / max(estimated, 1)


def coloured(things: Mapping[str, T]) -> list[tuple[tuple[str, T], str]]:
    """Each set, delay or peer with a colour of its own."""
    return [(item, PALETTE[i % len(PALETTE)]) for i, item in enumerate(things.items())]
