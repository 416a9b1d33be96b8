"""The parts of a take, and which of them are alike: A, B, A as a musician writes over the staves.

After Serra, Mueller, Grosche & Arcos, "Unsupervised music structure annotation by time series structure features and
segment similarity", IEEE Transactions on Multimedia 16(5), 2014, on chroma and onset density instead of sound.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from string import ascii_uppercase

import numpy as np

from realtime.contract import Float64Array
from realtime.notes import NoteTable

FRAME_S = 0.5
MOST_FRAMES = 600
CONTEXT_FRAMES = 10
NEIGHBOURS_SHARE = 0.05
BLUR_S = 6.0
LEAST_SECTION_S = 6.0
# In takes beyond five minutes frames are longer; parts and blur never get shorter than this many.
LEAST_SECTION_FRAMES, LEAST_BLUR_FRAMES = 12, 3.0
LEAST_PLAYING_S = 20.0
DENSITY_WEIGHT = 0.5
PEAK = 0.3
ALIKE = 0.80
# Two renditions of a passage differ in pace: matching frames may lie this share of their length apart.
SLACK = 0.08


@dataclass(frozen=True)
class Section:
    """A part of the take in seconds; parts with the same label are alike."""

    start_s: float
    end_s: float
    label: str


def sections(notes: NoteTable) -> tuple[Section, ...]:
    """The parts of a take from the first onset to the last release; one part A below 20 s, none without notes.

    Frames of 0.5 s (longer in takes beyond five minutes); parts last at least 6 s and 12 frames.
    """
    if not len(notes):
        return ()
    begin, end = float(notes.onset[0]), float(notes.onset[0] + notes.span_s)
    if notes.span_s < LEAST_PLAYING_S:
        return (Section(begin, end, "A"),)
    frame_s = max(FRAME_S, notes.span_s / MOST_FRAMES)
    frames = _frames(notes, np.arange(begin, end, frame_s), frame_s)
    bounds = [0, *_borders(_novelty(_in_context(frames), frame_s), frame_s), len(frames)]
    labels = _labels([frames[low:high] for low, high in pairwise(bounds)])
    times = [*(begin + bound * frame_s for bound in bounds[:-1]), end]
    return tuple(Section(low, high, label) for (low, high), label in zip(pairwise(times), labels, strict=True))


def _frames(notes: NoteTable, start: Float64Array, frame_s: float) -> Float64Array:
    """(T, 13): root of the share of time for which each pitch class is held, unit length, and onset density."""
    edges = np.append(start, start[-1] + frame_s)
    chroma = np.stack([np.diff(_held_until(notes, edges, name)) for name in range(12)], axis=1)
    chroma = np.sqrt(np.maximum(chroma, 0.0))
    chroma /= np.maximum(np.linalg.norm(chroma, axis=1, keepdims=True), 1e-9)
    density = np.diff(np.searchsorted(notes.onset, edges)).astype(np.float64)
    density = np.convolve(density, np.ones(3) / 3, mode="same")
    return np.column_stack([chroma, DENSITY_WEIGHT * density / max(density.max(), 1.0)])


def _held_until(notes: NoteTable, edges: Float64Array, pitch_class: int) -> Float64Array:
    """(E,) s for which keys of a pitch class were held before each edge."""
    kept = notes.pitch % 12 == pitch_class
    return _passed(np.sort(notes.onset[kept]), edges) - _passed(np.sort(notes.offset[kept]), edges)


def _passed(times: Float64Array, edges: Float64Array) -> Float64Array:
    """(E,) sum over all times before each edge of the seconds since."""
    count = np.searchsorted(times, edges)
    return np.asarray(count * edges - np.concatenate([[0.0], np.cumsum(times)])[count], np.float64)


def _in_context(frames: Float64Array) -> Float64Array:
    """(T, 13) -> (T, 13 * 10): every frame with those around it, so that an order of harmonies has to match."""
    before = CONTEXT_FRAMES // 2
    padded = np.pad(frames, ((before, CONTEXT_FRAMES - 1 - before), (0, 0)), mode="edge")
    return np.hstack([padded[i : i + len(frames)] for i in range(CONTEXT_FRAMES)])


def _novelty(features: Float64Array, frame_s: float) -> Float64Array:
    """(T,) how much each frame's pattern of repetitions differs from that of the frame before, 0-1.

    Each frame's nearest others form a matrix of frame against lag, which is blurred along time and lag; novelty is the
    distance of neighbouring rows.
    """
    square = (features**2).sum(axis=1)
    distance = square[:, None] + square[None, :] - 2 * features @ features.T
    count = max(2, round(NEIGHBOURS_SHARE * len(features)))
    nearest = np.partition(distance, count, axis=1)[:, count]
    alike = (distance <= nearest[:, None]) & (distance <= nearest[None, :])
    rows = np.arange(len(features))[:, None]
    lags = alike[rows, (rows + np.arange(len(features))[None, :]) % len(features)].astype(np.float64)
    blurred = _blur(_blur(lags, max(BLUR_S / frame_s, LEAST_BLUR_FRAMES)).T, 1.0).T
    change = np.linalg.norm(np.diff(blurred, axis=0, prepend=blurred[:1]), axis=1)
    return np.asarray(change / max(change.max(), 1e-9), np.float64)


def _blur(matrix: Float64Array, deviation: float) -> Float64Array:
    """(T, L) blurred along its first axis by a Gaussian of `deviation` rows; rows beyond the ends repeat the last."""
    reach = int(np.ceil(3 * deviation))
    gaussian = np.exp(-0.5 * (np.arange(-reach, reach + 1) / deviation) ** 2)
    padded = np.pad(matrix, ((reach, reach), (0, 0)), mode="edge")
    length = len(padded) + len(gaussian) - 1
    spectrum = np.fft.rfft(padded, length, axis=0) * np.fft.rfft(gaussian / gaussian.sum(), length)[:, None]
    return np.asarray(np.fft.irfft(spectrum, length, axis=0)[2 * reach : 2 * reach + len(matrix)], np.float64)


def _borders(novelty: Float64Array, frame_s: float) -> list[int]:
    """Frames at which a new part begins: peaks of the novelty, the highest within the least length of a part."""
    reach = max(round(LEAST_SECTION_S / frame_s), LEAST_SECTION_FRAMES)
    found: list[int] = []
    for frame in np.argsort(-novelty, kind="stable").tolist():
        if novelty[frame] < PEAK:
            break
        peak = novelty[frame] >= novelty[max(frame - 1, 0) : frame + 2].max()
        if peak and all(abs(frame - other) >= reach for other in (0, len(novelty), *found)):
            found.append(frame)
    return sorted(found)


def _labels(parts: list[Float64Array]) -> list[str]:
    """A letter for each part: that of the earlier part that it is most like, or the next one."""
    labels: list[str] = []
    for i, part in enumerate(parts):
        likeness = [_likeness(part, earlier) for earlier in parts[:i]]
        if likeness and max(likeness) >= ALIKE:
            labels.append(labels[int(np.argmax(likeness))])
        else:
            labels.append(_letter(len(set(labels))))
    return labels


def _letter(number: int) -> str:
    """A ... Z, A2 ... Z2, A3 ..."""
    again, place = divmod(number, len(ascii_uppercase))
    return ascii_uppercase[place] + (str(again + 1) if again else "")


def _likeness(one: Float64Array, two: Float64Array) -> float:
    """0-1: mean cosine of the chroma along the diagonal of two parts stretched to one length, with a little slack."""
    if max(len(one), len(two)) > 1.6 * min(len(one), len(two)):
        return 0.0
    length = max(len(one), len(two))
    a, b = (part[np.linspace(0, len(part) - 1, length).round().astype(np.int64), :12] for part in (one, two))
    cosine = a @ b.T
    slack = max(1, round(SLACK * length))
    near = np.abs(np.subtract.outer(np.arange(length), np.arange(length))) <= slack
    return float(np.where(near, cosine, 0.0).max(axis=1).mean())
