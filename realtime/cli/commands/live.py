"""`listen` and `demo` share this: run a stream until it ends or Ctrl-C, and show it."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import dataclass

from realtime.cli.console import Console, json_output
from realtime.cli.views import JsonView, LiveView
from realtime.engine.live import messages
from realtime.engine.messages import Notice, Start
from realtime.engine.supervisor import Supervisor
from realtime.errors import MidiError
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
    with StopRequest() as stop, closing(Supervisor(options.start, options.port)) as supervisor:
        port_name = _opened_port(supervisor, stop, options, console)
        view = _view(options, console, port_name)
        outcome = 0
        try:
            for message in messages(supervisor, stop):
                view.show(message)
                if isinstance(message, Notice):
                    outcome = outcome or message.exit_code
        finally:
            view.close()
    return outcome or stop.exit_code


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
    if sys.stdout.isatty() and not console.quiet:
        from realtime.cli.terminal_view import TerminalView

        return TerminalView(console, port_name)
    return LiveView(console)
