"""All that watches one stream, and what the player is told because of it."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from realtime.engine.messages import Notice, Start, Status
from realtime.engine.watches.channel import ChannelWatch
from realtime.engine.watches.echo import EchoWatch
from realtime.engine.watches.faults import FaultWatch
from realtime.engine.watches.own_notes import OwnNotes
from realtime.engine.watches.speech import SpeechWatch
from realtime.events import Event, NoteOn
from realtime.words import Phrase

MIDI_PAUSED = "midi_paused"
ECHO_LASTS_S = 1.0
ECHO = Phrase(
    "watch.echo",
    "Liszten hears its own notes from the speakers, {loop_ms:.0f} ms later. Use headphones or turn the speakers down.",
)
RUNAWAY = Phrase(
    "watch.runaway",
    "Nothing is sent to the MIDI port any more: Liszten heard its own notes again and again. Use headphones.",
)
SPEECH = Phrase(
    "watch.speech",
    "Your computer seems to clean the sound for speech. That removes piano notes. Turn off noise suppression and "
    "automatic gain.",
)
WRONG_CHANNEL = Phrase("watch.wrong_channel", "Input {silent} is silent, but input {other} has sound.")


class Watches:
    """The watches of one stream. source: name of its input; rate: of its sound, Hz. own: leaves out what comes from the
    speakers; then that is no fault either."""

    def __init__(self, start: Start, source: str, rate: int) -> None:
        self._source = source
        self._faults = FaultWatch()
        self._echo = EchoWatch()
        self.own = OwnNotes(self._echo, start.settings.ignore_own)
        self._speech = SpeechWatch()
        channel = start.source.channel
        self._channel = ChannelWatch(channel, rate) if isinstance(channel, int) else None
        self._chosen = channel

    def sound(self, block: npt.NDArray[Any]) -> None:
        """Sound as it comes from the device, float32 (n, channels)."""
        if self._channel is not None:
            self._channel.hear(block)

    def event(self, event: Event, sent: bool) -> None:
        """What was heard in it. sent: whether the MIDI port gets it."""
        self._speech.hear(event)
        if not sent:
            self._echo.forget()
        elif isinstance(event, NoteOn):
            self._echo.hear(event)

    def resume(self) -> None:
        """The MIDI port gets the notes again: a loop that feeds itself is to be found as if it were the first."""
        self._echo.forget()
        self._faults.forget(MIDI_PAUSED)

    def look(self, status: Status) -> list[Notice]:
        """The notices that are new. One of code MIDI_PAUSED asks for the port to be left alone."""
        self._speech.look(status)
        causes = []
        if not self.own.wanted and self._echo.loop_s is not None and self._echo.echoed_s > status.time - ECHO_LASTS_S:
            causes.append(Notice("echo", ECHO(loop_ms=1000 * self._echo.loop_s)))
        if self._echo.running_away(status.time):
            causes.append(Notice(MIDI_PAUSED, RUNAWAY()))
        if self._speech.found(status.time):
            causes.append(Notice("speech", SPEECH()))
        if self._channel is not None and self._channel.better is not None:
            causes.append(self._wrong_channel(self._channel.better))
        return self._faults.look(status, self._source, causes)

    def present(self, now: float) -> tuple[str, ...]:
        """Codes of what is wrong; now: stream time, s."""
        return self._faults.present(now)

    def _wrong_channel(self, better: int) -> Notice:
        return Notice("wrong_channel", WRONG_CHANNEL(silent=int(self._chosen) + 1, other=better + 1))
