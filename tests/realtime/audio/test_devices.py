"""Choosing an input, with a fake PortAudio."""

from __future__ import annotations

import builtins
import os
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from realtime.audio.devices import InputDevice, choose_input, find_input, inputs, restart_portaudio
from realtime.errors import AudioDeviceError

STARTED: list[str | None] = []  # the JACK server that PortAudio was to ask at each start


class FakePortAudioError(Exception):
    pass


def portaudio(monkeypatch: pytest.MonkeyPatch, devices: list[dict[str, Any]], apis: list[dict[str, Any]]) -> None:
    """Put a PortAudio with these devices in place of the real one."""
    module = SimpleNamespace(
        query_devices=lambda: devices,
        query_hostapis=lambda: apis,
        PortAudioError=FakePortAudioError,
        _terminate=lambda: None,
    )
    module._initialize = lambda: STARTED.append(os.environ.get("JACK_DEFAULT_SERVER"))
    monkeypatch.setitem(sys.modules, "sounddevice", module)


def device(name: str, api: int, channels: int = 2, rate: float = 48_000.0) -> dict[str, Any]:
    return {"name": name, "hostapi": api, "max_input_channels": channels, "default_samplerate": rate}


WINDOWS_APIS = [
    {"name": "MME", "default_input_device": 0},
    {"name": "Windows WASAPI", "default_input_device": 3},
]
WINDOWS = [
    device("Headset (Bluetooth Hands-Free)", 0),
    device("Scarlett 2i2 USB", 0),
    device("Speakers", 1, channels=0),
    device("Headset (Bluetooth Hands-Free)", 1, rate=16_000.0),
    device("Scarlett 2i2 USB", 1, rate=44_100.0),
]


def test_the_best_driver_family_comes_first_and_outputs_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """WASAPI before MME; rates are the device's own."""
    portaudio(monkeypatch, WINDOWS, WINDOWS_APIS)
    assert [found.index for found in inputs()] == [3, 4, 0, 1]
    assert InputDevice(4, "Scarlett 2i2 USB", "Windows WASAPI", 2, 44_100, False) == inputs()[1]


def test_a_bluetooth_headset_is_never_chosen_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though it is the system's default; asked for, or alone, it is taken."""
    portaudio(monkeypatch, WINDOWS, WINDOWS_APIS)
    assert choose_input(inputs(), None).index == 4
    assert choose_input(inputs(), "headset").index == 3
    portaudio(monkeypatch, WINDOWS[:1], WINDOWS_APIS)
    assert choose_input(inputs(), None).index == 0


@pytest.mark.parametrize(("selector", "index"), [("1", 1), ("scarlett", 4), ("SCARLETT 2i2 USB", 4), ("2i2", 4)])
def test_inputs_are_chosen_by_number_or_name(monkeypatch: pytest.MonkeyPatch, selector: str, index: int) -> None:
    """A number is PortAudio's; a name may be a part of one, in any letter case."""
    portaudio(monkeypatch, WINDOWS, WINDOWS_APIS)
    assert index == choose_input(inputs(), selector).index


@pytest.mark.parametrize("selector", ["2", "99", "Rode"])
def test_an_input_that_is_not_there(monkeypatch: pytest.MonkeyPatch, selector: str) -> None:
    """The sentence names those that are; an output is no input."""
    portaudio(monkeypatch, WINDOWS, WINDOWS_APIS)
    with pytest.raises(AudioDeviceError, match=f'There is no input "{selector}". There are: 3 "Headset'):
        choose_input(inputs(), selector)


def test_no_inputs_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence."""
    portaudio(monkeypatch, [], [])
    with pytest.raises(AudioDeviceError, match=r"^No microphone found\."):
        choose_input(inputs(), None)


def test_a_missing_library_names_the_command_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """sounddevice raises OSError while it is imported."""
    real_import = builtins.__import__

    def without_library(name: str, *rest: Any) -> Any:
        if name == "sounddevice":
            raise OSError("PortAudio library not found")
        return real_import(name, *rest)

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(builtins, "__import__", without_library)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(AudioDeviceError, match=r"PortAudio is missing\. .* sudo apt install libportaudio2"):
        inputs()


def test_an_audio_system_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """PortAudio's own error becomes ours."""

    def fail() -> None:
        raise FakePortAudioError("Error querying device -1")

    portaudio(monkeypatch, [], [])
    monkeypatch.setattr(sys.modules["sounddevice"], "query_devices", fail)
    with pytest.raises(AudioDeviceError, match=r"^No audio system answers here\."):
        inputs()


def test_jack_is_asked_only_when_no_other_input_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a client of JACK, PortAudio would cost 100 MB; the user's own setting comes back afterwards."""
    monkeypatch.setenv("JACK_DEFAULT_SERVER", "studio")
    devices = [device("default", 0)]
    apis = [
        {"name": "ALSA", "default_input_device": 0},
        {"name": "JACK Audio Connection Kit", "default_input_device": 1},
    ]
    portaudio(monkeypatch, devices, apis)
    STARTED.clear()
    assert find_input(None).name == "default"
    assert STARTED == []
    monkeypatch.setattr(
        sys.modules["sounddevice"],
        "_initialize",
        lambda: devices.append(device("system", 1)) if os.environ["JACK_DEFAULT_SERVER"] == "studio" else None,
    )
    restart_portaudio(jack=False)
    assert len(devices) == 1
    assert find_input("system").host_api == "JACK Audio Connection Kit"
    assert os.environ["JACK_DEFAULT_SERVER"] == "studio"
