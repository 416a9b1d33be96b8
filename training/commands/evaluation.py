"""Evaluate sets of recordings: names of sets in; tables, JSON and files out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from realtime.contract import StreamSpec
from realtime.errors import UsageError
from realtime.system.storage import make_folder, require_writable
from realtime.transcription.model import OnnxStep, shipped_model
from realtime.transcription.model_stage import require_mode
from training.data.corpus.paths import data_folder
from training.evaluation.beginnings import BEGINNINGS, evaluate_beginnings
from training.evaluation.evaluate import Transcriber, evaluate_set, find_sets
from training.evaluation.life import LIFE, SOURCE, make_life
from training.evaluation.peer_cache import cache_folder
from training.evaluation.rendered import RENDERED, render_sets
from training.evaluation.results import as_json
from training.evaluation.tables import print_tables, write_results

SOME_FAILED = 7
NARROWEST_COLUMNS = 170  # a table of fourteen metrics; a terminal that is narrower wraps, a file does not


def evaluate_sets(
    model: Path | None, sets: Sequence[str], delays: Sequence[str], peers: bool, json_only: bool, output: Path | None
) -> int:
    """Evaluate the named sets; the exit status: 0, or 7 when a recording was left out, each named on stderr.

    Raises ModelError, UsageError, FileError, MissingCorpusError.
    """
    step = OnnxStep(model or shipped_model(), device="cpu")
    chosen = chosen_delays(step.spec, delays)
    if output is not None:
        make_folder(output)
        require_writable(output)
    others: list[tuple[str, Transcriber]] = list(installed_peers()) if peers else []
    stderr = Console(stderr=True)

    def report(sentence: str) -> None:
        stderr.print(f"liszten-train: {sentence}", soft_wrap=True, markup=False, highlight=False)

    with TemporaryDirectory(prefix="liszten-") as scratch, stderr.status("reading") as status:
        played = [name for name in sets if name != BEGINNINGS]
        folders = find_sets(with_made(played, Path(scratch), status.update)) if played or not sets else {}
        results = [
            evaluate_set(step, name, folder, chosen, others, status.update, report) for name, folder in folders.items()
        ]
        if BEGINNINGS in sets:
            results.append(evaluate_beginnings(step, data_folder(), chosen, status.update))
    if json_only:
        sys.stdout.write(json.dumps(as_json(results)) + "\n")
    else:
        console = Console()
        print_tables(results, console if console.is_terminal else Console(width=NARROWEST_COLUMNS))
    if output is not None:
        write_results(results, output)
    failed = sum(len(result.failed) for result in results)
    if failed:
        report(f"Not everything could be scored: {failed} failed, named above.")
    return SOME_FAILED if failed else 0


def with_made(sets: Sequence[str], scratch: Path, progress: Callable[[str], None]) -> list[str]:
    """The sets, those that are made replaced by their folders and before the others. Raises MissingCorpusError,
    UsageError, FileError, also when another set is not there: before minutes of making."""
    others = [name for name in sets if name not in (RENDERED, LIFE)]
    if len(others) == len(sets):
        return others
    if others:
        find_sets(others)
    made = []
    if RENDERED in sets:
        made += render_sets(scratch, progress=progress)
    if LIFE in sets:
        made.append(make_life(data_folder() / SOURCE, cache_folder(LIFE), progress))
    return [*map(str, made), *others]


def chosen_delays(spec: StreamSpec, delays: Sequence[str]) -> list[str]:
    """The delays asked for, or all of the model's. Raises UsageError for one that it lacks."""
    for delay in delays:
        require_mode(spec, delay)
    return list(dict.fromkeys(delays)) or list(spec.modes)


def installed_peers() -> Sequence[tuple[str, Transcriber]]:
    """Raises UsageError when there is none."""
    from training.evaluation.peer_cache import cached
    from training.evaluation.peers import installed

    found = installed()
    if not found:
        raise UsageError("No peer is installed. Try: pip install --no-deps basic-pitch resampy")
    return [(peer.name, cached(peer.name, peer.transcribe, cache_folder("peers"))) for peer in found]
