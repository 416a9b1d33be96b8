"""The echo test: notes are sent to the port while the player is silent, and the microphone listens for them.

Speakers that play what Liszten sends make every note come back, again and again; headphones end it.
"""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass, replace

from realtime.engine.live import failure
from realtime.engine.messages import Failed, MicrophoneSource, Start
from realtime.engine.supervisor import Supervisor
from realtime.errors import LisztenError
from realtime.events import NoteOff, NoteOn, StreamStarted
from realtime.midi.port_server import PlayNote, PortSettings
from realtime.system.interrupts import StopRequest
from realtime.words import Phrase

NOT_LISTENING = Phrase("echo.not_listening", "Listening does not begin. Run `liszten doctor` to see why.")

E6, C_SHARP_3 = 88, 49
PITCHES = (E6, C_SHARP_3) * 3
VELOCITY = 60
APART_S = 0.4
EARLIEST_S, LATEST_S = 0.03, 1.0
BEGIN_LIMIT_S = 30.0
POLL_S = 0.02
# Of the six notes sent; a lone match may be the room.
ENOUGH = 3


@dataclass(frozen=True)
class SentNote:
    """A note that was sent. at: monotonic clock, s."""

    pitch: int
    at: float


class EchoTest:
    """Six notes, one after the other, and the notes that come back until a second after the last one.

    Send the notes that are `due`, again and again, and pass the events to `observe_note`; all times are those of the
    monotonic clock, in s.
    shift: semitones by which the port transposes.
    """

    def __init__(self, now: float, shift: int = 0) -> None:
        self._pitches = PITCHES
        self._apart_s = APART_S
        self._begin = now
        self._shift = shift
        self._off: int | None = None
        self.sent: list[SentNote] = []
        self.received: list[tuple[int, float]] = []

    def due(self, now: float) -> list[NoteOn | NoteOff]:
        """The notes to send now."""
        notes: list[NoteOn | NoteOff] = []
        begins = self._begin + len(self.sent) * self._apart_s
        if self._off is not None and now >= begins - self._apart_s / 2:
            notes.append(NoteOff(0.0, 0.0, self._off))
            self._off = None
        if len(self.sent) < len(self._pitches) and now >= begins:
            self._off = self._pitches[len(self.sent)]
            self.sent.append(SentNote(self._off + self._shift, now))
            notes.append(NoteOn(0.0, 0.0, self._off, VELOCITY, 1.0))
        return notes

    def stop(self) -> list[NoteOff]:
        """The note-off that is missing when the test is broken off."""
        sounding, self._off = self._off, None
        return [] if sounding is None else [NoteOff(0.0, 0.0, sounding)]

    def observe_note(self, pitch: int, now: float) -> None:
        """A NoteOn of the stream."""
        self.received.append((pitch, now))

    def finished(self, now: float) -> bool:
        """Whether nothing more is to be sent or awaited."""
        return self.share(now) >= 1.0

    def share(self, now: float) -> float:
        """How much of it is over, 0 to 1."""
        length_s = len(self._pitches) * self._apart_s + LATEST_S
        return min(max((now - self._begin) / length_s, 0.0), 1.0)

    @property
    def loop_s(self) -> float | None:
        """See `loop_time`."""
        return loop_time(self.sent, self.received)


def echo_test(start: Start, port: PortSettings) -> float | None:
    """Send six notes and listen; the loop time in seconds if they come back, None if not.

    start: must listen to a microphone. Raises LisztenError when listening or the port fails, SystemExit after Ctrl-C.
    """
    assert isinstance(start.source, MicrophoneSource)
    silent = replace(start, settings=replace(start.settings, send_midi=False))  # only the test's own notes are sent
    with StopRequest() as stop, closing(Supervisor(silent, port)) as supervisor:
        supervisor.wait_port(lambda: stop.signal is not None)
        _await_stream(supervisor, stop)
        test = EchoTest(time.monotonic(), port.transpose)
        while stop.signal is None and not test.finished(time.monotonic()):
            for note in test.due(time.monotonic()):
                supervisor.send(PlayNote(note))
            for message in supervisor.receive(POLL_S):
                if isinstance(message, NoteOn):
                    test.observe_note(message.pitch, time.monotonic())
    if stop.signal is not None:
        raise SystemExit(stop.exit_code)
    return test.loop_s


def loop_time(sent: list[SentNote], received: list[tuple[int, float]]) -> float | None:
    """Median time from sending a note to its NoteOn, s; None when too few came back.

    received: pitch and monotonic time of the NoteOns.
    """
    delays = []
    for note in sent:
        after = [at - note.at for pitch, at in received if pitch == note.pitch]
        delays += [delay for delay in after if EARLIEST_S <= delay <= LATEST_S][:1]
    return sorted(delays)[len(delays) // 2] if len(delays) >= ENOUGH else None


def _await_stream(supervisor: Supervisor, stop: StopRequest) -> None:
    deadline = time.monotonic() + BEGIN_LIMIT_S
    while time.monotonic() < deadline:
        if stop.signal is not None:
            return
        for message in supervisor.receive(POLL_S):
            if isinstance(message, Failed):
                raise failure(message)
            if isinstance(message, StreamStarted):
                return
    raise LisztenError(NOT_LISTENING())
