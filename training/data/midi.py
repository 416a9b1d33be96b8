"""MIDI files to and from `Performance`."""

from __future__ import annotations

from pathlib import Path

import mido
import numpy as np

from realtime.midi_order import in_order
from training.data.notes import Float64Array, IntArray, Performance

_TICKS_PER_BEAT = 500
_TEMPO = 500_000  # 1 tick = 1 ms


def read_midi(path: Path) -> Performance:
    """Notes and CC64 of all tracks and channels. A pitch struck again while it is down ends the earlier note there.

    Raises OSError when the file cannot be read and ValueError when it is not a MIDI file.
    """
    try:
        file = mido.MidiFile(path)
    except (EOFError, IndexError, KeyError) as error:
        raise ValueError(f"{path} is not a MIDI file") from error
    now = 0
    down: dict[tuple[int, int], tuple[int, int]] = {}
    rows: list[tuple[int, int, int, int]] = []
    pedal: list[tuple[int, int]] = []
    tempo = [(0, _TEMPO)]
    for now, message in in_order(file):
        if message.type in ("note_on", "note_off"):
            key = (message.channel, message.note)
            if key in down:
                onset, velocity = down.pop(key)
                rows.append((onset, now, message.note, velocity))
            if message.type == "note_on" and message.velocity > 0:
                down[key] = (now, message.velocity)
        elif message.type == "set_tempo":
            tempo.append((now, message.tempo))
        elif message.type == "control_change" and message.control == 64:
            pedal.append((now, message.value))
    rows.extend((onset, now, note, velocity) for (_, note), (onset, velocity) in down.items())
    on, off, pitch, velocities = np.array(rows, np.int64).reshape(-1, 4).T
    times, values = np.array(pedal, np.int64).reshape(-1, 2).T
    on_s, off_s, pedal_s = (tick_seconds(t, np.array(tempo), file.ticks_per_beat) for t in (on, off, times))
    return Performance.build(on_s, off_s, pitch, velocities, pedal_s, values)


def tick_seconds(ticks: IntArray, tempo: IntArray, ticks_per_beat: int) -> Float64Array:
    """(N,) ticks -> (N,) s. tempo: (C, 2) tick and us per beat of every change, sorted, the first one at tick 0."""
    start, seconds_per_tick = tempo[:, 0], tempo[:, 1] / 1e6 / ticks_per_beat
    base = np.concatenate([[0.0], np.cumsum(np.diff(start) * seconds_per_tick[:-1])])
    part = np.clip(np.searchsorted(start, ticks, side="right") - 1, 0, None)
    return np.asarray(base[part] + (ticks - start[part]) * seconds_per_tick[part], np.float64)


def write_midi(performance: Performance, path: Path) -> None:
    """One track, 1 tick = 1 ms, CC64 included; note-offs come before what else happens at the same tick."""
    events: list[tuple[int, int, mido.Message]] = []
    for onset, offset, pitch, velocity in zip(
        performance.onset, performance.offset, performance.pitch, performance.velocity, strict=True
    ):
        start, end = round(onset * 1000), max(round(offset * 1000), round(onset * 1000) + 1)
        events.append((start, 2, mido.Message("note_on", note=int(pitch), velocity=int(velocity))))
        events.append((end, 0, mido.Message("note_off", note=int(pitch), velocity=64)))
    for time, value in zip(performance.pedal_time, performance.pedal_value, strict=True):
        events.append((round(time * 1000), 1, mido.Message("control_change", control=64, value=int(value))))
    events.sort(key=lambda event: event[:2])
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=_TEMPO)])
    now = 0
    for tick, _, message in events:
        track.append(message.copy(time=max(0, tick) - now))
        now = max(0, tick)
    mido.MidiFile(type=0, ticks_per_beat=_TICKS_PER_BEAT, tracks=[track]).save(path)
