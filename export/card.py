"""The model card: a page of Markdown beside the ONNX file, made of its spec, its checks and its metrics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from export.verify import Check
from export.weaknesses import hardest, weaknesses
from realtime.contract import StreamSpec
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

HOW_SCORED = f"Means over files (mir_eval, pitches in Hz). {LEGEND}."


def model_card(spec: StreamSpec, checks: Sequence[Check], evaluation: Mapping[str, Any] | None) -> str:
    """Markdown. checks: of `export.verify`; evaluation: the object that `liszten-train evaluate --json` prints."""
    sections = [
        f"# {spec.name}",
        "Hears a piano in 16 kHz mono audio, one hop of 10 ms at a time, and says of each of the 88 keys whether it "
        "was struck, sounds or was released and how hard it was struck, and whether the sustain pedal is down.",
        section("Licence and corpus", [spec.licence or "Not stated.", spec.corpus or "The corpus is not stated."]),
        section("Facts", facts(spec)),
        section("Delays and calibration", [delay_table(spec), expected_line(spec)]),
        section("Scores", metric_tables(evaluation)),
        section("Known weaknesses", ["\n".join(f"- {weakness}" for weakness in weaknesses(spec, evaluation))]),
        section("Checked at export", ["\n".join(check_line(check) for check in checks)]),
    ]
    return "\n\n".join(sections) + "\n"


def section(title: str, paragraphs: Iterable[str]) -> str:
    return "\n\n".join([f"## {title}", *paragraphs])


def facts(spec: StreamSpec) -> list[str]:
    windows = ", ".join(f"{w.length} samples (of which {w.tail} after its peak)" for w in spec.windows)
    states = ", ".join(f"`{name}` {'x'.join(map(str, shape))}" for name, shape in spec.states.items())
    return [
        f"- {spec.parameters:,} parameters, float32, ONNX, one hop of {spec.hop} samples per run\n"
        f"- Causal CNN-GRU; analysis windows: {windows}\n"
        f"- State in and out, zero at the start: {states}\n"
        f"- The contract lies in the file's metadata under `liszten.spec`"
    ]


def delay_table(spec: StreamSpec) -> str:
    """A row per delay, then those of mode `live`: algorithmic delay without the resampler, what the decoder uses."""
    rows = []
    used = [(delay, delay, spec.calibration.get(delay)) for delay in spec.shifts]
    for name, delay, c in [*used, *((f"live: {delay}", delay, c) for delay, c in spec.live.items())]:
        tuned = [c.onset, c.restrike, c.frame, c.keyoff, f"{c.pedal_on} / {c.pedal_off}"] if c else ["default"] * 5
        line = f"{c.velocity_offset:+.1f} + {c.velocity_gain:.2f} v" if c else "v"
        rows.append([name, f"{1000 * spec.delay(delay):.0f} ms", *map(str, tuned), line])
    return table(
        ["delay", "algorithmic", "onset", "struck again", "frame", "key-off", "pedal on / off", "velocity"], rows
    )


def expected_line(spec: StreamSpec) -> str:
    """What is asked of expected keys, for practice."""
    c = spec.expected
    return (
        f"Expected keys: accurate asks for {c.lowered:g} logits less once another key of the group is heard, for "
        f"{c.chord:g} more once half of them are, for {c.attempt:g} more with every further stroke, for {c.most:g} "
        f"less at most; beside a stronger octave for {c.octave:g} more than alone."
    )


def metric_tables(evaluation: Mapping[str, Any] | None) -> list[str]:
    """A table per set; sets of noise alone have only false notes."""
    if evaluation is None:
        return ["Not evaluated."]
    sets = [evaluation, *evaluation.get("more_sets", [])]
    return [HOW_SCORED, *(part for one in sets for part in set_tables(one))]


def set_tables(one: Mapping[str, Any]) -> list[str]:
    left_out = [f"Left out, as they could not be read or heard: {len(one['failed'])}."] if one.get("failed") else []
    if beginnings := one.get("beginnings"):
        rows = [beginning_cells(found) for found in beginnings]
        return [f"### {one['set']}: the first 0.1 s of streams, and zeros", table(BEGINNING_HEADINGS, rows), *left_out]
    if not one["mean"]:
        return [f"### {one['set']}", *left_out]
    if not one["files"]:
        rows = [[delay, *(metric_text(name, v) for name, v in found.items())] for delay, found in one["mean"].items()]
        headings = [f"at -{key.rsplit('_', 1)[1]} dBFS" for key in next(iter(one["mean"].values()))]
        return [f"### {one['set']}: false notes per minute where nobody plays", table(["delay", *headings], rows)]
    rows = [[delay, "all", *cells(found)] for delay, found in one["mean"].items()]
    for group, means in one.get("groups", {}).items():
        rows += [[delay, group, *cells(found)] for delay, found in means.items()]
    rows += [[peer, "all", *cells(found)] for peer, found in one.get("peers", {}).get("mean", {}).items()]
    worst = ", ".join(f"{delay}: {file} ({f1:.3f})" for delay in one["mean"] for file, f1 in hardest(one, delay))
    headings = ["delay", "files", *HEADINGS.values()]
    files = len({row["file"] for row in one["files"]})
    tables = [table(headings, rows), *count_tables(one)]
    return [f"### {one['set']}, {files} files", *tables, *worst_group(one), f"Worst file: {worst}.", *left_out]


def count_tables(one: Mapping[str, Any]) -> Iterator[str]:
    """What became of lone notes; how soon, and by which delay, `live` told the right notes."""
    if lone := one.get("lone"):
        yield table(LONE_HEADINGS, [lone_cells(delay, count) for delay, count in lone.items()])
    if stages := one.get("stages"):
        yield table(STAGE_HEADINGS, [stage_cells(mode, found) for mode, found in stages.items()])


def worst_group(one: Mapping[str, Any]) -> Iterator[str]:
    """The group of the lowest onset F1 at each delay."""
    if worst := one.get("worst_group"):
        yield f"Worst of the groups: {', '.join(f'{delay}: {group}' for delay, group in worst.items())}."


def check_line(check: Check) -> str:
    return f"- {'yes' if check.holds else '**NO**'}: {check.clause} ({check.found})"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
