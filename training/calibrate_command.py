"""`liszten-train calibrate`: tune a model file's decoder and show what was chosen."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from realtime.contract import StreamSpec
from realtime.errors import FileError
from realtime.model import OnnxStep
from training.calibrate import calibrate, samples_of, validation_source
from training.onnx_metadata import rewrite_spec


def calibrate_command(path: Path, segments: int, seconds: float) -> None:
    """Replace the calibration in the ONNX file. Raises ModelError, FileError, MissingCorpusError."""
    model = OnnxStep(path, device="cpu")
    source = validation_source(seconds)
    with Console(stderr=True).status("rendering") as status:
        samples = samples_of(model, source, segments, status.update)
        spec = calibrate(model.spec, samples, status.update)
    try:
        rewrite_spec(path, spec)
    except OSError as error:
        raise FileError(f"{path} cannot be written ({error.strerror}).") from error
    Console().print(calibration_table(spec))


def calibration_table(spec: StreamSpec) -> Table:
    """A row per delay."""
    table = Table(title=f"{spec.name} · decoder calibration")
    for heading in ("delay", "onset", "frame", "key-off", "pedal on", "pedal off", "velocity"):
        table.add_column(heading, justify="left" if heading == "delay" else "right")
    for delay, c in spec.calibration.items():
        line = f"{c.velocity_offset:+.1f} + {c.velocity_gain:.3f} v"
        table.add_row(delay, *(f"{v:.3f}" for v in (c.onset, c.frame, c.keyoff, c.pedal_on, c.pedal_off)), line)
    return table
