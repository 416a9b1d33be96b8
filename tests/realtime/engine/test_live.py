"""A live stream from the first message to the End, with a fake engine in place of its process."""

from __future__ import annotations

from pathlib import Path

import pytest

from realtime.engine import live as session
from realtime.engine.client import KEEPING_LIMIT_S
from realtime.engine.live import CLOSE_LIMIT_S, LiveSession
from realtime.engine.messages import FileSource, Message, Start
from realtime.events import End, StreamStarted
from realtime.system.interrupts import StopRequest

STREAM = StreamStarted("m", "fast", 0.03, 48_000, "mic", "2026-11-21T10:00:00Z")
END = End(1.0, 1.0, 0, 0, "duration")


class FakeEngine:
    """Says what it is given; `patience_s` is how long it was waited for at the end."""

    def __init__(self, says: list[Message]) -> None:
        self.says, self.patience_s = says, -1.0

    def send(self, command: object) -> None:
        """It obeys nobody."""

    def receive(self, _patience_s: float) -> list[Message]:
        says, self.says = self.says, []
        return says

    def close(self, patience_s: float) -> None:
        self.patience_s = patience_s


@pytest.mark.parametrize(
    ("says", "read", "patience_s"),
    [
        ([], False, 0.0),
        ([STREAM], False, CLOSE_LIMIT_S),
        ([STREAM, END], True, KEEPING_LIMIT_S),
    ],
)
def test_an_engine_is_waited_for_while_it_has_something_to_keep(
    monkeypatch: pytest.MonkeyPatch, says: list[Message], read: bool, patience_s: float
) -> None:
    """Not before a stream began; a stream that began unseen, as the MIDI port failed, still ends its take; and one that
    has told its End may be writing a long one."""
    engine = FakeEngine(says)
    monkeypatch.setattr(session, "EngineProcess", lambda notes: engine)
    with LiveSession(Start(FileSource(Path("piano.wav")))) as live:
        heard = list(live.messages(StopRequest())) if read else []
    assert heard == (says if read else [])
    assert engine.patience_s == patience_s
