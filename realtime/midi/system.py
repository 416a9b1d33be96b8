"""The MIDI systems of this computer: which one answers, its ports, and one open output.

ALSA on Linux, JACK where ALSA's sequencer is missing and a JACK server runs, CoreMIDI on macOS; Windows has no
virtual ports of its own. A port is found by its name's beginning, because ALSA adds client numbers that change.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from realtime.errors import MidiError
from realtime.midi.jack_watch import JackWatch
from realtime.words import Phrase, Said

logger = logging.getLogger(__name__)
CLIENT_NAME = "Liszten"
PORT_NAME = "Liszten Out"
VIRTUAL = "virtual"
NONE = "none"
SYSTEM_NAMES = {"linux": ("LINUX_ALSA", "UNIX_JACK"), "darwin": ("MACOSX_CORE",), "win32": ("WINDOWS_MM",)}
WORDS = {"LINUX_ALSA": "ALSA", "UNIX_JACK": "JACK", "MACOSX_CORE": "CoreMIDI", "WINDOWS_MM": "Windows MIDI"}
NO_SYSTEM = Phrase("midi.no_system", "No MIDI system answers here. {way_out}")
WAYS_OUT = {
    "linux": Phrase(
        "midi.start_alsa",
        "Load ALSA's sequencer (sudo modprobe snd-seq) or start a JACK server, or use --midi-out none.",
        in_window="Load ALSA's sequencer (sudo modprobe snd-seq) or start a JACK server.",
    ),
    "darwin": Phrase(
        "midi.restart_coremidi",
        "Restart CoreMIDI by logging in again, or use --midi-out none.",
        in_window="Restart CoreMIDI by logging in again.",
    ),
    "win32": Phrase(
        "midi.restart_windows",
        "Restart the Windows MIDI service, or use --midi-out none.",
        in_window="Restart the Windows MIDI service.",
    ),
}
NO_LIBRARY = Phrase("midi.no_library", "The package python-rtmidi, which sends the notes, is missing.")
BROKEN_LIBRARY = Phrase(
    "midi.broken_library", "The package python-rtmidi, which sends the notes, does not load: {why}."
)
LIBRARY_REMEDY = Phrase("midi.library_remedy", "{problem} To mend it: {command}")
# Where there is no wheel it is built: on Python 3.13 and newer.
INSTALL_LIBRARY = {
    "linux": "sudo apt install build-essential python3-dev libasound2-dev libjack-jackd2-dev pkg-config && "
    "pip install python-rtmidi",
    "darwin": "xcode-select --install; pip install python-rtmidi",
    "win32": "winget install Microsoft.VisualStudio.2022.BuildTools, then pip install python-rtmidi",
}
MEND_LIBRARY = {"linux": "sudo apt install libasound2"}
REINSTALL_LIBRARY = "pip install --force-reinstall python-rtmidi"
NO_VIRTUAL_PORT = Phrase(
    "midi.no_virtual_port",
    "Windows has no virtual MIDI port yet. Create one with loopMIDI or Windows MIDI Services, "
    "then choose it with --midi-out NAME (`liszten devices` lists the names).",
    in_window="Windows has no virtual MIDI port yet. Create one with loopMIDI or Windows MIDI Services, "
    "then choose it here.",
)
IN_USE = Phrase(
    "midi.in_use",
    'The MIDI port "{name}" cannot be opened; another program may have it to itself. Close that program, or choose '
    "another port.",
)
NONE_AT_ALL = Phrase("midi.no_ports", "none at all")
NO_SUCH_PORT = Phrase("midi.no_such_port", 'No MIDI port is called "{name}". There are: {names}.')


@dataclass(frozen=True)
class MidiSystem:
    """A MIDI system that answers. outputs: names of the ports to which notes can be sent."""

    name: str
    virtual_ports: bool
    outputs: tuple[str, ...]


@runtime_checkable
class Connectable(Protocol):
    """An output port whose receivers are known, and can be connected again to the port that follows it."""

    def receivers(self) -> tuple[str, ...]:
        """Names of the ports of other programs to which it is connected."""

    def connect(self, receivers: Sequence[str]) -> bool:
        """Connect it to those that are there; False when the system does not tell yet which port it is."""


@dataclass(frozen=True)
class MissingLibrary:
    """What is wrong with the library of MIDI ports, and the line that mends it."""

    problem: Said
    command: str

    @property
    def said(self) -> Said:
        """Both, as one sentence and a line."""
        return LIBRARY_REMEDY(problem=self.problem, command=self.command)


class MidiOutput(Protocol):
    """One open output port."""

    name: str
    system: str

    def send(self, message: bytes) -> None:
        """Send one MIDI message. May never return when the system behind it has died: ask `alive` before."""

    def alive(self) -> bool:
        """Whether the system answers and still shows the port."""

    def close(self) -> None:
        """Give the port back."""


def missing_library() -> MissingLibrary | None:
    """Why nothing can be sent, whatever MIDI system there is; None when the library is there."""
    try:
        import rtmidi  # noqa: F401
    except ModuleNotFoundError:
        return MissingLibrary(NO_LIBRARY(), INSTALL_LIBRARY.get(sys.platform, INSTALL_LIBRARY["linux"]))
    except ImportError as error:  # a Linux without ALSA's library
        return MissingLibrary(BROKEN_LIBRARY(why=str(error)), MEND_LIBRARY.get(sys.platform, REINSTALL_LIBRARY))
    return None


def midi_systems() -> list[MidiSystem]:
    """The MIDI systems that answer, in order of preference; empty when there is none, or no library for them."""
    systems = []
    for api in _apis():
        client = _client(api, f"{CLIENT_NAME} look")
        if client is not None:
            systems.append(MidiSystem(WORDS[api], api != "WINDOWS_MM", tuple(client.get_ports())))
            client.delete()
    return systems


def open_output(selector: str) -> MidiOutput:
    """Open a port: "virtual" for one of our own, else one whose name begins with or contains `selector`.

    Raises MidiError when there is no MIDI library or system, no virtual port can be made, no port has that name, or
    another program uses it alone, as Windows allows.
    """
    clients = [(api, client) for api in _apis() if (client := _client(api, CLIENT_NAME)) is not None]
    if not clients:
        if (missing := missing_library()) is not None:
            raise MidiError(missing.said)
        raise MidiError(NO_SYSTEM(way_out=WAYS_OUT.get(sys.platform, WAYS_OUT["linux"])()))
    opened: _RtMidiOutput | None = None
    try:
        opened = _open_first(clients, selector)
    finally:
        for _, client in clients:
            if opened is None or client is not opened.client:
                client.delete()
    if opened is None:
        raise _no_such_port(selector)
    return opened


def matching_port(names: list[str], selector: str) -> int | None:
    """Index of the port meant by `selector`: the exact name, else the first that begins with it, else contains it.

    Letter case does not count. None when there is no such port.
    """
    wanted = selector.casefold()
    folded = [name.casefold() for name in names]
    tests = (str.__eq__, str.startswith, str.__contains__)
    found = (index for test in tests for index, name in enumerate(folded) if test(name, wanted))
    return next(found, None)


class _RtMidiOutput:
    """An output port of RtMidi. own: whether it is a virtual port of ours."""

    def __init__(self, api: str, client: Any, name: str, own: bool) -> None:
        self.name = name
        self.system = WORDS[api]
        self.client = client
        self._own = own
        self._jack = _jack_watch() if api == "UNIX_JACK" else None

    def send(self, message: bytes) -> None:
        self.client.send_message(message)

    def alive(self) -> bool:
        if self._jack is not None and not self._jack.alive:
            return False
        return self._own or self.name in self.client.get_ports()

    def receivers(self) -> tuple[str, ...]:
        return () if self._jack is None else self._jack.receivers(PORT_NAME)

    def connect(self, receivers: Sequence[str]) -> bool:
        return self._jack is None or self._jack.connect(PORT_NAME, receivers)

    def close(self) -> None:
        self.client.close_port()
        self.client.delete()
        if self._jack is not None:
            self._jack.close()


def _open_first(clients: list[tuple[str, Any]], selector: str) -> _RtMidiOutput | None:
    """The port `selector` on the first system that has it. Raises MidiError when that does not let it be opened."""
    import rtmidi

    try:
        return _opened(clients, selector)
    except rtmidi.RtMidiError as error:
        raise MidiError(IN_USE(name=PORT_NAME if selector == VIRTUAL else selector)) from error


def _opened(clients: list[tuple[str, Any]], selector: str) -> _RtMidiOutput | None:
    for api, client in clients:
        if selector == VIRTUAL:
            if api == "WINDOWS_MM":
                continue
            client.open_virtual_port(PORT_NAME)
            return _RtMidiOutput(api, client, PORT_NAME, own=True)
        names = client.get_ports()
        index = matching_port(names, selector)
        if index is not None:
            client.open_port(index, PORT_NAME)
            return _RtMidiOutput(api, client, names[index], own=False)
    return None


def _jack_watch() -> JackWatch | None:
    try:
        return JackWatch(f"{CLIENT_NAME} watch")
    except OSError as error:
        logger.warning("a JACK server that dies will not be noticed: %s", error)
        return None


def _no_such_port(selector: str) -> MidiError:
    if selector == VIRTUAL:
        return MidiError(NO_VIRTUAL_PORT())
    known = ", ".join(f'"{name}"' for system in midi_systems() for name in system.outputs) or NONE_AT_ALL()
    return MidiError(NO_SUCH_PORT(name=selector, names=known))


def _apis() -> tuple[str, ...]:
    """Names of RtMidi's systems for this platform that this build of it has, in order of preference."""
    if missing_library() is not None:
        return ()
    import rtmidi

    compiled = rtmidi.get_compiled_api()
    wanted = SYSTEM_NAMES.get(sys.platform, SYSTEM_NAMES["linux"])
    return tuple(name for name in wanted if getattr(rtmidi, f"API_{name}") in compiled)


def _client(api: str, name: str) -> Any | None:
    """A new RtMidi output client, or None when the system does not answer."""
    import rtmidi

    try:
        return rtmidi.MidiOut(getattr(rtmidi, f"API_{api}"), name=name)
    except rtmidi.RtMidiError:
        return None
