"""`liszten-train evaluate`: options in, tables, JSON and report files out."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from realtime.contract import StreamSpec
from realtime.errors import FileError, UsageError
from realtime.model import OnnxStep, shipped_model
from training.evaluate import Listener, evaluate_set, find_sets
from training.report import print_tables, write_report
from training.results import as_json

SOME_FAILED = 7
NARROWEST_COLUMNS = 170  # a table of fourteen scores; a terminal that is narrower wraps, a file does not


def evaluate_command(
    model: Path | None, sets: Sequence[str], delays: Sequence[str], peers: bool, json_only: bool, output: Path | None
) -> int:
    """Score the named sets; the exit status: 0, or 7 when a recording was left out, each named on stderr.

    Raises ModelError, UsageError, FileError, MissingCorpusError.
    """
    folders = find_sets(sets)
    step = OnnxStep(model or shipped_model(), device="cpu")
    chosen = chosen_delays(step.spec, delays)
    others: list[tuple[str, Listener]] = list(installed_peers()) if peers else []
    stderr = Console(stderr=True)

    def tell(sentence: str) -> None:
        stderr.print(f"liszten-train: {sentence}", soft_wrap=True, markup=False, highlight=False)

    with stderr.status("reading") as status:
        results = [
            evaluate_set(step, name, folder, chosen, others, status.update, tell) for name, folder in folders.items()
        ]
    if output is not None:
        try:
            write_report(results, output)
        except OSError as error:
            raise FileError(f"The report cannot be written to {output} ({error.strerror}).") from error
    if json_only:
        sys.stdout.write(json.dumps(as_json(results)) + "\n")
    else:
        console = Console()
        print_tables(results, console if console.is_terminal else Console(width=NARROWEST_COLUMNS))
    failed = sum(len(result.failed) for result in results)
    if failed:
        tell(f"Not everything could be scored: {failed} failed, named above.")
    return SOME_FAILED if failed else 0


def chosen_delays(spec: StreamSpec, delays: Sequence[str]) -> list[str]:
    """The delays asked for, or all of the model's. Raises UsageError for one that it lacks."""
    for delay in delays:
        if delay not in spec.shifts:
            raise UsageError(f"There is no delay '{delay}'. This model offers {', '.join(spec.shifts)}.")
    return list(dict.fromkeys(delays)) or list(spec.shifts)


def installed_peers() -> Sequence[tuple[str, Listener]]:
    """Raises UsageError when there is none."""
    from training.peers import installed

    found = installed()
    if not found:
        raise UsageError("No peer is installed. Try: pip install --no-deps basic-pitch resampy")
    return found
