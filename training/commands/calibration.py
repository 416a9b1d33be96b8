"""Calibrate a model file's decoder on a corpus, and show the calibration."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from realtime.contract import LIVE, StreamSpec
from realtime.errors import UsageError
from realtime.transcription.expected import can_expect
from realtime.transcription.model import OnnxStep
from training.calibration.calibrate import calibrate, examples_of, validation_source
from training.calibration.expected import calibrate_expected, lessons_of
from training.calibration.live import calibrate_live
from training.calibration.onnx_metadata import rewrite_spec
from training.data.corpus.paths import MissingCorpusError
from training.data.segments.segments import SegmentSource
from training.fit.config import read_config
from training.fit.starter import starter_corpus


def calibrate_model(path: Path, config: Path | None, starter: bool, segments: int, seconds: float, pupils: int) -> None:
    """Replace the calibration in the ONNX file, tuned on the corpus of a run's TOML file, on the starter corpus, or on
    the full one. Raises ModelError, FileError, UsageError, MissingCorpusError."""
    source = chosen_source(config, starter, seconds)
    model = OnnxStep(path, device="cpu")
    with Console(stderr=True).status("rendering") as status:
        examples = examples_of(model, source, segments, status.update)
        spec = calibrate_live(calibrate(model.spec, examples, status.update), examples, status.update)
        if can_expect(spec):
            spec = calibrate_expected(spec, lessons_of(model, source, pupils, status.update), status.update)
    rewrite_spec(path, spec)
    Console().print(calibration_table(spec))
    Console().print(expected_line(spec))


def chosen_source(config: Path | None, starter: bool, seconds: float) -> SegmentSource:
    """Validation segments of the corpus asked for. Raises UsageError, FileError, or MissingCorpusError, which for
    the full corpus says what to name instead."""
    if config is None and not starter:
        try:
            return validation_source(seconds)
        except MissingCorpusError as error:
            raise MissingCorpusError(
                f"{error}. Name the TOML file of the run whose corpus you have, or take --starter"
            ) from error
    if config is None:
        return validation_source(seconds, starter_corpus())
    if starter:
        raise UsageError(f"Give either {config} or --starter: the decoder is tuned on one corpus.")
    corpus = read_config(config).corpus
    try:
        return validation_source(seconds, corpus)
    except UsageError as error:
        raise UsageError(f"{config}: nothing can be rendered to tune on: {error}") from error


def calibration_table(spec: StreamSpec) -> Table:
    """A row per delay, then those of mode `live`."""
    table = Table(title=escape(f"{spec.name} · decoder calibration"))
    for heading in ("delay", "onset", "struck again", "frame", "key-off", "pedal on", "pedal off", "velocity"):
        table.add_column(heading, justify="left" if heading == "delay" else "right")
    live = {f"{LIVE}: {delay}": calibration for delay, calibration in spec.live.items()}
    for delay, c in {**spec.calibration, **live}.items():
        line = f"{c.velocity_offset:+.1f} + {c.velocity_gain:.3f} v"
        table.add_row(
            delay, *(f"{v:.3f}" for v in (c.onset, c.restrike, c.frame, c.keyoff, c.pedal_on, c.pedal_off)), line
        )
    return table


def expected_line(spec: StreamSpec) -> str:
    """What is asked of expected keys."""
    values = ", ".join(f"{name} {value:g}" for name, value in asdict(spec.expected).items())
    return f"expected keys, logits: {values}"
