"""The model of the report's impressions: transcribe the missing excerpts, fit, test, write the model and its card."""

from __future__ import annotations

import hashlib
import io
import json
import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import platformdirs
from rich.console import Console

from realtime.notes import NoteTable
from realtime.report.panel.impressions import FORMAT_VERSION, METADATA, PLAYED, TRANSCRIBED
from realtime.report.panel.model import Panel
from realtime.system.storage import make_folder, replace_file, require_writable
from realtime.transcription.model import shipped_model
from training.fit.allocator import keep_freed_memory
from training.percepiano.agreement import agreement
from training.percepiano.alternative import STUDIO, Inputs, inputs
from training.percepiano.cache import ROUNDS, TranscriptionCache
from training.percepiano.card import card, figures
from training.percepiano.corpus import Excerpts, corpus_folder, read_excerpts, read_performances, read_votes
from training.percepiano.evaluate import TRAINING_SOURCES, Results, evaluate, training_rows
from training.percepiano.fit import fit_panel
from training.percepiano.rows import Rows, played_rows, transcribed_rows

NAME = "percepiano-notes"
FILE_NAME = "impressions.npz"


class Material(NamedTuple):
    """The excerpts with their rows as played and as transcribed; other: inputs to compare with, None without
    transcriptions."""

    excerpts: Excerpts
    played: Rows
    transcribed: Rows
    other: Inputs | None


def print_figures(cache: Path | None) -> None:
    """Print every figure of the card, from the transcriptions so far. Raises MissingCorpusError, FileError."""
    console = Console(stderr=True)
    with console.status("reading") as status:
        folder = corpus_folder()
        excerpts = read_excerpts(folder)
        material = gather(excerpts, read_performances(folder, excerpts.ids), _open(cache), status.update)
        results = _evaluate(folder, material, status.update)
    Console(width=200).print(figures(results), markup=False, highlight=False)


def fit_impressions(output: Path, cache: Path | None, minutes: float | None) -> Path:
    """Transcribe for at most `minutes` (None: all excerpts), fit, test, write the model with its card into `output`.

    Returns the model's path. Raises MissingCorpusError, ModelError, FileError.
    """
    keep_freed_memory()
    make_folder(output)
    require_writable(output)
    with Console(stderr=True).status("reading") as status:
        folder, store = corpus_folder(), _open(cache)
        excerpts = read_excerpts(folder)
        performances = read_performances(folder, excerpts.ids)
        deadline = math.inf if minutes is None else time.monotonic() + 60 * minutes
        for number in range(ROUNDS):
            store.transcribe(number, performances, status.update, deadline)
        material = gather(excerpts, performances, store, status.update)
        results = _evaluate(folder, material, status.update)
        content = packed(material, results)
    text = card(results, len(material.played.names), len(content), hashlib.sha256(content).hexdigest())
    path = output / FILE_NAME
    for file_path, written in ((path, content), (path.with_suffix(".md"), text.encode())):
        replace_file(file_path, written)
    return path


def gather(
    excerpts: Excerpts, performances: Sequence[NoteTable], store: TranscriptionCache, progress: Callable[[str], None]
) -> Material:
    """Rows of features as played, and of those transcriptions so far that are learned from or tested on."""
    played = played_rows(performances, progress)
    transcribed = played.of(np.zeros(len(played.excerpt), np.bool_))
    transcriptions = [transcription for number in range(ROUNDS) for transcription in store.read(number)]
    for transcription in transcriptions:
        if transcription.delay == STUDIO or transcription.source in TRAINING_SOURCES:
            transcribed = transcribed + transcribed_rows(transcription, progress)
    return Material(excerpts, played, transcribed, inputs(transcriptions, transcribed) if transcriptions else None)


def packed(material: Material, results: Results) -> bytes:
    """The model's file: both panels fitted on everything, with their metrics."""
    excerpts, names = material.excerpts, material.played.names
    agree = results.agreement
    arrays: dict[str, np.ndarray] = {}
    for domain, rows in (
        (PLAYED, material.played),
        (TRANSCRIBED, material.played + training_rows(material.transcribed)),
    ):
        ratings = excerpts.rating[rows.excerpt]
        panel: Panel = fit_panel(rows, ratings, domain, results.bands[domain])
        arrays |= panel.arrays(domain)
    facts = {
        "format": FORMAT_VERSION,
        "name": NAME,
        "trained_on": f"PercePiano {len(excerpts)}",
        "split": "fold_overlap; bands and test_r: one piece left out",
        "features": names,
        "scales": excerpts.scales,
        "test_r": {domain: _by_scale(excerpts, splits["D"].inside) for domain, splits in results.domains.items()},
        "rater_r": _by_scale(excerpts, agree.rater_r),
        "reliability": _by_scale(excerpts, agree.same_segment),
    }
    content = io.BytesIO()
    np.savez_compressed(content, allow_pickle=False, **{METADATA: np.array(json.dumps(facts))}, **arrays)
    return content.getvalue()


def _by_scale(excerpts: Excerpts, values: np.ndarray) -> dict[str, float]:
    return {scale: round(float(value), 4) for scale, value in zip(excerpts.scales, values, strict=True)}


def _evaluate(folder: Path, material: Material, progress: Callable[[str], None]) -> Results:
    progress("how far the listeners agree")
    votes = read_votes(folder, material.excerpts.ids)
    agree = agreement(votes, material.excerpts)
    return evaluate(*material, agree, progress)


def _open(cache: Path | None) -> TranscriptionCache:
    return TranscriptionCache(cache or platformdirs.user_cache_path("liszten") / "percepiano", shipped_model())
