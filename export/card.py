"""The model card: a page of Markdown beside the ONNX file, made of its spec, its checks and its scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from export.verify import Check
from realtime.contract import StreamSpec

SCORES = {
    "onset_p_50": "onset P",
    "onset_r_50": "onset R",
    "onset_f1_50": "onset F1",
    "onset_f1_100": "F1 at 100 ms",
    "offset_f1": "+ offset",
    "velocity_f1": "+ velocity",
    "frame_f1": "frame",
    "pedal_f1": "pedal",
    "repeats": "repeats",
    "false_notes_per_minute": "false/min",
    "emission_p50_s": "emission p50",
    "emission_p95_s": "p95",
}
HOW_SCORED = (
    "Means over files. Onsets within 50 ms unless said otherwise (mir_eval, pitches in Hz); offsets extended by the "
    "sustain pedal on both sides; frames 10 ms apart; repeats: share of same-key pairs struck 75-150 ms apart of which "
    "both were found; false/min: heard notes without a true one; emission: stream clock when a matched note left "
    "the decoder minus its true onset."
)
WEAKNESSES = (
    "It knows the piano only: speech and other sounds become notes now and then (noise-dev counts them).",
    "Soft notes, low notes and the lower notes of a chord are missed first.",
    "Most false notes lie an octave, a twelfth or two octaves from a note that was struck at the same moment.",
    "The shortest delay hears too little of a low string: below C3 it misses many notes.",
    "Releases are less certain than onsets, most of all under the pedal and in reverberant rooms.",
    "It learned from concert repertoire; few beginners' pieces and no pop were in it.",
    "Most of its training sound is rendered from a handful of sampled pianos. Of real pianos it was measured on one "
    "Disklavier in one room only; scores there say little about others.",
)


def model_card(spec: StreamSpec, checks: Sequence[Check], evaluation: Mapping[str, Any] | None) -> str:
    """Markdown. checks: of `export.verify`; evaluation: the object that `liszten-train evaluate --json` prints."""
    sections = [
        f"# {spec.name}",
        "Hears a piano in 16 kHz mono audio, one hop of 10 ms at a time, and says of each of the 88 keys whether it "
        "was struck, sounds or was released and how hard it was struck, and whether the sustain pedal is down.",
        section("Licence and corpus", [spec.licence or "Not stated.", spec.corpus or "The corpus is not stated."]),
        section("Facts", facts(spec)),
        section("Delays and calibration", [delay_table(spec)]),
        section("Scores", scores(evaluation)),
        section("Known weaknesses", ["\n".join(f"- {weakness}" for weakness in WEAKNESSES)]),
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
    """A row per delay: algorithmic delay without the resampler, and what the decoder uses."""
    rows = []
    for delay in spec.shifts:
        c = spec.calibration.get(delay)
        tuned = [c.onset, c.frame, c.keyoff, f"{c.pedal_on} / {c.pedal_off}"] if c else ["default"] * 4
        line = f"{c.velocity_offset:+.1f} + {c.velocity_gain:.2f} v" if c else "v"
        rows.append([delay, f"{1000 * spec.delay(delay):.0f} ms", *map(str, tuned), line])
    return table(["delay", "algorithmic", "onset", "frame", "key-off", "pedal on / off", "velocity"], rows)


def scores(evaluation: Mapping[str, Any] | None) -> list[str]:
    """A table per set; sets of noise alone have only false notes."""
    if evaluation is None:
        return ["Not evaluated."]
    sets = [evaluation, *evaluation.get("more_sets", [])]
    return [HOW_SCORED, *(part for one in sets for part in set_scores(one))]


def set_scores(one: Mapping[str, Any]) -> list[str]:
    files = len({row["file"] for row in one["files"]})
    if not files:
        rows = [[delay, *(f"{v:.1f}" for v in found.values())] for delay, found in one["mean"].items()]
        headings = [f"at -{key.rsplit('_', 1)[1]} dBFS" for key in next(iter(one["mean"].values()), {})]
        return [f"### {one['set']}: false notes per minute where nobody plays", table(["delay", *headings], rows)]
    rows = [[delay, "all", *score_cells(found)] for delay, found in one["mean"].items()]
    for group, means in one.get("groups", {}).items():
        rows += [[delay, group, *score_cells(found)] for delay, found in means.items()]
    rows += [[peer, "all", *score_cells(found)] for peer, found in one.get("peers", {}).get("mean", {}).items()]
    worst = [
        f"{delay}: {row['file']} ({row['onset_f1_50']:.3f})"
        for delay in one["mean"]
        for row in [min((r for r in one["files"] if r["delay"] == delay), key=lambda r: float(r["onset_f1_50"]))]
    ]
    headings = ["delay", "files", *SCORES.values()]
    return [f"### {one['set']}, {files} files", table(headings, rows), "Worst file: " + ", ".join(worst) + "."]


def score_cells(found: Mapping[str, float | None]) -> list[str]:
    texts = []
    for name in SCORES:
        value = found.get(name)
        if value is None:
            texts.append("-")
        elif name.endswith("_s"):
            texts.append(f"{1000 * value:.0f} ms")
        else:
            texts.append(f"{value:.1f}" if name == "false_notes_per_minute" else f"{value:.3f}")
    return texts


def check_line(check: Check) -> str:
    return f"- {'yes' if check.holds else '**NO**'}: {check.clause} ({check.found})"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
