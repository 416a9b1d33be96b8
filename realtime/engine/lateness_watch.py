"""Which figures of lateness are shown: those of the MIDI port while it sends the notes, else until they are here."""

from __future__ import annotations

from collections.abc import Iterator

from realtime.engine.messages import DelayChanged, Message, Status
from realtime.events import NoteOn, StreamStarted
from realtime.lateness import DesignDelay, Lateness, LatenessMeter

EVERY_S = 0.5


class LatenessWatch:
    """The parent's side: measures notes as their events arrive, and gives the figures that have changed."""

    def __init__(self) -> None:
        self._here = LatenessMeter("program")
        self._design = DesignDelay()
        self._begin: float | None = None  # wall clock of the stream's begin
        self._shown: Lateness | None = None
        self._next = 0.0

    def observe(self, message: Message) -> None:
        """A message of the engine, as soon as it has arrived."""
        match message:
            case StreamStarted():
                self._here.reset()
                self._begin, self._design = None, DesignDelay.of(message)
            case DelayChanged(design=design):
                self._design = design
            case Status(time=time_s, captured=captured):
                self._begin = captured - time_s
            case NoteOn(time=time_s) if self._begin is not None:
                self._here.add(self._begin + time_s, self._design)

    def changes(self, sending: bool, sent: Lateness | None, now: float) -> Iterator[Lateness]:
        """The figures, when there are others than those given last, twice a second at most. sending: whether an open
        port gets the notes; sent: what it measured; now: monotonic time, s."""
        current = sent if sending else self._here.lateness()
        if current is not None and current != self._shown and now >= self._next:
            self._shown, self._next = current, now + EVERY_S
            yield current
