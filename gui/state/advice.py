"""What to do about faults that another program has to mend, step by step, for each system."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from gui.state.banners import Fault
from gui.translation import mark

ANY = ""


@dataclass(frozen=True)
class Advice:
    """A title and the steps, in English, for `tr`."""

    title: str
    steps: tuple[str, ...]


CLEANED = mark("Turn off what cleans the sound for speech")
PORT = mark("Make a MIDI port on Windows")
ADVICE: dict[tuple[Fault, str], Advice] = {
    (Fault.SPEECH, "win32"): Advice(
        CLEANED,
        (
            mark("Open Settings › System › Sound and choose your microphone."),  # noqa: RUF001
            mark("Set “Audio enhancements” to Off; where there is “Voice focus”, turn it off."),
            mark("Turn off noise removal in the program of your sound card or headset."),
        ),
    ),
    (Fault.SPEECH, "darwin"): Advice(
        CLEANED,
        (
            mark("Click the microphone sign in the menu bar while Liszten listens."),
            mark("Choose Mic Mode › Standard, not Voice Isolation."),  # noqa: RUF001
        ),
    ),
    (Fault.SPEECH, ANY): Advice(
        CLEANED,
        (
            mark("Open the sound settings and choose the microphone itself, not one named “echo cancelled”."),
            mark("Turn off noise filters such as EasyEffects, NoiseTorch or a RNNoise plug-in for the input."),
            mark("Turn off automatic gain in the settings of the microphone."),
        ),
    ),
    (Fault.NO_VIRTUAL_PORT, ANY): Advice(
        PORT,
        (
            mark("Install loopMIDI from tobias-erichsen.de, or Windows MIDI Services from microsoft.github.io/MIDI."),
            mark("In loopMIDI press + once: a port named “loopMIDI Port” appears."),
            mark("Choose this port in the panel under MIDI out, and as the input of your music program."),
        ),
    ),
}


def advice(fault: Fault, platform: str = sys.platform) -> Advice:
    """The steps for a fault that has any. platform: as `sys.platform` names it."""
    return ADVICE.get((fault, platform)) or ADVICE[fault, ANY]
