"""An evaluation as tables for the terminal, CSV, JSON, and a piano-roll picture per file."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from realtime.notes import NoteTable
from realtime.system.storage import file_error
from training.evaluation.error_kinds import error_rows
from training.evaluation.metric_text import (
    BEGINNING_HEADINGS,
    HEADINGS,
    LEGEND,
    LONE_HEADINGS,
    STAGE_HEADINGS,
    beginning_cells,
    cells,
    lone_cells,
    metric_text,
    stage_cells,
)
from training.evaluation.metrics import match_notes
from training.evaluation.plots import write_plots
from training.evaluation.results import FileResult, SetResult, as_json, mean_metrics

MOST_FILES = 40  # in a table; CSV and JSON have the files of larger sets
RIGHT, FALSE, MISSED = "#2a9d8f", "#e63946", "#9aa0a6"


def print_tables(results: Sequence[SetResult], console: Console) -> None:
    """Per set: means by delay, by microphone group and the worst file; then every file."""
    for result in results:
        if result.noise:
            console.print(noise_table(result))
        if result.beginnings:
            rows = [beginning_cells(asdict(found)) for found in result.beginnings]
            console.print(plain_table(f"{result.name} · {result.model}", BEGINNING_HEADINGS, rows))
        if result.files:
            console.print(summary_table(result))
            for table in count_tables(result):
                console.print(table)
            if len({row.file for row in result.files}) <= MOST_FILES:
                console.print(file_table(result))
    if any(result.files for result in results):
        console.print(LEGEND, style="dim")


def noise_table(result: SetResult) -> Table:
    levels = sorted({r.level_dbfs for r in result.noise}, reverse=True)
    rows = []
    for delay in dict.fromkeys(r.delay for r in result.noise):
        found = [r for r in result.noise if r.delay == delay]
        counts = {r.level_dbfs: metric_text("false_notes_per_minute", r.false_notes_per_minute) for r in found}
        rows.append([delay, *(counts[level] for level in levels)])
    headings = ["delay", *(f"{level} dBFS" for level in levels)]
    return plain_table(f"{result.name} · {result.model} · false notes per minute", headings, rows)


def count_tables(result: SetResult) -> Iterator[Table]:
    """What became of lone notes; how soon, and by which delay, `live` told the right ones."""
    title = f"{result.name} · {result.model}"
    if result.lone:
        rows = [lone_cells(delay, count) for delay, count in result.lone.items()]
        yield plain_table(f"{title} · lone notes", LONE_HEADINGS, rows)
    if result.stages:
        rows = [stage_cells(mode, stages) for mode, stages in result.stages.items()]
        yield plain_table(f"{title} · how soon the right notes were told, and by which delay", STAGE_HEADINGS, rows)


def plain_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """The first column to the left, the others to the right."""
    table = Table(title=escape(title))
    for i, heading in enumerate(headings):
        table.add_column(heading, justify="right" if i else "left")
    for row in rows:
        table.add_row(*row)
    return table


def summary_table(result: SetResult) -> Table:
    """A row per delay and peer for all files, each group of files, the worst group of several, and the worst file."""
    table = metric_table(f"{result.name} · {result.model} · mean over files", ("delay", "files"))
    both = [*result.files, *result.peers]
    for delay in dict.fromkeys(r.delay for r in both):
        files = [r for r in both if r.delay == delay]
        table.add_row(delay, f"all {len(files)}", *cells(mean_metrics(files)), style="bold")
        for group in sorted({r.group for r in files if r.group}):
            members = [r for r in files if r.group == group]
            worst_group = "worst: " if result.worst_groups.get(delay) == group else ""
            table.add_row("", escape(f"{worst_group}{group} {len(members)}"), *cells(mean_metrics(members)))
        worst = min(files, key=lambda r: r.metrics.onset_f1_50)
        table.add_row("", escape(f"worst: {worst.file}"), *cells(mean_metrics([worst])), style="dim", end_section=True)
    return table


def file_table(result: SetResult) -> Table:
    """A row per file, delay and peer."""
    table = metric_table(f"{result.name} · {result.model} · per file", ("file", "delay"))
    both = [*result.files, *result.peers]
    for file in dict.fromkeys(r.file for r in both):
        rows = [r for r in both if r.file == file]
        for i, row in enumerate(rows):
            table.add_row(
                file if i == 0 else "", row.delay, *cells(mean_metrics([row])), end_section=i == len(rows) - 1
            )
    return table


def metric_table(title: str, leading: tuple[str, ...]) -> Table:
    table = Table(title=escape(title))
    for heading in leading:
        table.add_column(heading, overflow="fold")
    for heading in HEADINGS.values():
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def write_results(results: Sequence[SetResult], folder: Path) -> None:
    """scores.json, scores.csv, errors.csv and plots in `folder`, and FOLDER/SET/FILE.png for every recording. Raises
    FileError."""
    try:
        write_files(results, folder)
    except OSError as error:
        raise file_error(error, folder) from error


def write_files(results: Sequence[SetResult], folder: Path) -> None:
    """As `write_results`. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scores.json").write_text(json.dumps(as_json(results), indent=1), encoding="utf-8")
    rows = [{"set": s.name, "model": s.model} | r.row() for s in results for r in [*s.files, *s.peers]]
    errors = [{"set": s.name, "model": s.model} | row for s in results for row in error_rows([*s.files, *s.peers])]
    for name, table in (("scores.csv", rows), ("errors.csv", errors)):
        if table:
            write_csv(table, folder / name)
    write_plots(results, folder)
    for result in results:
        for name in dict.fromkeys(r.file for r in result.files):
            pictures = folder / result.name
            pictures.mkdir(exist_ok=True)
            draw([r for r in [*result.files, *result.peers] if r.file == name]).savefig(
                pictures / f"{name}.png", dpi=110
            )


def write_csv(rows: Sequence[Mapping[str, object]], path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def draw(results: Sequence[FileResult]) -> Figure:
    """One recording's piano rolls, a panel per delay or peer: right, false and missed notes."""
    figure = Figure(figsize=(14, 0.6 + 3.2 * len(results)), layout="constrained")
    panels = figure.subplots(len(results), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
    for panel, result in zip(panels, results, strict=True):
        matching = match_notes(result.reference, result.estimated, tolerance_s=0.050)
        found = np.isin(np.arange(len(result.reference.onset)), matching[:, 0])
        right = np.isin(np.arange(len(result.estimated.onset)), matching[:, 1])
        bars(panel, result.reference, ~found, result.seconds, MISSED, "missed")
        bars(panel, result.estimated, right, result.seconds, RIGHT, "right")
        bars(panel, result.estimated, ~right, result.seconds, FALSE, "false")
        panel.set(xlim=(0, result.seconds), ylim=(20, 109), ylabel="pitch")
        counts = f"{right.sum()} right, {(~right).sum()} false, {(~found).sum()} missed"
        f1 = result.metrics.onset_f1_50
        panel.set_title(f"{result.file} · {result.delay} · onset F1 {f1:.3f} · {counts}", fontsize=9)
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside upper right", fontsize=8, ncols=3)
    panels[-1].set_xlabel("s")
    return figure


def bars(
    panel: Axes,
    notes: NoteTable,
    chosen: npt.NDArray[np.bool_],
    seconds: float,
    colour: str,
    label: str,
) -> None:
    """The chosen notes as bars from onset to pedal-extended offset, each onset marked."""
    onset, offset, pitch = notes.onset[chosen], notes.pedal_extended(seconds)[chosen], notes.pitch[chosen]
    lines = [[(a, p), (b, p)] for a, b, p in zip(onset, offset, pitch, strict=True)]
    panel.add_collection(LineCollection(lines, colors=colour, linewidths=2.0, alpha=0.5))
    panel.scatter(onset, pitch, s=9, color=colour, label=label)
