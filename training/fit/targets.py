"""The labels of the network: the notes of a segment as piano rolls on the model's frames.

Frame f is the first whose reference instant, (f + 1) * hop - tail, is not before the event (realtime/contract.py). The
rolls are the ones of shift 0; a delay with label shift k is compared with rolls moved k frames later.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from realtime.contract import HOP, KEYS, LOWEST_PITCH, SAMPLE_RATE, Float64Array, IntArray
from realtime.notes import FIRST_UNDAMPED_PITCH, NoteTable

ONSET_FRAMES = 2
RELEASE_FRAMES = 3
Roll = npt.NDArray[np.uint8]


class Targets(NamedTuple):
    """uint8 rolls. onset, frame, keyoff: 0 or 1, (T, 88). velocity: MIDI velocity where onset is 1, (T, 88).
    pedal: 0 or 1, (T,).

    frame is 1 from the onset until the damper falls (key up and pedal up: the field's pedal-extended offset) or the
    string has died away before; the ring after that belongs to the room. keyoff marks releases that let a
    damper fall; one under the pedal, or of a key without a damper, makes no sound, so it has no label.
    """

    onset: Roll
    frame: Roll
    keyoff: Roll
    velocity: Roll
    pedal: Roll


def frame_of(seconds: Float64Array, tail_samples: int) -> IntArray:
    """First frame whose reference instant is at or after each time."""
    return np.ceil((np.asarray(seconds) * SAMPLE_RATE + tail_samples) / HOP - 1e-6).astype(np.int64) - 1


def make_targets(performance: NoteTable, sounding_end: Float64Array, frames: int, tail_samples: int) -> Targets:
    """Rolls of `frames` frames. sounding_end: (N,) s, until when each note sounds.

    Two onsets of one key are never merged: a later onset begins its own two frames and cuts the earlier sound.
    """
    onset, frame, keyoff, velocity = (np.zeros((frames, KEYS), np.uint8) for _ in range(4))
    key = performance.pitch - LOWEST_PITCH
    start = frame_of(performance.onset, tail_samples)
    damped_at = np.minimum(performance.sustained_offset(), performance.next_onset())
    sounds_until = np.minimum(np.minimum(sounding_end, damped_at), frames * HOP / SAMPLE_RATE + 1.0)
    stop = np.maximum(frame_of(sounds_until, tail_samples), start + 1)
    release = frame_of(np.minimum(performance.offset, frames * HOP / SAMPLE_RATE + 1.0), tail_samples)
    damped = (performance.pitch < FIRST_UNDAMPED_PITCH) & ~performance.pedal_down(performance.offset)
    for n in range(len(performance)):
        if not 0 <= key[n] < KEYS:
            continue
        frame[max(0, start[n]) : max(0, stop[n]), key[n]] = 1
        if damped[n] and release[n] < stop[n] + RELEASE_FRAMES:
            keyoff[max(0, release[n]) : max(0, release[n] + RELEASE_FRAMES), key[n]] = 1
        if start[n] >= 0:
            onset[start[n] : start[n] + ONSET_FRAMES, key[n]] = 1
            velocity[start[n] : start[n] + ONSET_FRAMES, key[n]] = performance.velocity[n]
    return Targets(onset, frame, keyoff, velocity, pedal_roll(performance, frames, tail_samples))


def pedal_roll(performance: NoteTable, frames: int, tail_samples: int) -> Roll:
    """uint8 (T,): 1 where the pedal is down at the frame's reference instant."""
    instants = ((np.arange(frames) + 1) * HOP - tail_samples) / SAMPLE_RATE
    return performance.pedal_down(instants).astype(np.uint8)
