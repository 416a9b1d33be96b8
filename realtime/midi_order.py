"""A MIDI file's tracks as one sequence."""

from __future__ import annotations

from operator import itemgetter

import mido


def in_order(file: mido.MidiFile) -> list[tuple[int, mido.Message]]:
    """(tick, message) of all tracks in order of time; mido's own merging copies every message twice."""
    timed = []
    for track in file.tracks:
        tick = 0
        for message in track:
            tick += message.time
            timed.append((tick, message))
    return sorted(timed, key=itemgetter(0))
