"""The audio inputs of this computer: listing them, and choosing one by number, name or as the best default."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from realtime.errors import AudioDeviceError
from realtime.words import Phrase

JACK = "JACK Audio Connection Kit"
# The same microphone appears once per driver family; the first of these that has it is the best.
API_ORDER = (
    *("Windows WASAPI", "Core Audio", "ALSA", "Windows WDM-KS", "Windows DirectSound", "MME"),
    *(JACK, "OSS"),
)
# Telephone sound: 8-16 kHz. Never chosen unless asked for.
BLUETOOTH = re.compile(r"bluetooth|hands-?free|airpods|\bHFP\b|\bHSP\b", re.IGNORECASE)
JACK_VARIABLE = "JACK_DEFAULT_SERVER"
NO_LIBRARY = Phrase("input.no_library", "The sound library PortAudio is missing. {way_out}")
LIBRARY_WAYS_OUT = {"linux": Phrase("input.install", "Install it with: sudo apt install libportaudio2")}
REINSTALL = Phrase("input.reinstall", "Reinstall Liszten: pip install --force-reinstall sounddevice")
NO_SYSTEM = Phrase(
    "input.no_system",
    "No audio system answers here. Start the sound server or connect a microphone, then try again.",
)
NO_INPUT = Phrase(
    "input.none", "No microphone found. Connect one or choose another input (`liszten devices` lists them)."
)
NO_SUCH_INPUT = Phrase("input.not_there", 'There is no input "{name}". There are: {names}.')


@dataclass(frozen=True)
class InputDevice:
    """An audio input. index: PortAudio's number, valid until devices change; sample_rate: its own rate, Hz."""

    index: int
    name: str
    host_api: str
    channels: int
    sample_rate: int
    default: bool

    @property
    def bluetooth(self) -> bool:
        """Whether it looks like a Bluetooth headset, whose sound is that of a telephone."""
        return BLUETOOTH.search(self.name) is not None


def portaudio() -> Any:
    """The module sounddevice, with PortAudio running, at first without JACK.

    Raises AudioDeviceError when the library is missing.
    """
    try:
        with _jack_hidden():
            import sounddevice
    except OSError as error:
        way_out = LIBRARY_WAYS_OUT.get(sys.platform, REINSTALL)()
        raise AudioDeviceError(NO_LIBRARY(way_out=way_out)) from error
    except Exception as error:  # PortAudio is there, and fails while it starts
        raise AudioDeviceError(NO_SYSTEM()) from error
    return sounddevice


def restart_portaudio(jack: bool) -> None:
    """Look for devices anew: PortAudio's list is frozen while it runs. No stream may be open.

    jack: whether JACK's are wanted, too. Raises AudioDeviceError.
    """
    sd = portaudio()
    try:
        sd._terminate()
        if jack:
            sd._initialize()
        else:
            with _jack_hidden():
                sd._initialize()
    except sd.PortAudioError as error:
        raise AudioDeviceError(NO_SYSTEM()) from error


def find_input(selector: str | None) -> InputDevice:
    """`choose_input` among all inputs; JACK's are looked at only when no other fits. Raises AudioDeviceError."""
    try:
        return choose_input(inputs(), selector)
    except AudioDeviceError:
        restart_portaudio(jack=True)
        return choose_input(inputs(), selector)


def inputs() -> list[InputDevice]:
    """All inputs, best driver family first, as PortAudio saw them when it started.

    Raises AudioDeviceError when there is no audio system.
    """
    sd = portaudio()
    try:
        devices, apis = list(sd.query_devices()), list(sd.query_hostapis())
    except sd.PortAudioError as error:
        raise AudioDeviceError(NO_SYSTEM()) from error
    found = [
        InputDevice(
            index=index,
            name=str(device["name"]),
            host_api=str(apis[device["hostapi"]]["name"]),
            channels=int(device["max_input_channels"]),
            sample_rate=int(device["default_samplerate"]),
            default=apis[device["hostapi"]]["default_input_device"] == index,
        )
        for index, device in enumerate(devices)
        if device["max_input_channels"] > 0
    ]
    return sorted(found, key=lambda device: _api_rank(device.host_api))


def choose_input(found: list[InputDevice], selector: str | None) -> InputDevice:
    """The input meant by `selector`: a number, a name or a part of one; None for the best default.

    Raises AudioDeviceError when nothing fits.
    """
    if not found:
        raise AudioDeviceError(NO_INPUT())
    if selector is None:
        return default_input(found)
    if selector.isdigit():
        chosen = next((device for device in found if device.index == int(selector)), None)
    else:
        wanted = selector.casefold()
        exact = (device for device in found if device.name.casefold() == wanted)
        part = (device for device in found if wanted in device.name.casefold())
        chosen = next(exact, None) or next(part, None)
    if chosen is None:
        names = ", ".join(f'{device.index} "{device.name}"' for device in found)
        raise AudioDeviceError(NO_SUCH_INPUT(name=selector, names=names))
    return chosen


def outputs() -> list[tuple[int, str]]:
    """(PortAudio's number, name) of each output in two channels. Raises AudioDeviceError when there is no audio
    system."""
    sd = portaudio()
    try:
        devices = list(enumerate(sd.query_devices()))
    except sd.PortAudioError as error:
        raise AudioDeviceError(NO_SYSTEM()) from error
    return [(index, str(one["name"])) for index, one in devices if one["max_output_channels"] >= 2]


def output_named(name: str) -> int | None:
    """PortAudio's number of the output of a name, or of a part of it, in two channels; None where there is none.

    Raises AudioDeviceError when there is no audio system.
    """
    wanted = name.casefold()
    names = [(index, found.casefold()) for index, found in outputs()]
    exact = (index for index, found in names if found == wanted)
    part = (index for index, found in names if wanted in found)
    return next(exact, next(part, None))


def default_input(found: list[InputDevice]) -> InputDevice:
    """The system's default input of the best driver family; a Bluetooth one only when there is no other."""
    wired = [device for device in found if not device.bluetooth] or found
    return next((device for device in wired if device.default), wired[0])


@contextmanager
def _jack_hidden() -> Iterator[None]:
    """Let PortAudio find no JACK server: as its client it would map 100 MB and appear in every patchbay."""
    before = os.environ.get(JACK_VARIABLE)
    os.environ[JACK_VARIABLE] = "hidden-from-portaudio"
    try:
        yield
    finally:
        if before is None:
            del os.environ[JACK_VARIABLE]
        else:
            os.environ[JACK_VARIABLE] = before


def _api_rank(host_api: str) -> int:
    return API_ORDER.index(host_api) if host_api in API_ORDER else len(API_ORDER)
