"""A take's notes from disk: the folder of a take, its JSON lines, or any MIDI file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import mido
import numpy as np

from realtime.errors import FileError
from realtime.events import StreamStarted
from realtime.midi_order import in_order
from realtime.report.take_notes import Float64Array, IntArray, TakeNotes
from realtime.sinks.midi_file import SUSTAIN, TEMPO_US
from realtime.takes import EVENTS, LONGEST_TAKE_S, checked_events, take_name

MIDI_BEGIN = b"MThd"
DRUMS = 9
# What the text event of our own files begins with: their pedal was heard, not measured.
OWN_TEXT = "Liszten "
BROKEN_MIDI = (OSError, EOFError, ValueError, KeyError, IndexError, TypeError)


def read_take(path: Path) -> TakeNotes:
    """The notes of a take's folder, of its `notes.jsonl` (or what `--json` printed), or of a MIDI file.

    Raises FileError when it is none of these, or broken.
    """
    notes = _read(path)
    if notes.duration_s > LONGEST_TAKE_S:
        raise FileError(f"{path} lasts for more than a day, so its times must be damaged.")
    return notes


def _read(path: Path) -> TakeNotes:
    if path.is_dir():
        return _read_lines(path / EVENTS, path.resolve())
    try:
        with path.open("rb") as file:
            begin = file.read(4096)
    except FileNotFoundError as error:
        raise FileError(f"{path} does not exist. Give a take's folder, its {EVENTS} or a MIDI file.") from error
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror or error}.") from error
    if begin.startswith(MIDI_BEGIN):
        return _read_midi(path)
    if begin.lstrip().startswith(b"{"):
        return _read_lines(path, path.parent.resolve() if path.name == EVENTS else None)
    if path.suffix.lower() in (".mid", ".midi"):
        raise FileError(f"{path} is not a MIDI file, although it is called one.")
    raise FileError(
        f"{path} is neither a take nor a MIDI file. A recording has to be written down first: liszten transcribe {path}"
    )


def _read_lines(path: Path, folder: Path | None) -> TakeNotes:
    """folder: the take that the lines belong to, when they belong to one."""
    try:
        events = checked_events(path)
    except OSError as error:
        raise FileError(f"{path.parent} is no take: it has no {path.name} that can be read.") from error
    if not events or not isinstance(events[0], StreamStarted):
        raise FileError(f"{path} tells of no stream. Give a take's folder, its {EVENTS} or a MIDI file.")
    if sum(isinstance(event, StreamStarted) for event in events) > 1:
        raise FileError(f"{path} holds several streams; keep each in a file of its own.")
    if folder is None:
        return TakeNotes.from_events(events[0], events[1:], path.stem)
    return TakeNotes.from_events(events[0], events[1:], take_name(folder), folder.name)


def _read_midi(path: Path) -> TakeNotes:
    """Notes and CC64 of all tracks and of all channels but the one for drums."""
    try:
        file = mido.MidiFile(path, clip=True)
    except BROKEN_MIDI as error:
        raise FileError(f"{path} is a broken MIDI file; save or copy it once more.") from error
    if file.type == 2:
        raise FileError(f"{path} holds several separate pieces (MIDI type 2); save the one you mean by itself.")
    if file.ticks_per_beat == 0:
        raise FileError(f"{path} is a broken MIDI file: its clock stands still.")
    messages = in_order(file)
    tempo = [(0, TEMPO_US), *((tick, m.tempo) for tick, m in messages if m.type == "set_tempo" and m.tempo > 0)]
    pedal = [(tick, m.value) for tick, m in messages if m.type == "control_change" and m.control == SUSTAIN]
    on, off, pitch, velocity = _columns(_struck(messages), 4)
    times, values = _columns(pedal, 2)
    on_s, off_s, pedal_s = (_seconds(ticks, np.array(tempo), file.ticks_per_beat) for ticks in (on, off, times))
    heard = any(m.type == "text" and m.text.startswith(OWN_TEXT) for _, m in messages)
    drums = sum(m.type == "note_on" and m.channel == DRUMS and m.velocity > 0 for _, m in messages)
    return TakeNotes.build(
        onset=on_s,
        offset=off_s,
        pitch=pitch,
        velocity=velocity,
        pedal_time=pedal_s,
        pedal_value=values,
        pedal_source="transcribed" if heard else "cc64",
        name=path.stem,
        remarks=[f"Notes of the drum channel were left out: {drums}."] if drums else [],
    )


def _struck(messages: list[tuple[int, mido.Message]]) -> list[tuple[int, int, int, int]]:
    """(onset, offset, pitch, velocity) of every note, in ticks; a note that is never released ends with the file."""
    down: dict[tuple[int, int], tuple[int, int]] = {}
    rows = []
    for tick, message in messages:
        if message.type not in ("note_on", "note_off") or message.channel == DRUMS:
            continue
        key = (message.channel, message.note)
        if key in down:
            onset, velocity = down.pop(key)
            rows.append((onset, tick, message.note, velocity))
        if message.type == "note_on" and message.velocity > 0:
            down[key] = (tick, message.velocity)
    last = messages[-1][0] if messages else 0
    rows.extend((onset, last, note, velocity) for (_, note), (onset, velocity) in down.items())
    return rows


def _columns(rows: Sequence[tuple[int, ...]], count: int) -> IntArray:
    return np.array(rows, np.int64).reshape(-1, count).T


def _seconds(ticks: IntArray, tempo: IntArray, division: int) -> Float64Array:
    """(N,) ticks -> (N,) s. tempo: (C, 2) tick and us per quarter of every change, sorted, the first one at tick 0.

    division: ticks per quarter, or when negative the frames per second (negated) and ticks per frame of its two bytes.
    """
    if division < 0:
        frames, per_frame = -(division >> 8), division & 0xFF
        return np.asarray(ticks / (frames * max(per_frame, 1)), np.float64)
    start, seconds_per_tick = tempo[:, 0], tempo[:, 1] / 1e6 / division
    base = np.concatenate([[0.0], np.cumsum(np.diff(start) * seconds_per_tick[:-1])])
    part = np.clip(np.searchsorted(start, ticks, side="right") - 1, 0, None)
    return np.asarray(base[part] + (ticks - start[part]) * seconds_per_tick[part], np.float64)
