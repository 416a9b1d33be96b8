"""Every figure of the model card: out-of-fold predictions on each split, and their metrics.

A: upstream's performer split. B: segments kept together. C: music that overlaps kept together. D: one piece left out.
All rows of an excerpt, as played and as transcribed, lie in one fold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from realtime.contract import Float64Array, IntArray
from realtime.report.panel.impressions import PLAYED, TRANSCRIBED
from training.percepiano.agreement import Agreement
from training.percepiano.alternative import STUDIO, InputComparison, Inputs, compare_inputs
from training.percepiano.cache import ROUNDS, source_name
from training.percepiano.corpus import Excerpts
from training.percepiano.fit import fit_panel
from training.percepiano.rows import Rows
from training.percepiano.scoring import (
    covered,
    folds_of,
    inside_pieces,
    others_on_segment,
    pairs_right,
    pearson,
    r_squared,
    residual_band,
    spearman,
)
from training.percepiano.transcription import DELAYS

# Of each round a panel learns from the transcription at one delay, in turn that of recordings and that of live takes.
# More rows of the same sound make it no better at either delay, and several times as slow to fit.
TRAINING_SOURCES = frozenset(source_name(DELAYS[(number + 1) % len(DELAYS)], number) for number in range(ROUNDS))


@dataclass(frozen=True, eq=False)
class RatingMetrics:
    """Of T predicted excerpts, by scale (S,); trivial: R2 of knowing only the music (A), else of the training's mean.

    inside: Pearson inside a piece, humans only. pairs: share of human pairs on the same music in the right order.
    coverage: of 80 % bands built from other folds' residuals.
    """

    count: int
    r2: Float64Array
    r2_humans: Float64Array
    r: Float64Array
    rho: Float64Array
    trivial: Float64Array
    inside: Float64Array
    pairs: Float64Array
    coverage: Float64Array


@dataclass(frozen=True, eq=False)
class Results:
    """domains: "played" and "heard" -> split letter -> metrics. bands: domain -> (2, S), from unknown pieces.
    transcribed: how many excerpts, in how many ways. comparisons: of other inputs than notes; or none."""

    scales: tuple[str, ...]
    agreement: Agreement
    domains: dict[str, dict[str, RatingMetrics]]
    bands: dict[str, Float64Array]
    transcribed: tuple[int, int]
    comparisons: list[InputComparison]


def evaluate(
    excerpts: Excerpts,
    played: Rows,
    transcribed: Rows,
    other: Inputs | None,
    agreement: Agreement,
    progress: Callable[[str], None],
) -> Results:
    """All splits, as played and as transcribed; without any the latter is tested on rows as played."""
    domains: dict[str, dict[str, RatingMetrics]] = {PLAYED: {}, TRANSCRIBED: {}}
    bands = {}
    tested = studio(transcribed) if len(transcribed.excerpt) else played
    learned = training_rows(transcribed)
    for domain, train, test in ((PLAYED, played, played), (TRANSCRIBED, played + learned, tested)):
        for split, folds in folds_of(excerpts).items():
            progress(f"split {split}, {domain}")
            predicted = out_of_fold(train, test, excerpts, folds, domain)
            domains[domain][split] = rating_metrics(excerpts, test.excerpt, predicted, folds)
            if split == "D":
                bands[domain] = residual_band(excerpts.rating[test.excerpt] - predicted)
    ways = len(np.unique(learned.source))
    comparisons = [] if other is None else compare_inputs(excerpts, other)
    return Results(excerpts.scales, agreement, domains, bands, (len(np.unique(transcribed.excerpt)), ways), comparisons)


def studio(transcribed: Rows) -> Rows:
    """The rows transcribed at the delay of recordings, the most accurate one."""
    return transcribed.of(np.array([STUDIO in transcribed.sources[i] for i in transcribed.source], np.bool_))


def training_rows(transcribed: Rows) -> Rows:
    """The rows that a panel learns from (see `TRAINING_SOURCES`)."""
    return transcribed.of(np.array([transcribed.sources[i] in TRAINING_SOURCES for i in transcribed.source], np.bool_))


def out_of_fold(train: Rows, test: Rows, excerpts: Excerpts, folds: IntArray, domain: str) -> Float64Array:
    """(T, S) prediction of each test row by the training rows of other folds' excerpts; NaN in fold -1."""
    found = np.full((len(test.excerpt), excerpts.rating.shape[1]), np.nan)
    for fold in np.unique(folds[folds >= 0]):
        known, asked = folds[train.excerpt] != fold, folds[test.excerpt] == fold
        panel = fit_panel(train.of(known), excerpts.rating[train.excerpt[known]], domain)
        found[asked] = panel.predict(test.values[asked])
    return found


def rating_metrics(excerpts: Excerpts, excerpt: IntArray, predicted: Float64Array, folds: IntArray) -> RatingMetrics:
    """predicted: (T, S) of the excerpts (T,); rows of NaN are left out."""
    known = np.isfinite(predicted[:, 0])
    excerpt, predicted = excerpt[known], predicted[known]
    rating, human = excerpts.rating[excerpt], excerpts.human[excerpt]
    played, guess = rating[human], predicted[human]
    return RatingMetrics(
        count=len(excerpt),
        r2=r_squared(rating, predicted),
        r2_humans=r_squared(played, guess),
        r=pearson(rating, predicted),
        rho=spearman(rating, predicted),
        trivial=r_squared(rating, trivial(excerpts, excerpt, folds)),
        inside=inside_pieces(played, guess, excerpts.piece[excerpt][human]),
        pairs=pairs_right(played, guess, excerpts.segment[excerpt][human]),
        coverage=_coverage(rating, predicted, folds[excerpt]),
    )


def trivial(excerpts: Excerpts, excerpt: IntArray, folds: IntArray) -> Float64Array:
    """(T, S) predictions from the music without the playing: the other players' mean on it, if training has any."""
    found = np.zeros((len(excerpt), excerpts.rating.shape[1]))
    for fold in np.unique(folds[excerpt]):
        asked = folds[excerpt] == fold
        test = np.zeros(len(excerpts), np.bool_)
        test[excerpt[asked]] = True
        by_order = others_on_segment(excerpts, test, folds != fold)
        found[asked] = by_order[np.searchsorted(np.flatnonzero(test), excerpt[asked])]
    return found


def _coverage(rating: Float64Array, predicted: Float64Array, folds: IntArray) -> Float64Array:
    """(S,) share of each fold's ratings inside the band of the other folds' residuals; NaN of a single fold."""
    names = np.unique(folds)
    if len(names) < 2:
        return np.full(rating.shape[1], np.nan)
    inside = np.zeros(rating.shape[1])
    for fold in names:
        own = folds == fold
        band = residual_band((rating - predicted)[~own])
        inside += covered(rating[own], predicted[own], band) * own.sum()
    return inside / len(rating)
