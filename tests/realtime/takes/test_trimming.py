"""Takes without the silence at both ends: recorded ones, and those made of the last minutes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from realtime.events import End, Event, Gap, Kept, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.takes.folder import open_take, read_lines
from realtime.takes.recent import Recent
from realtime.takes.recorder import TakeSink
from realtime.takes.trimming import trimmed

RATE = 8_000
STREAM = StreamStarted("m", "fast", 0.03, RATE, "mic", "2026-11-21T10:00:00Z")


def on(time: float, pitch: int = 60) -> NoteOn:
    return NoteOn(time, round(time + 0.1, 6), pitch, 70, 0.9)


def off(time: float, pitch: int = 60) -> NoteOff:
    return NoteOff(time, round(time + 0.1, 6), pitch)


def tenths(begin: int, end: int) -> np.ndarray:
    """The sound of a stream from tenth of a second to tenth, each as loud as its number."""
    return np.repeat(np.arange(begin, end) / 1000, RATE // 10).astype(np.float32)


def record(parent: Path, events: list[Event | Kept], end_s: float, begin: int = 100) -> Path:
    """A take from tenth `begin` on, with events as they are told."""
    sink = TakeSink(parent, begin * RATE // 10, trims=True)
    sink.open(STREAM)
    for tenth in range(begin, round(10 * end_s)):
        sink.audio(tenth * RATE // 10, tenths(tenth, tenth + 1))
        for event in events:
            at = event.event if isinstance(event, Kept) else event
            assert not isinstance(at, StreamStarted)
            if tenth < round(10 * at.emitted, 6) <= tenth + 1:
                sink.keep(event) if isinstance(event, Kept) else sink.send(event)
    end = End(end_s, end_s, 99, 0, "take ended")
    sink.send(end)
    sink.keep(Kept(end))
    sink.close()
    return sink.folder


def levels(folder: Path) -> list[int]:
    """The numbers of the tenths of a second that a take holds."""
    sound, rate = soundfile.read(folder / "audio.wav")
    assert (rate, len(sound) % (RATE // 10)) == (RATE, 0)
    return [round(1000 * float(part.mean())) for part in np.split(sound, len(sound) // (RATE // 10))]


def test_a_take_begins_a_second_before_its_first_note_and_ends_two_after_its_last(tmp_path: Path):
    """Sound, both stages and the start say the same; the pedal stands as it was, what was struck before is no part."""
    told: list[Event | Kept] = [
        *(Pedal(10.3, 10.35, 127), Kept(Pedal(10.2, 10.6, 120))),
        *(off(11.0, 59), on(14.0), off(14.5), Kept(on(14.05)), Pedal(15.0, 15.05, 0), Kept(off(14.6))),
        Kept(Pedal(15.1, 15.4, 0)),
    ]
    folder = record(tmp_path, told, 25.0)
    assert levels(folder) == list(range(130, 171))
    lines = [(stage, event) for event, stage in read_lines(folder / "notes.jsonl")]
    assert lines[0] == (None, replace(STREAM, started="2026-11-21T10:00:13Z"))
    assert [(stage, event.kind, event.time) for stage, event in lines[1:]] == [  # type: ignore[union-attr]
        *(("live", "pedal", 0.0), ("kept", "pedal", 0.0), ("live", "note_on", 1.0), ("kept", "note_on", 1.05)),
        *(("live", "note_off", 1.5), ("kept", "note_off", 1.6), ("live", "pedal", 2.0), ("kept", "pedal", 2.1)),
        *(("live", "end", 4.1), ("kept", "end", 4.1)),
    ]
    assert open_take(folder).events[-1] == End(4.1, 4.1, 1, 0, "take ended")


@pytest.mark.parametrize(
    ("told", "end_s", "held"),
    [
        ([], 13.0, (100, 130)),  # nothing was heard: who knows what it is
        ([on(10.6), off(10.9)], 12.0, (100, 120)),  # soon after the start, and ended soon
        ([on(13.0)], 20.0, (120, 200)),  # the key is still down
        ([on(13.0), Pedal(13.2, 13.2, 127), off(13.5)], 30.0, (120, 235)),  # the pedal holds it
        ([on(9.9), off(13.0)], 20.0, (100, 200)),  # struck before
        ([Kept(on(13.0)), Kept(off(13.5))], 20.0, (120, 155)),  # none was told at once
        ([Pedal(12.0, 12.0, 127), on(13.0), off(13.5), Pedal(19.0, 19.0, 0)], 30.0, (120, 210)),
        ([on(13.0), Kept(on(13.05)), off(13.5)], 20.0, (120, 200)),  # it rings, though its end was told early
        ([on(13.0), Kept(on(13.05)), Kept(off(13.5)), off(15.0)], 20.0, (120, 170)),
        ([on(13.0), off(13.5), Pedal(18.0, 18.0, 127), Pedal(18.1, 18.1, 0)], 30.0, (120, 201)),
        ([on(13.0), off(13.5), Pedal(27.0, 27.0, 127)], 30.0, (120, 270)),  # is held, and nothing rings
        ([on(13.0), off(13.5), Gap(28.0, 28.0, 0.1)], 30.0, (120, 280)),
    ],
)
def test_what_is_no_silence_stays(tmp_path: Path, told: list[Event | Kept], end_s: float, held: tuple[int, int]):
    """Sound of a take without notes, of held keys, and as long as the pedal lets something ring."""
    folder = record(tmp_path, told, end_s)
    assert levels(folder) == list(range(*held))
    lines = [event for event, _ in read_lines(folder / "notes.jsonl")]
    times = [event.time for event in lines if not isinstance(event, StreamStarted)]
    assert max(times) == times[-1]


def test_lost_samples_before_the_first_note_are_silence(tmp_path: Path):
    """The take begins a second before its note by the clock, though half of it was lost."""
    sink = TakeSink(tmp_path, trims=True)
    sink.open(STREAM)
    for tenth in (*range(25), *range(30, 35)):
        sink.audio(tenth * RATE // 10, tenths(tenth, tenth + 1))
    sink.send(on(3.3))
    sink.audio(35 * RATE // 10, tenths(35, 36))
    sink.close()
    assert levels(sink.folder) == [23, 24, 0, 0, 0, 0, 0, 30, 31, 32, 33, 34, 35]


def of_the_last_minutes(events: list[Event], kept: list[Event], length: int, parent: Path) -> Path:
    """A take of the last four seconds of `length` tenths."""
    recent = Recent(span_s=4.0)
    recent.begin(STREAM)
    for tenth in range(length):
        recent.observe_sound(tenth * RATE // 10, tenths(tenth, tenth + 1))
    for event in events:
        recent.observe_event(event)
    for event in kept:
        recent.observe_kept(event)
    assert recent.held_s == min(length / 10, 4.0)
    past = recent.since()
    assert past is not None
    past = trimmed(past)
    sink = TakeSink(parent, past=past)
    sink.open(past.stream)
    sink.send(End(past.end_s, past.end_s, 0, 0, "take ended"))
    sink.close()
    return sink.folder


def test_the_last_minutes_are_trimmed_too(tmp_path: Path):
    """To the second before the first note that is in them, and two after the last; a note before them is none."""
    folder = of_the_last_minutes([on(1.0), off(1.2), on(3.5), off(3.6)], [on(3.4), off(3.7)], 60, tmp_path)
    assert levels(folder) == list(range(24, 57))
    assert [(event.kind, event.time) for event in open_take(folder).events] == [  # type: ignore[union-attr]
        *(("note_on", 1.0), ("note_off", 1.3), ("end", 3.3)),
    ]


def test_what_one_stage_holds_is_not_cut(tmp_path: Path):
    """The chord of the kept stage rings on, though the other one has let it go."""
    assert levels(of_the_last_minutes([on(3.5), off(3.6)], [on(3.4)], 60, tmp_path)) == list(range(24, 60))


def test_without_a_note_the_last_minutes_stay_as_they_are(tmp_path: Path):
    """What was not heard as a note may be what the player wants."""
    assert levels(of_the_last_minutes([], [], 30, tmp_path)) == list(range(30))
