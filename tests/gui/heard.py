"""Rolls for tests of what is drawn: of a stream whose notes are kept as they are told, at once."""

from __future__ import annotations

from gui.stage.settling import SettlingRoll
from realtime.events import Event, StreamStarted


class HeardAtOnce(SettlingRoll):
    """What is told is kept."""

    def apply(self, event: Event) -> None:
        """Both stages."""
        super().apply(event)
        if not isinstance(event, StreamStarted):
            self.keep(event)
            self.kept_until(event.time)
