"""Notes that Liszten sent itself and that come back from the speakers: left out where the player wants that.

Such a note comes at the pitch of one that was sent, after the loop's time (`EchoWatch.loop_s`: nothing is left out
before an echo was found), and is softer by 6 dB at least. True repeats that fit are left out too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from realtime.engine.watches.echo import EchoWatch
from realtime.events import Event, NoteOff, NoteOn
from realtime.pairing import nearest

AROUND_S = 0.03
# 6 dB, where level is 40 log10(velocity / 127) as synthesisers have it (MIDI DLS Level 1, section 2.8).
SOFTER = 10 ** (-6 / 40)
# A repeated note is released at its new onset, within a frame.
TOGETHER_S = 0.02
REMEMBERED = 100  # notes that were left out; the kept stage follows within half a second


class OwnNotes:
    """Removes them from a stream's events. wanted: whether it does so from now on; echo: the watch that knows
    the notes that were sent."""

    def __init__(self, echo: EchoWatch, wanted: bool) -> None:
        self.wanted = wanted
        self._echo = echo
        # Pitches whose release belongs to a note that was left out, of what is told and of what is kept.
        self._hidden: set[int] = set()
        self._hidden_kept: set[int] = set()
        self._left_out: deque[NoteOn] = deque(maxlen=REMEMBERED)

    def without(self, events: Iterable[Event]) -> list[Event]:
        """The rest of events that leave the decoder together; per pitch, note-ons and note-offs still alternate."""
        return self._without(events, self._is_own, self._hidden)

    def without_kept(self, events: Iterable[Event]) -> list[Event]:
        """The same of the kept stage, which follows: what was left out of the told one, and what only it has heard."""
        return self._without(events, self._is_own_kept, self._hidden_kept)

    def _without(self, events: Iterable[Event], is_own: Callable[[NoteOn], bool], hidden: set[int]) -> list[Event]:
        rest: list[Event] = []
        for event in events:
            if isinstance(event, NoteOn) and is_own(event):
                _leave_out(event, rest, hidden)
            elif isinstance(event, NoteOff) and event.pitch in hidden:
                hidden.remove(event.pitch)
            else:
                rest.append(event)
        return rest

    def _is_own(self, note: NoteOn) -> bool:
        if not (self.wanted and self._came_back(note, self._echo.sent(note.pitch))):
            return False
        self._echo.observe_echo(note)
        self._left_out.append(note)
        return True

    def _is_own_kept(self, note: NoteOn) -> bool:
        if nearest((left for left in self._left_out if left.pitch == note.pitch), note.time) is not None:
            return True
        return self.wanted and self._came_back(note, self._echo.sent_before(note.pitch, note.time))

    def _came_back(self, note: NoteOn, sent: NoteOn | None) -> bool:
        if sent is None or self._echo.loop_s is None:
            return False
        back_s = note.time - sent.emitted
        return abs(back_s - self._echo.loop_s) <= AROUND_S and note.velocity <= SOFTER * sent.velocity


def _leave_out(note: NoteOn, rest: list[Event], hidden: set[int]) -> None:
    """Where the echo looked like a repeat of a held note, that note goes on until its key comes up."""
    for place, event in enumerate(rest):
        if isinstance(event, NoteOff) and event.pitch == note.pitch and note.time - event.time < TOGETHER_S:
            del rest[place]
            return
    hidden.add(note.pitch)
