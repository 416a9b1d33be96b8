"""Model files and their cards: written, checked, described."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from export.card import model_card
from export.evaluation import read_evaluation
from export.verify import SHORTEST_S, Check, verify
from realtime.contract import SAMPLE_RATE, FloatArray
from realtime.errors import FileError, ModelError, UsageError
from realtime.system.storage import file_error, make_folder, require_writable
from realtime.transcription.model import OnnxStep
from training.data.corpus.recordings import AUDIO_SUFFIXES, read_audio

LONGEST_S = 30.0


def export_checkpoint(checkpoint: Path, output: Path, audio: Path | None, scores: Path | None) -> None:
    """Write `output` and its card. A file that fails a check is not put in place. Raises FileError, ModelError."""
    from export.onnx_file import write_onnx
    from export.parity import check_parity
    from training.model.checkpoint import Checkpoint

    if output.suffix == card_path(output).suffix:
        raise UsageError(f"{output} is where the card goes: name the model with another ending, .onnx.")
    make_folder(output.parent)
    require_writable(output.parent)
    saved, sound, evaluation = Checkpoint.load(checkpoint), sound_for_checks(audio), read_evaluation(scores)
    network = saved.averaged_network()
    spec = network.spec(output.stem, saved.config["corpus_name"], saved.config["licence"])
    unfinished = output.with_name(f".{output.name}.part")
    try:
        write_onnx(network, spec, unfinished)
        checks = [*verify(unfinished, sound), check_parity(unfinished, network, sound)]
        show(output, checks)
        unfinished.replace(output)
        card_path(output).write_text(model_card(spec, checks, evaluation), encoding="utf-8")
    except OSError as error:
        raise file_error(error, output) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def verify_file(model: Path, checkpoint: Path | None, audio: Path | None) -> None:
    """Raises ModelError when a clause does not hold, or the file is not one of ours."""
    show(model, all_checks(model, checkpoint, sound_for_checks(audio)))


def write_card(model: Path, checkpoint: Path | None, audio: Path | None, scores: Path | None) -> None:
    """Write the card of a file as it is now, calibrated or not. Raises FileError, ModelError."""
    evaluation = read_evaluation(scores)
    checks = all_checks(model, checkpoint, sound_for_checks(audio))
    show(model, checks)
    text = model_card(OnnxStep(model, device="cpu").spec, checks, evaluation)
    try:
        card_path(model).write_text(text, encoding="utf-8")
    except OSError as error:
        raise file_error(error, card_path(model)) from error


def all_checks(model: Path, checkpoint: Path | None, sound: FloatArray) -> list[Check]:
    """The contract's clauses and, with a checkpoint, equality with torch; torch is not imported without one."""
    checks = verify(model, sound)
    if checkpoint is not None:
        from export.parity import check_parity
        from training.model.checkpoint import Checkpoint

        checks.append(check_parity(model, Checkpoint.load(checkpoint).averaged_network(), sound))
    return checks


def card_path(model: Path) -> Path:
    return model.with_suffix(".md")


def show(path: Path, checks: Sequence[Check]) -> None:
    """A table on the terminal. Raises ModelError that names what does not hold."""
    table = Table(title=escape(str(path)))
    for heading in ("clause", "holds", "found"):
        table.add_column(heading)
    for check in checks:
        table.add_row(check.clause, "yes" if check.holds else "[red]NO", escape(check.found))
    Console().print(table)
    broken = [check.clause for check in checks if not check.holds]
    if broken:
        raise ModelError(f"The model {path} does not keep its contract: {'; '.join(broken)}.")


def sound_for_checks(path: Path | None) -> FloatArray:
    """Up to 30 s of a real recording at 16 kHz: `path`, or the demo's. Raises FileError."""
    chosen = path or demo_recording()
    audio = read_audio(chosen)
    if len(audio) < SHORTEST_S * SAMPLE_RATE:
        raise FileError(f"{chosen} lasts {len(audio) / SAMPLE_RATE:.1f} s; a check takes at least {SHORTEST_S:.0f} s.")
    return audio[: round(LONGEST_S * SAMPLE_RATE)]


def demo_recording() -> Path:
    """The recording that `liszten demo` plays. Raises FileError."""
    folder = Path(str(resources.files("assets"))) / "demo"
    found = sorted(path for path in folder.glob("*") if path.suffix.lower() in AUDIO_SUFFIXES)
    if not found:
        raise FileError(f"There is no recording in {folder}; name one with --audio.")
    return found[0]
