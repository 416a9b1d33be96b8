"""All watches of one stream, and the notices that they give."""

from __future__ import annotations

import math
from collections.abc import Callable

from realtime.engine.messages import MIDI_PAUSED, MIDI_RESUMED, Notice, Start, Status
from realtime.engine.observer import Block, Observer, Publish
from realtime.engine.watches.channel import ChannelWatch
from realtime.engine.watches.echo import EchoWatch
from realtime.engine.watches.faults import FaultWatch
from realtime.engine.watches.own_notes import OwnNotes
from realtime.engine.watches.speech import SpeechWatch
from realtime.events import Event, NoteOn
from realtime.words import Phrase

# A pause ends by itself; one that follows soon lasts twice as long, as the loop is still there. Only sending shows
# whether it is: a loop is found again in 2 to 7 s, and a false alarm must not silence a concert.
PAUSE_S, LONGEST_PAUSE_S = 5.0, 40.0
SOON_S = 60.0
ECHO_LASTS_S = 1.0
ECHO = Phrase(
    "watch.echo",
    "Liszten hears its own notes from the speakers, {loop_ms:.0f} ms later. Use headphones or turn the speakers down.",
)
RUNAWAY = Phrase(
    "watch.runaway",
    "Nothing is sent to the MIDI port for {seconds:.0f} s: Liszten heard its own notes again and again. Use "
    "headphones or turn the speakers down.",
)
RESUMED = Phrase("watch.resumed", "Notes are sent to the MIDI port again.")
SPEECH = Phrase(
    "watch.speech",
    "Your computer seems to clean the sound for speech. That removes piano notes. Turn off noise suppression and "
    "automatic gain.",
)
WRONG_CHANNEL = Phrase("watch.wrong_channel", "Input {silent} is silent, but input {other} has sound.")


class Watches(Observer):
    """The watches of one stream. source: name of its input; rate: of its sound, Hz; pause: stops sending to the MIDI
    port; resume: sends again. own: removes notes that come from the speakers, which then are no fault either;
    sending: whether the port gets the notes."""

    def __init__(
        self,
        start: Start,
        source: str,
        rate: int,
        publish: Publish,
        pause: Callable[[], None],
        resume: Callable[[], None] = lambda: None,
    ) -> None:
        self.sending = start.settings.send_midi
        self._source = source
        self._publish = publish
        self._pause, self._resume = pause, resume
        self._pause_s = PAUSE_S  # how long the next pause lasts
        self._paused_until: float | None = None  # stream time; None: not paused by the watch
        self._resumed_s = -math.inf  # when the last pause ended
        self._faults = FaultWatch()
        self._echo = EchoWatch()
        self.own = OwnNotes(self._echo, start.settings.ignore_own)
        self._speech = SpeechWatch()
        channel = start.source.channel
        self._channel = ChannelWatch(channel, rate) if isinstance(channel, int) else None
        self._chosen = channel

    def observe_sound(self, block: Block) -> None:
        """All channels of the device count here."""
        if self._channel is not None:
            self._channel.observe_sound(block.channels)

    def observe_event(self, event: Event) -> None:
        """Events for the watches; only notes that are sent can come back."""
        self._speech.observe_event(event)
        if not self.sending:
            self._echo.forget()
        elif isinstance(event, NoteOn):
            self._echo.observe_note(event)

    def resume(self) -> None:
        """The MIDI port gets the notes again, after a pause or at the player's wish: a loop that feeds itself is to be
        found as if it were the first."""
        self._echo.forget()
        self._faults.forget(MIDI_PAUSED)
        if self._paused_until is not None:
            self._paused_until = None
            self._publish(Notice(MIDI_RESUMED, RESUMED()))

    def observe_status(self, status: Status) -> None:
        """Publish the notices that are new; a loop that feeds itself is cut, and tried again after a while."""
        if self._paused_until is not None and status.time >= self._paused_until:
            self._resumed_s = status.time
            self._resume()
        found = self.new_notices(status)
        for notice in found:
            self._publish(notice)
        if any(notice.code == MIDI_PAUSED for notice in found):
            self._pause_s = self._next_pause_s(status.time)
            self._pause()
            self._echo.forget()
            self._paused_until = status.time + self._pause_s

    def new_notices(self, status: Status) -> list[Notice]:
        """The notices that are new."""
        self._speech.observe_status(status)
        causes = []
        if not self.own.wanted and self._echo.loop_s is not None and self._echo.echoed_s > status.time - ECHO_LASTS_S:
            causes.append(Notice("echo", ECHO(loop_ms=1000 * self._echo.loop_s)))
        if self._echo.running_away(status.time):
            causes.append(Notice(MIDI_PAUSED, RUNAWAY(seconds=self._next_pause_s(status.time))))
        if self._speech.found(status.time):
            causes.append(Notice("speech", SPEECH()))
        if self._channel is not None and self._channel.better is not None:
            causes.append(self._wrong_channel(self._channel.better))
        return self._faults.new_notices(status, self._source, causes)

    def active(self, now: float) -> tuple[str, ...]:
        """Codes of the faults whose cause is still there; now: stream time, s."""
        return self._faults.active(now)

    def _next_pause_s(self, now: float) -> float:
        """How long a pause lasts that begins now."""
        return min(2 * self._pause_s, LONGEST_PAUSE_S) if now < self._resumed_s + SOON_S else PAUSE_S

    def _wrong_channel(self, better: int) -> Notice:
        return Notice("wrong_channel", WRONG_CHANNEL(silent=int(self._chosen) + 1, other=better + 1))
