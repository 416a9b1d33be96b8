"""The echo test: notes are sent to the port while the player is silent, and the microphone listens for them.

Speakers that play what Liszten sends make every note come back, again and again; headphones end it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from realtime.engine_process import EngineProcess
from realtime.errors import LisztenError
from realtime.events import NoteOff, NoteOn, StreamStarted
from realtime.messages import Failed, MicrophoneSource, Start
from realtime.port_process import PortSettings
from realtime.sinks.midi_port import MidiPort, MidiPortSink

E6, C_SHARP_3 = 88, 49
PITCHES = (E6, C_SHARP_3) * 3
VELOCITY = 60
APART_S = 0.4
EARLIEST_S, LATEST_S = 0.03, 1.0
BEGIN_LIMIT_S = 30.0
LOOK_S = 0.02
CLOSE_LIMIT_S = 1.0
# Of the six notes sent; a lone match may be the room.
ENOUGH = 3


@dataclass(frozen=True)
class Sent:
    """A note on its way through the room. at: monotonic clock, s."""

    pitch: int
    at: float


def echo_test(start: Start, port: PortSettings) -> float | None:
    """Send six notes and listen; the loop time in seconds if they come back, None if not.

    start: must listen to a microphone. Raises LisztenError when listening or the port fails.
    """
    assert isinstance(start.source, MicrophoneSource)
    output = MidiPort(port)
    engine = EngineProcess()
    try:
        engine.send(start)
        output.wait_open()
        _await_stream(engine)
        sent, heard = _exchange(engine, MidiPortSink(output.events))
    finally:
        engine.close(CLOSE_LIMIT_S)
        output.close()
    return loop_time(sent, heard)


def loop_time(sent: list[Sent], heard: list[tuple[int, float]]) -> float | None:
    """Median time from sending a note to being told of it again, s, when enough of them were heard; None when not.

    heard: pitch and monotonic time at which it was told.
    """
    delays = []
    for note in sent:
        after = [at - note.at for pitch, at in heard if pitch == note.pitch]
        delays += [delay for delay in after if EARLIEST_S <= delay <= LATEST_S][:1]
    return sorted(delays)[len(delays) // 2] if len(delays) >= ENOUGH else None


def _await_stream(engine: EngineProcess) -> None:
    deadline = time.monotonic() + BEGIN_LIMIT_S
    while time.monotonic() < deadline:
        for message in engine.receive(LOOK_S):
            if isinstance(message, Failed):
                raise LisztenError(message.text)
            if isinstance(message, StreamStarted):
                return
    raise LisztenError("Listening does not begin. Run `liszten doctor` to see why.")


def _exchange(engine: EngineProcess, sink: MidiPortSink) -> tuple[list[Sent], list[tuple[int, float]]]:
    """Send the notes one after the other; what was sent, and what was heard until a second after the last."""
    sent: list[Sent] = []
    heard: list[tuple[int, float]] = []
    for pitch in PITCHES:
        sent.append(Sent(pitch, time.monotonic()))
        sink.send(NoteOn(0.0, 0.0, pitch, VELOCITY, 1.0))
        heard += _listen(engine, APART_S / 2)
        sink.send(NoteOff(0.0, 0.0, pitch))
        heard += _listen(engine, APART_S / 2)
    return sent, [*heard, *_listen(engine, LATEST_S)]


def _listen(engine: EngineProcess, duration_s: float) -> Iterator[tuple[int, float]]:
    end = time.monotonic() + duration_s
    while time.monotonic() < end:
        for message in engine.receive(LOOK_S):
            if isinstance(message, NoteOn):
                yield message.pitch, time.monotonic()
