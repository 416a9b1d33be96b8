"""A stream as a command runs it: all messages up to its End, which Ctrl-C requests."""

from __future__ import annotations

import time
from collections.abc import Iterator

from realtime.engine.messages import FAILED, Failed, Message, Stop
from realtime.engine.supervisor import Supervisor
from realtime.errors import AudioDeviceError, FileError, LisztenError, MidiError, ModelError, UsageError
from realtime.events import End, StreamStarted
from realtime.lateness import Lateness
from realtime.midi.port_server import PortState
from realtime.system.interrupts import StopRequest
from realtime.system.shutdown import STOP_S

POLL_S = 0.05
ERRORS = {error.exit_code: error for error in (UsageError, AudioDeviceError, MidiError, FileError, ModelError)}


def messages(supervisor: Supervisor, stop: StopRequest) -> Iterator[Message | Lateness]:
    """All messages of the engine up to the stream's End, and how late notes are; sends a Stop when `stop` is requested.

    It does not wait for a stream that has not begun by then. Raises the LisztenError that made the stream fail.
    """
    streaming = False
    deadline: float | None = None
    while deadline is None or time.monotonic() < deadline:
        if stop.signal is not None and deadline is None:
            if not streaming:
                return
            supervisor.send(Stop("interrupted"))
            deadline = time.monotonic() + STOP_S
        for message in supervisor.receive(POLL_S):
            if isinstance(message, PortState):
                continue
            if isinstance(message, Failed):
                raise failure(message)
            streaming = streaming or isinstance(message, StreamStarted)
            yield message
            if isinstance(message, End) and message.reason != FAILED:
                return


def failure(failed: Failed) -> LisztenError:
    """The failure as the exception that it was; its traceback is kept as a note for --debug."""
    error = ERRORS.get(failed.exit_code, LisztenError)(failed.said)
    if failed.trace:
        error.add_note(failed.trace)
    return error
