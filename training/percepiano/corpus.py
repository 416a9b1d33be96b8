"""PercePiano as this project keeps it: excerpts with their notes, ratings and splits.

Park, Kim et al., "Piano performance evaluation dataset with multilevel perceptual features", Scientific Reports 14,
23002 (2024): 1,202 excerpts of four pieces, rated by a panel on 19 scales. Our splits and the traps of the data are
described in the README of the data folder.
"""

from __future__ import annotations

import csv
import lzma
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from realtime.contract import Float64Array, IntArray
from realtime.errors import FileError
from realtime.notes import NoteTable
from training.data.corpus.midi import read_midi
from training.data.corpus.paths import data_folder, require

PART = "percepiano"
FIRST_SCALE = "timing_stable_unstable"
HIGHEST_RATING = 7


@dataclass(frozen=True)
class Excerpts:
    """N rated excerpts in the order of labels.csv.

    ids, piece, segment (which music), performer (piece and player), part (upstream's performer split: test, train or
    fold0-3): (N,) text. rating: (N, 19) means of the panel, 0-1. fold_segment, fold_overlap: (N,) 0-4; the latter
    keeps excerpts that share music together. is_score: (N,) deadpan renditions of the score.
    """

    ids: npt.NDArray[np.str_]
    piece: npt.NDArray[np.str_]
    segment: npt.NDArray[np.str_]
    performer: npt.NDArray[np.str_]
    part: npt.NDArray[np.str_]
    is_score: npt.NDArray[np.bool_]
    fold_segment: IntArray
    fold_overlap: IntArray
    scales: tuple[str, ...]
    rating: Float64Array

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def human(self) -> npt.NDArray[np.bool_]:
        """(N,) played by a person."""
        return ~self.is_score


def corpus_folder() -> Path:
    """Raises MissingCorpusError, which says where PercePiano comes from."""
    return require(data_folder() / PART, PART)


def read_excerpts(folder: Path) -> Excerpts:
    """labels.csv. Raises FileError when it is not as described."""
    path = folder / "labels.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        columns = {name: np.array([row[name] for row in rows]) for name in rows[0]}
        names = list(rows[0])
        scales = tuple(names[names.index(FIRST_SCALE) :])
        return Excerpts(
            ids=columns["id"],
            piece=columns["piece"],
            segment=columns["group"],
            performer=np.char.add(np.char.add(columns["piece"], "|"), columns["performer"]),
            part=columns["split_performer"],
            is_score=columns["is_score"].astype(np.int64) > 0,
            fold_segment=columns["fold_segment"].astype(np.int64),
            fold_overlap=columns["fold_overlap"].astype(np.int64),
            scales=scales,
            rating=np.stack([columns[name].astype(np.float64) for name in scales], axis=1),
        )
    except (OSError, ValueError, LookupError) as error:
        raise FileError(f"{path} is not PercePiano's table of labels: {error}.") from error


def read_performances(folder: Path, ids: npt.NDArray[np.str_]) -> list[NoteTable]:
    """The MIDI of each excerpt: upstream's files end in silence, so only note times give its length.

    Raises FileError.
    """
    packed = folder / "midi.tar.xz"
    try:
        with tempfile.TemporaryDirectory() as unpacked, tarfile.open(packed) as archive:
            archive.extractall(unpacked, filter="data")
            return [read_midi(Path(unpacked) / "midi" / f"{name}.mid") for name in ids]
    except (OSError, ValueError, tarfile.TarError, lzma.LZMAError) as error:
        raise FileError(f"{packed} does not hold PercePiano's MIDI files: {error}.") from error


@dataclass(frozen=True)
class Votes:
    """One vote per rater and excerpt: a rater's repeats are averaged, identical rows counted once.

    excerpt: (V,) index into the excerpts; rating: (V, 19) 0-1, NaN where a scale was not rated.
    """

    excerpt: IntArray
    rating: Float64Array


def read_votes(folder: Path, ids: npt.NDArray[np.str_]) -> Votes:
    """ratings.csv.xz. Raises FileError."""
    path = folder / "ratings.csv.xz"
    try:
        with lzma.open(path, "rt", encoding="utf-8") as file:
            rows = list(csv.reader(file))[1:]
        place = {name: i for i, name in enumerate(ids)}
        once: dict[tuple[int, str], set[tuple[int, ...]]] = {}
        for rater, name, *values in rows:
            once.setdefault((place[name], rater), set()).add(tuple(map(int, values)))
    except (OSError, ValueError, LookupError, lzma.LZMAError) as error:
        raise FileError(f"{path} does not hold PercePiano's ratings: {error}.") from error
    return Votes(np.array([excerpt for excerpt, _ in once]), np.stack([_vote(rows) for rows in once.values()]))


def _vote(rows: set[tuple[int, ...]]) -> Float64Array:
    """(19,) mean of a rater's rows on one excerpt, NaN where every row is 0 (not rated)."""
    votes = np.array(sorted(rows), np.float64)
    counts = (votes > 0).sum(0)
    return np.where(counts > 0, votes.sum(0) / np.maximum(counts, 1) / HIGHEST_RATING, np.nan)
