"""Notes that Liszten sent itself and that come back from the speakers: left out where the player wants that.

Such a note comes at the pitch of one that was sent, after the loop's time (`EchoWatch.loop_s`: nothing is left out
before an echo was found), and is softer by 6 dB at least. True repeats that fit are left out too.
"""

from __future__ import annotations

from collections.abc import Iterable

from realtime.engine.watches.echo import EchoWatch
from realtime.events import Event, NoteOff, NoteOn

AROUND_S = 0.03
# 6 dB, where level is 40 log10(velocity / 127) as synthesisers have it (MIDI DLS Level 1, section 2.8).
SOFTER = 10 ** (-6 / 40)
# A repeated note is released at its new onset, within a frame.
TOGETHER_S = 0.02


class OwnNotes:
    """Removes them from a stream's events. wanted: whether it does so from now on; echo: the watch that knows
    the notes that were sent."""

    def __init__(self, echo: EchoWatch, wanted: bool) -> None:
        self.wanted = wanted
        self._echo = echo
        self._hidden: set[int] = set()  # pitches whose release belongs to a note that was left out

    def without(self, events: Iterable[Event]) -> list[Event]:
        """The rest of events that leave the decoder together; per pitch, note-ons and note-offs still alternate."""
        kept: list[Event] = []
        for event in events:
            if isinstance(event, NoteOn) and self.wanted and self._is_own(event):
                self._echo.observe_echo(event)
                self._leave_out(event, kept)
            elif isinstance(event, NoteOff) and event.pitch in self._hidden:
                self._hidden.remove(event.pitch)
            else:
                kept.append(event)
        return kept

    def _is_own(self, note: NoteOn) -> bool:
        sent, loop_s = self._echo.sent(note.pitch), self._echo.loop_s
        if sent is None or loop_s is None:
            return False
        back_s = note.time - sent.emitted
        return abs(back_s - loop_s) <= AROUND_S and note.velocity <= SOFTER * sent.velocity

    def _leave_out(self, note: NoteOn, kept: list[Event]) -> None:
        """Where the echo looked like a repeat of a held note, that note goes on until its key comes up."""
        for place, event in enumerate(kept):
            if isinstance(event, NoteOff) and event.pitch == note.pitch and note.time - event.time < TOGETHER_S:
                del kept[place]
                return
        self._hidden.add(note.pitch)
