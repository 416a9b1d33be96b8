"""Features of the music rather than of its playing: pitch classes, melodic steps and chord sizes.

Part of a listener's rating concerns the music itself. With these features a model can recognise music like that of its
training, and need not take a dark piece for dark playing.
"""

from __future__ import annotations

import numpy as np

from realtime.analysis.key import MAJOR, MINOR, pitch_class_seconds
from realtime.analysis.strikes import Strikes
from realtime.contract import Float64Array
from realtime.notes import NoteTable

LARGEST_STEP = 12
LARGEST_CHORD = 6


def content_features(notes: NoteTable, groups: Strikes) -> dict[str, float]:
    """Shares: of the time keys are held by pitch class, from C and from the likely tonic; of the upper line's steps by
    semitones; of the strikes by their number of notes. Larger steps and chords count as the largest."""
    held = pitch_class_seconds(notes)
    share = held / held.sum() if held.sum() > 0 else np.full(12, 1 / 12)
    steps = np.clip(np.diff(notes.pitch[groups.top]), -LARGEST_STEP, LARGEST_STEP)
    melody = np.bincount(steps + LARGEST_STEP, minlength=2 * LARGEST_STEP + 1) / max(1, len(steps))
    sizes = np.bincount(np.minimum(groups.size, LARGEST_CHORD), minlength=LARGEST_CHORD + 1) / len(groups)
    return {
        **{f"tone_{tone}": value for tone, value in enumerate(share)},
        **{f"degree_{degree}": value for degree, value in enumerate(np.roll(share, -_tonic(share)))},
        **{f"step_{step - LARGEST_STEP:+d}": value for step, value in enumerate(melody)},
        **{f"chord_{size}": sizes[size] for size in range(1, LARGEST_CHORD + 1)},
    }


def _tonic(share: Float64Array) -> int:
    """Pitch class of the tonic of the best key (see `analysis.key.likely_key`); C where all fit equally."""
    if np.ptp(share) == 0:
        return 0
    profiles = np.stack([np.roll(mode, tonic) for mode in (MAJOR, MINOR) for tonic in range(12)])
    return int(np.corrcoef(np.vstack([share, profiles]))[0, 1:].argmax()) % 12
