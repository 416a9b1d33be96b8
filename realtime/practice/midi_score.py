"""A MIDI file as a score to practise: hands by its tracks, beats and bars by its tempo and time signatures.

A file that was played, and not written, keeps neither beats nor hands: it is drafted as a take is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from realtime.analysis.metre import Signature
from realtime.limits import PITCH
from realtime.midi.encoder import NOTE_ON
from realtime.midi.reader import (
    CHANNEL_BITS,
    DRUMS,
    KIND_BITS,
    SEPARATE_PIECES,
    midi_notes,
    read_midi_data,
    tempo_changes,
)
from realtime.midi.smf import Message, MidiData
from realtime.notes import NoteTable
from realtime.practice.drafted import drafted
from realtime.practice.hands import ESTIMATED, estimated
from realtime.practice.score import FASTEST, SLOWEST, Bar, Hand, Score, ScoreNote, TempoMap, grouped
from realtime.system.storage import plain_name
from realtime.takes.reader import read_take

# Written notes begin on such places of a quarter: 32nds, and triplets of sixteenths. A file whose onsets lie there, but
# for some rounding and a few others, was written; of one that was played half would, by chance.
GRID, ROUNDING, WRITTEN_SHARE = 24, 0.01, 0.9
COMMON_TIME = Signature.written(4, 4)  # until a file says otherwise
MOST_BARS = 20_000  # more than ten operas have: a damaged time
SHORTEST = 1 / 32  # quarters, of a note


def read_midi_score(path: Path) -> Score:
    """The score of a MIDI file. Raises FileError."""
    take = read_take(path)
    data = read_midi_data(path)
    tempos = _tempos(data)
    parts = [_beats(table, tempos) for table in _parts(data)] if tempos else []
    bars = list(_bars(data, max((note.beat + note.length for part in parts for note in part), default=0.0)))
    if not _is_written(parts) or len(bars) > MOST_BARS:
        return drafted(take)
    notes, remarks = _with_hands(parts, tempos), [*take.remarks]
    if len(parts) != 2:
        remarks.append(ESTIMATED())
    groups = grouped([note for note in notes if PITCH.least <= note.pitch <= PITCH.most], bars)
    return Score(plain_name(path.stem), groups, tuple(bars), tempos, tuple(remarks))


def _tempos(data: MidiData) -> tuple[tuple[float, float], ...]:
    """(beat, quarters a minute) of every change; none where ticks are no part of a quarter, or a tempo is no music."""
    if data.division < 0 or data.kind == SEPARATE_PIECES:
        return ()
    changes = {tick / data.division: 60e6 / us for tick, us in tempo_changes(data).tolist()}
    return tuple(changes.items()) if all(SLOWEST <= tempo <= FASTEST for tempo in changes.values()) else ()


def _parts(data: MidiData) -> list[NoteTable]:
    """The notes of each track that has some; of a single track, those of each of its channels."""
    tracks = sorted({message.track for message in data.messages if _sounds(message)})
    channels = sorted({message.status & CHANNEL_BITS for message in data.messages if _sounds(message)})
    if len(tracks) > 1:
        parts = [[m for m in data.messages if m.track == track] for track in tracks]
    else:
        parts = [[m for m in data.messages if m.status & CHANNEL_BITS == channel] for channel in channels]
    return [midi_notes(replace(data, messages=messages)).table for messages in parts]


def _sounds(message: Message) -> bool:
    return message.status & KIND_BITS == NOTE_ON and message.second > 0 and message.status & CHANNEL_BITS != DRUMS


def _beats(table: NoteTable, tempos: Sequence[tuple[float, float]]) -> list[ScoreNote]:
    """The notes by their beats; those on the grid but for rounding lie on it."""
    clock = TempoMap(tempos)
    onset, end = (np.array([clock.beat(time) for time in times.tolist()]) for times in (table.onset, table.offset))
    nearest = np.round(onset * GRID) / GRID
    onset = np.where(np.abs(onset - nearest) <= ROUNDING, nearest, np.round(onset, 6))
    length = np.round(np.maximum(end - onset, SHORTEST), 6)
    rows = zip(table.pitch.tolist(), onset.tolist(), length.tolist(), strict=True)
    return [ScoreNote(pitch, beat, quarters, "right") for pitch, beat, quarters in rows]


def _is_written(parts: Sequence[Sequence[ScoreNote]]) -> bool:
    beats = np.array([note.beat * GRID for part in parts for note in part])
    return len(beats) > 0 and float(np.mean(beats == np.round(beats))) >= WRITTEN_SHARE


def _with_hands(parts: Sequence[Sequence[ScoreNote]], tempos: Sequence[tuple[float, float]]) -> list[ScoreNote]:
    """Of two parts the higher one is the right hand's, by its median; of any other number hands are estimated."""
    if len(parts) != 2:
        return estimated([note for part in parts for note in part], TempoMap(tempos).seconds)
    lower, upper = sorted(parts, key=lambda part: float(np.median([note.pitch for note in part])))
    hands: tuple[tuple[Hand, Sequence[ScoreNote]], ...] = (("left", lower), ("right", upper))
    return [replace(note, hand=hand) for hand, part in hands for note in part]


def _bars(data: MidiData, end: float) -> Iterator[Bar]:
    """Bars up to beat `end`, at most one more than there may be. A single bar that is shorter than the next is an
    upbeat."""
    signatures = {tick / data.division: Signature.written(n, unit) for tick, _, n, unit in sorted(data.signatures)}
    changes = {0.0: COMMON_TIME} | signatures
    lines: list[tuple[float, Signature]] = []
    for (start, metre), (stop, _) in pairwise([*changes.items(), (end, COMMON_TIME)]):
        beat = start
        while beat < min(stop, end) and len(lines) <= MOST_BARS:
            lines.append((beat, metre))
            beat += float(metre.bar)
    upbeat = len(lines) > 1 and lines[0][1].bar < lines[1][1].bar
    following = [beat for beat, _ in lines[1:]] + [lines[-1][0] + float(lines[-1][1].bar)] if lines else []
    for number, ((beat, metre), after) in enumerate(zip(lines, following, strict=True), 0 if upbeat else 1):
        yield Bar(number, beat, after - beat, pulse=float(metre.beat))
