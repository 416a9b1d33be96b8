"""The rejected alternative: impressions from the network's pooled activations instead of from the transcribed notes.

Both are tried alike: kernel ridge regression with equal weights, on the same transcribed excerpts, split C.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from realtime.contract import Float64Array, IntArray
from realtime.report.panel.model import HIGHEST_RANK, KNOTS, LOWEST_RANK, kernel, normalised
from training.percepiano.cache import Transcription
from training.percepiano.corpus import Excerpts
from training.percepiano.rows import Rows
from training.percepiano.scoring import r_squared

SPREAD, RIDGE = 0.1, 0.1
STUDIO = "studio"


class Inputs(NamedTuple):
    """A row for each excerpt (T,): features of its transcribed notes (T, F), pooled activations (T, P)."""

    excerpt: IntArray
    notes: Float64Array
    pooled: Float64Array


class InputComparison(NamedTuple):
    """R2 on split C, mean over scales, of all `excerpts` and of people's alone."""

    name: str
    excerpts: int
    r2: float
    r2_people: float


def inputs(transcriptions: Sequence[Transcription], transcribed: Rows) -> Inputs:
    """The rows of the first transcription at the delay of recordings that also have features."""
    first = next(transcription for transcription in transcriptions if transcription.delay == STUDIO)
    rows = transcribed.of(np.array([source == first.source for source in transcribed.sources])[transcribed.source])
    place = np.searchsorted(first.excerpts, rows.excerpt)
    return Inputs(rows.excerpt, rows.values, first.pooled[place].astype(np.float64))


def compare_inputs(excerpts: Excerpts, given: Inputs) -> list[InputComparison]:
    """Notes, activations, and both."""
    both = np.concatenate([given.notes, given.pooled], axis=1)
    kinds = {"heard notes": given.notes, "activations of the ear": given.pooled, "both": both}
    return [_comparison(name, values, excerpts, given.excerpt) for name, values in kinds.items()]


def _comparison(name: str, values: Float64Array, excerpts: Excerpts, excerpt: IntArray) -> InputComparison:
    rating, fold, human = excerpts.rating[excerpt], excerpts.fold_overlap[excerpt], excerpts.human[excerpt]
    predicted = np.zeros_like(rating)
    for held_out in np.unique(fold):
        known, asked = fold != held_out, fold == held_out
        ranks = np.linspace(LOWEST_RANK, HIGHEST_RANK, KNOTS)
        knots = np.quantile(values[known], ranks, axis=0).astype(np.float32)
        points = normalised(values, knots) * np.sqrt(SPREAD / values.shape[1])
        system = kernel(points[known], points[known]) + RIDGE * np.eye(int(known.sum()))
        mean = rating[known].mean(axis=0)
        predicted[asked] = kernel(points[asked], points[known]) @ np.linalg.solve(system, rating[known] - mean) + mean
    return InputComparison(
        name,
        len(rating),
        float(r_squared(rating, predicted).mean()),
        float(r_squared(rating[human], predicted[human]).mean()),
    )
