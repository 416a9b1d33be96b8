"""How far the listeners agree: an upper limit for any model of them, and the figure of a single listener."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from realtime.contract import Float64Array, IntArray
from training.percepiano.corpus import Excerpts, Votes

FEWEST_VOTES = 2


class Agreement(NamedTuple):
    """By scale, (19,). ceiling: reliability of an excerpt's mean rating, ICC(1,k), the R2 of a perfect model. rater_r:
    one rater with the mean of the others. same_segment: reliability of differences between human players of the same
    music, 0-1."""

    ceiling: Float64Array
    rater_r: Float64Array
    same_segment: Float64Array


def agreement(votes: Votes, excerpts: Excerpts) -> Agreement:
    """One vote per rater and excerpt counts. Shrout & Fleiss, Psychological Bulletin 86, 1979, for ICC(1,k)."""
    scales = range(votes.rating.shape[1])
    nothing = np.zeros(len(excerpts), np.int64)
    segments = np.unique(excerpts.segment, return_inverse=True)[1].astype(np.int64)
    everyone, human = np.ones(len(excerpts), np.bool_), excerpts.human
    return Agreement(
        np.array([_reliability(votes, scale, nothing, everyone) for scale in scales]),
        np.array([_one_with_others(votes, scale) for scale in scales]),
        np.array([_reliability(votes, scale, segments, human) for scale in scales]),
    )


def _reliability(votes: Votes, scale: int, group: IntArray, chosen: npt.NDArray[np.bool_]) -> float:
    """1 - variance inside an excerpt / variance of excerpts' means around their group's mean, each by votes; >= 0."""
    known = np.isfinite(votes.rating[:, scale]) & chosen[votes.excerpt]
    excerpt, rating = votes.excerpt[known], votes.rating[known, scale]
    counts = np.bincount(excerpt, minlength=len(group))
    kept = counts >= FEWEST_VOTES
    means = np.bincount(excerpt, rating, len(group)) / np.maximum(counts, 1)
    inside = kept[excerpt]
    within = ((rating - means[excerpt])[inside] ** 2).sum() / (counts[kept] - 1).sum()
    weights = counts * kept
    together = np.bincount(group, weights * means) / np.maximum(np.bincount(group, weights), 1)
    groups = len(np.unique(group[kept]))
    between = (weights * (means - together[group]) ** 2).sum() / (kept.sum() - groups)
    return float(max(0.0, 1 - within / between))


def _one_with_others(votes: Votes, scale: int) -> float:
    """Pearson of each vote with the mean of the other votes on its excerpt."""
    known = np.isfinite(votes.rating[:, scale])
    excerpt, rating = votes.excerpt[known], votes.rating[known, scale]
    counts = np.bincount(excerpt)
    others = (np.bincount(excerpt, rating)[excerpt] - rating) / np.maximum(counts[excerpt] - 1, 1)
    kept = counts[excerpt] >= FEWEST_VOTES
    return float(np.corrcoef(rating[kept], others[kept])[0, 1])
