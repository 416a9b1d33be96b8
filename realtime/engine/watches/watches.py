"""All that watches one stream, and what the player is told because of it."""

from __future__ import annotations

from collections.abc import Callable

from realtime.engine.messages import Notice, Start, Status
from realtime.engine.observer import Block, Observer, Tell
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


class Watches(Observer):
    """The watches of one stream. source: name of its input; rate: of its sound, Hz; pause: keeps notes from the MIDI
    port. own: leaves out what comes from the speakers; then that is no fault either; sending: whether the port gets
    the notes."""

    def __init__(self, start: Start, source: str, rate: int, tell: Tell, pause: Callable[[], None]) -> None:
        self.sending = start.settings.send_midi
        self._source = source
        self._tell = tell
        self._pause = pause
        self._faults = FaultWatch()
        self._echo = EchoWatch()
        self.own = OwnNotes(self._echo, start.settings.ignore_own)
        self._speech = SpeechWatch()
        channel = start.source.channel
        self._channel = ChannelWatch(channel, rate) if isinstance(channel, int) else None
        self._chosen = channel

    def sound(self, block: Block) -> None:
        """Sound as it comes from the device: the other channels count."""
        if self._channel is not None:
            self._channel.hear(block.channels)

    def event(self, event: Event) -> None:
        """What was heard in it; only what is sent can come back."""
        self._speech.hear(event)
        if not self.sending:
            self._echo.forget()
        elif isinstance(event, NoteOn):
            self._echo.hear(event)

    def resume(self) -> None:
        """The MIDI port gets the notes again: a loop that feeds itself is to be found as if it were the first."""
        self._echo.forget()
        self._faults.forget(MIDI_PAUSED)

    def status(self, status: Status) -> None:
        """Tell what has gone wrong since the last one; a loop that feeds itself is cut."""
        found = self.look(status)
        for notice in found:
            self._tell(notice)
        if any(notice.code == MIDI_PAUSED for notice in found):
            self._pause()

    def look(self, status: Status) -> list[Notice]:
        """The notices that are new."""
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
