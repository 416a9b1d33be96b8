"""The table of shutdown times: who waits for a part waits longer than the part needs itself."""

from __future__ import annotations

from realtime.system import shutdown


def test_nobody_is_killed_in_the_middle_of_what_it_is_allowed() -> None:
    """The engine outlasts its takes and its last messages; an orphan has time for all that the engine may need."""
    assert shutdown.TAKE_S > shutdown.SINK_S
    assert shutdown.ENGINE_S >= shutdown.TAKE_S + shutdown.OUTBOX_S
    assert shutdown.CLOSING_S > shutdown.TAKE_S
    assert shutdown.STOP_S > shutdown.CLOSING_S
    longest = max(shutdown.ENGINE_S, shutdown.PORT_S, shutdown.WORKER_S, shutdown.SPEAKER_S)
    assert longest < shutdown.ORPHAN_S
