"""Choosing the MIDI system and the port, with a fake RtMidi in place of the real one."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from realtime.errors import MidiError
from realtime.midi import system as midi_system
from realtime.midi.system import matching_port, midi_systems, missing_library, open_output

ALSA, CORE, JACK, WINDOWS = 2, 1, 3, 4


class FakeRtMidiError(Exception):
    pass


class FakeMidiOut:
    """A client of a system in `answering`, which has the ports of `ports`."""

    answering: ClassVar[set[int]] = set()
    ports: ClassVar[dict[int, list[str]]] = {}
    made: ClassVar[list[FakeMidiOut]] = []

    def __init__(self, api: int, name: str) -> None:
        if api not in self.answering:
            raise FakeRtMidiError("no server")
        self.api, self.client_name = api, name
        self.opened: object = None
        self.deleted = False
        self.made.append(self)

    def get_ports(self) -> list[str]:
        return self.ports.get(self.api, [])

    def open_virtual_port(self, name: str) -> None:
        self.opened = name

    def open_port(self, index: int, name: str) -> None:
        self.opened = index

    def close_port(self) -> None:
        self.opened = None

    def delete(self) -> None:
        self.deleted = True


@pytest.fixture
def rtmidi(monkeypatch: pytest.MonkeyPatch) -> type[FakeMidiOut]:
    """RtMidi with ALSA, JACK, CoreMIDI and Windows compiled in; none answers unless a test says so."""
    names: dict[str, Any] = {"LINUX_ALSA": ALSA, "UNIX_JACK": JACK, "MACOSX_CORE": CORE, "WINDOWS_MM": WINDOWS}
    module = SimpleNamespace(
        get_compiled_api=lambda: list(names.values()),
        MidiOut=FakeMidiOut,
        RtMidiError=FakeRtMidiError,
        **{f"API_{name}": number for name, number in names.items()},
    )
    monkeypatch.setitem(sys.modules, "rtmidi", module)
    monkeypatch.setattr(midi_system, "JackWatch", lambda name: SimpleNamespace(alive=True, close=lambda: None))
    monkeypatch.setattr(sys, "platform", "linux")
    FakeMidiOut.answering, FakeMidiOut.ports, FakeMidiOut.made = set(), {}, []
    return FakeMidiOut


def test_alsa_is_preferred_and_jack_is_the_way_out(rtmidi: type[FakeMidiOut]) -> None:
    """With both the port is ALSA's; without a sequencer it is JACK's; clients that are not needed are let go."""
    rtmidi.answering = {ALSA, JACK}
    output = open_output("virtual")
    assert (output.system, output.name) == ("ALSA", "Liszten Out")
    assert [client.deleted for client in rtmidi.made] == [False, True]
    assert rtmidi.made[0].client_name == "Liszten"
    assert rtmidi.made[0].opened == "Liszten Out"
    output.close()
    assert rtmidi.made[0].deleted
    rtmidi.answering = {JACK}
    assert open_output("virtual").system == "JACK"


def test_a_named_port_is_found_on_any_system(rtmidi: type[FakeMidiOut]) -> None:
    """Here JACK has it; when it vanishes the output is no longer alive."""
    rtmidi.answering = {ALSA, JACK}
    rtmidi.ports = {ALSA: ["Midi Through:Midi Through Port-0 14:0"], JACK: ["synth:in"]}
    output = open_output("synth")
    assert (output.system, output.name) == ("JACK", "synth:in")
    assert output.alive()
    rtmidi.ports = {}
    assert not output.alive()


def test_a_port_that_nobody_has_names_those_that_are_there(rtmidi: type[FakeMidiOut]) -> None:
    """And every client is let go."""
    rtmidi.answering = {ALSA}
    rtmidi.ports = {ALSA: ["synth:in 20:0"]}
    with pytest.raises(MidiError, match=r'No MIDI port is called "organ"\. There are: "synth:in 20:0"\.'):
        open_output("organ")
    assert all(client.deleted for client in rtmidi.made)


def test_no_midi_system_is_one_sentence_with_a_way_out(rtmidi: type[FakeMidiOut]) -> None:
    """With RtMidi there."""
    with pytest.raises(MidiError, match=r"^No MIDI system answers here\. Load ALSA's sequencer"):
        open_output("virtual")
    assert midi_systems() == []
    assert missing_library() is None


def test_without_the_library_one_line_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python for which python-rtmidi has no wheel is installed without it."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setitem(sys.modules, "rtmidi", None)
    with pytest.raises(MidiError) as caught:
        open_output("virtual")
    assert str(caught.value) == (
        "The package python-rtmidi, which sends the notes, is missing. To mend it: "
        "sudo apt install build-essential python3-dev libasound2-dev libjack-jackd2-dev pkg-config && "
        "pip install python-rtmidi"
    )
    assert midi_systems() == []


def test_a_library_that_cannot_be_loaded_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As on a Linux without ALSA."""
    (tmp_path / "rtmidi.py").write_text("raise ImportError('libasound.so.2: cannot open shared object file')")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delitem(sys.modules, "rtmidi", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(MidiError) as caught:
        open_output("virtual")
    assert str(caught.value) == (
        "The package python-rtmidi, which sends the notes, does not load: "
        "libasound.so.2: cannot open shared object file. "
        "To mend it: sudo apt install libasound2"
    )


def test_windows_has_no_virtual_port(rtmidi: type[FakeMidiOut], monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names loopMIDI; a port that it made can be chosen."""
    monkeypatch.setattr(sys, "platform", "win32")
    rtmidi.answering = {WINDOWS}
    rtmidi.ports = {WINDOWS: ["loopMIDI Port 1"]}
    with pytest.raises(MidiError, match="Create one with loopMIDI"):
        open_output("virtual")
    assert open_output("loopmidi").name == "loopMIDI Port 1"
    (system,) = midi_systems()
    assert (system.name, system.virtual_ports, system.outputs) == ("Windows MIDI", False, ("loopMIDI Port 1",))


@pytest.mark.parametrize(
    ("selector", "expected"), [("Synth", 1), ("synth:in 20", 1), ("piano", 2), ("SYNTH:IN 20:0", 1), ("organ", None)]
)
def test_exact_then_prefix_then_part(selector: str, expected: int | None) -> None:
    """ALSA's client numbers change, so a beginning is enough; letter case does not count."""
    assert expected == matching_port(["my synth 19:0", "synth:in 20:0", "grand piano 21:0"], selector)


@pytest.mark.parametrize("selector", ["loop", "virtual"])
def test_a_port_that_another_program_has_to_itself(
    rtmidi: type[FakeMidiOut], monkeypatch: pytest.MonkeyPatch, selector: str
) -> None:
    """An error in a sentence, and the client is closed."""

    def refuse(*_arguments: object) -> None:
        raise FakeRtMidiError("MidiOutWinMM::openPort: error creating Windows MM MIDI output port.")

    rtmidi.answering, rtmidi.ports = {ALSA}, {ALSA: ["loopMIDI Port"]}
    monkeypatch.setattr(FakeMidiOut, "open_port", refuse)
    monkeypatch.setattr(FakeMidiOut, "open_virtual_port", refuse)
    with pytest.raises(MidiError, match="another program may have it"):
        open_output(selector)
    assert [client.deleted for client in rtmidi.made] == [True]
