"""A copy of the model whose decoder is tuned to the player's own piano, and the gain in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from realtime.contract import StreamSpec
from realtime.errors import UsageError
from realtime.system.storage import make_folder, require_writable
from realtime.transcription.model import OnnxStep, shipped_model
from training.calibration.onnx_metadata import rewrite_spec
from training.calibration.tune import Evaluated, examples_of_takes, tune_delay
from training.commands.calibration import calibration_table

SUFFIX = "-tuned"


def tune_model(takes: Sequence[Path], model: Path | None, output: Path) -> Path:
    """Write the tuned copy to `output` and return that. Raises UsageError, FileError, ModelError."""
    source = model or shipped_model()
    if output.exists() and output.samefile(source):
        raise UsageError(f"{output} is the model itself: name another file with -o, so that nothing is lost.")
    step = OnnxStep(source, device="cpu")
    make_folder(output.parent)
    require_writable(output.parent)
    with Console(stderr=True).status("listening") as status:
        examples = examples_of_takes(step, takes, status.update)
        found = {}
        for delay in step.spec.shifts:
            status.update(f"tuning {delay}")
            found[delay] = tune_delay(step.spec, delay, examples)
    spec = tuned_spec(step.spec, found)
    rewrite_spec(source, spec, output)
    console = Console(stderr=True)
    console.print(gain_table(found))
    console.print(calibration_table(spec))
    return output


def tuned_spec(spec: StreamSpec, found: Mapping[str, tuple[Evaluated, Evaluated]]) -> StreamSpec:
    """The same model with the new calibrations, and a name that says so."""
    name = spec.name if spec.name.endswith(SUFFIX) else spec.name + SUFFIX
    return replace(spec, name=name, calibration={delay: after.calibration for delay, (_, after) in found.items()})


def gain_table(found: Mapping[str, tuple[Evaluated, Evaluated]]) -> Table:
    """A row per delay: the takes' mean objectives before and after."""
    table = Table(title="your takes, before → after")
    for heading in ("delay", "onsets", "onsets and offsets", "pedal"):
        table.add_column(heading, justify="left" if heading == "delay" else "right")
    for delay, (before, after) in found.items():
        both = zip(before.means, after.means, strict=True)
        table.add_row(delay, *(f"{old:.3f} → {new:.3f}" for old, new in both))
    return table
