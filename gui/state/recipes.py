"""How other programs are set to listen to our MIDI port: a short recipe for each, and for each system."""

from __future__ import annotations

import sys

from gui.translation import mark, tr

SYNTHESIA, SIGHTREAD, PIANOBOOSTER, NEOTHESIA, DAW, NOTHING = (
    "synthesia",
    "sightread",
    "pianobooster",
    "neothesia",
    "daw",
    "none",
)
APPS = (
    (SYNTHESIA, "Synthesia"),
    (SIGHTREAD, "Sightread"),
    (PIANOBOOSTER, "PianoBooster"),
    (NEOTHESIA, "Neothesia"),
    (DAW, mark("A DAW")),
    (NOTHING, mark("None")),
)
RECIPES = {
    SYNTHESIA: (
        mark("In Synthesia open Settings › Music Devices."),  # noqa: RUF001
        mark("Under Inputs switch “{port}” on and press “A keyboard”."),
        mark("Under Outputs switch off what sounds, or wear headphones."),
    ),
    SIGHTREAD: (
        mark("Start Liszten first: Sightread looks for keyboards only when its page loads."),
        mark("Open Sightread in Chrome or Edge and allow it to use MIDI."),
        mark("Choose “{port}” in its MIDI settings; reload the page if it is not there."),
    ),
    PIANOBOOSTER: (
        mark("In PianoBooster open Setup › MIDI Setup."),  # noqa: RUF001
        mark("Choose “{port}” as MIDI input device."),
        mark("Choose “Follow you” under Skill, so that it waits for you."),
    ),
    NEOTHESIA: (
        mark("In Neothesia open Settings."),
        mark("Choose “{port}” as input."),
        mark("In a piece set the tracks that you play to Human."),
    ),
    DAW: (
        mark("In the preferences of the DAW enable “{port}” as MIDI input."),
        mark("Arm a track with a piano and play."),
        mark("If you play to its sound, choose a constant delay in the panel."),
        mark("No monitoring on a track that sends to this port, else notes go in circles."),
    ),
    NOTHING: (mark("The port stays open in the background, whenever you want it."),),
}
SYSTEMS = {
    "win32": mark("Windows: make “{port}” with loopMIDI or Windows MIDI Services first, and choose it above."),
    "darwin": mark("macOS: “{port}” is there as long as Liszten runs; nothing else is needed."),
    "linux": mark("Linux: where programs are wired by hand, connect “{port}” in qpwgraph."),
}


def recipe(app: str, port: str, platform: str = sys.platform) -> list[str]:
    """The steps for one of APPS, in the player's language. port: name of ours; platform: as `sys.platform` names it."""
    steps = list(RECIPES[app])
    if app != NOTHING and platform in SYSTEMS:
        steps.append(SYSTEMS[platform])
    return [tr(step, port=port) for step in steps]
