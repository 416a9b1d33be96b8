"""`listen` and `demo` share this: run a stream until it ends or Ctrl-C, and show it."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

from realtime.cli.console import Console, json_output
from realtime.cli.output import queued_stderr
from realtime.cli.resume import ResumeRequest
from realtime.cli.views import JsonView, LiveView
from realtime.engine.live import messages
from realtime.engine.messages import Configure, Message, Notice, Start, TakeSaved
from realtime.engine.supervisor import Supervisor
from realtime.errors import MidiError
from realtime.lateness import Lateness
from realtime.midi.port_server import PortSettings
from realtime.midi.system import NONE, VIRTUAL
from realtime.system.interrupts import StopRequest

SLOW_SYNTHESISER = "GS Wavetable"


@dataclass(frozen=True)
class LiveOptions:
    """How a live command runs. midi_out: None tries a virtual port and goes on without; json: event lines on
    standard output; levels: level lines among them."""

    start: Start
    midi_out: str | None
    midi_channel: int = 1
    transpose: int = 0
    json: bool = False
    levels: bool = False

    @property
    def port(self) -> PortSettings | None:
        """The MIDI port that is wanted."""
        if self.midi_out == NONE:
            return None
        return PortSettings(self.midi_out or VIRTUAL, self.midi_channel, self.transpose)


def run_live(options: LiveOptions, console: Console) -> int:
    """Run the stream to its end; the exit status. Raises the LisztenError that ended it."""
    with (
        StopRequest() as stop,
        queued_stderr(lambda: stop.signal is not None),
        ResumeRequest(keys=_has_picture(options, console)) as resume,
    ):
        supervisor = Supervisor(options.start, options.port)
        run = _Run(LiveView(console))
        try:
            run.view = _view(options, console, _opened_port(supervisor, stop, options, console))
            for message in messages(supervisor, stop):
                run.show(message)
                if resume.taken() and not supervisor.settings.send_midi:
                    supervisor.send(Configure(replace(supervisor.settings, send_midi=True)))
        finally:
            try:
                for message in supervisor.close():
                    if isinstance(message, Notice | TakeSaved):
                        run.show(message)
            finally:
                run.view.close(lambda: stop.signal is not None)
    return run.outcome or stop.exit_code


class _Run:
    """What is shown of a stream, and the exit status that its notices ask for, 0 without any."""

    def __init__(self, view: LiveView) -> None:
        self.view = view
        self.outcome = 0

    def show(self, message: Message | Lateness) -> None:
        self.view.show(message)
        if isinstance(message, Notice):
            self.outcome = self.outcome or message.exit_code


def _opened_port(supervisor: Supervisor, stop: StopRequest, options: LiveOptions, console: Console) -> str:
    """Name of the open MIDI port, "" without one. Raises MidiError when a port was asked for and is not there."""
    if options.port is None:
        return ""
    try:
        state = supervisor.wait_port(lambda: stop.signal is not None)
    except MidiError as error:
        if options.midi_out is not None:
            raise
        console.warn(f"No notes are sent: {error}")
        return ""
    if SLOW_SYNTHESISER in state.name:
        console.warn(f"{state.name} answers about 100 ms late. Choose another MIDI port to play along.")
    console.say(f'Notes go to the {state.system} MIDI port "{state.name}".')
    return state.name


def _view(options: LiveOptions, console: Console, port_name: str) -> LiveView:
    if options.json:
        return JsonView(console, json_output(), options.levels)
    if _has_picture(options, console):
        from realtime.cli.terminal_view import QueuedTerminal

        return QueuedTerminal(console, port_name)
    return LiveView(console)


def _has_picture(options: LiveOptions, console: Console) -> bool:
    return not options.json and sys.stdout.isatty() and not console.quiet
