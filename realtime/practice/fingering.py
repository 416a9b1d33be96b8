"""The usual fingering of scales over any number of octaves, by key: what most methods agree on.

Each row: the fingers of the seven degrees, as they come back in every octave, and the one that differs at an end: the
right hand's at the top, the left hand's at the bottom. Minor scales are harmonic.
"""

from __future__ import annotations

from realtime.practice.score import Hand

PLAIN_RIGHT, PLAIN_LEFT = ("1231234", 5), ("1432132", 5)
THUMB_FOURTH = ("3214321", 3)

MAJOR: dict[Hand, dict[str, tuple[str, int]]] = {
    "right": {
        **dict.fromkeys(("C", "G", "D", "A", "E", "B"), PLAIN_RIGHT),
        "F": ("1234123", 4),
        "Bb": ("4123123", 4),
        "Eb": ("3123412", 3),
        "Ab": ("3412312", 3),
        "Db": ("2312341", 2),
        "F#": ("2341231", 2),
    },
    "left": {
        **dict.fromkeys(("C", "G", "D", "A", "E", "F"), PLAIN_LEFT),
        "B": ("1321432", 4),
        "F#": ("4321321", 4),
        **dict.fromkeys(("Bb", "Eb", "Ab", "Db"), THUMB_FOURTH),
    },
}
MINOR: dict[Hand, dict[str, tuple[str, int]]] = {
    "right": {
        **dict.fromkeys(("A", "E", "B", "D", "G", "C"), PLAIN_RIGHT),
        "F": ("1234123", 4),
        "Bb": ("4123123", 4),
        "Eb": ("3123412", 3),
        **dict.fromkeys(("F#", "C#", "G#"), ("3412312", 3)),
    },
    "left": {
        **dict.fromkeys(("A", "E", "D", "G", "C", "F"), PLAIN_LEFT),
        "B": ("1321432", 4),
        "F#": ("4321321", 4),
        **dict.fromkeys(("C#", "G#"), THUMB_FOURTH),
        "Eb": ("2143213", 2),
        "Bb": ("2132143", 2),
    },
}


def scale_fingers(tonic: str, minor: bool, hand: Hand, octaves: int) -> list[int]:
    """The fingers of a scale upwards, from tonic to tonic."""
    cycle, end = (MINOR if minor else MAJOR)[hand][tonic]
    fingers = [int(finger) for finger in cycle * octaves + cycle[0]]
    fingers[-1 if hand == "right" else 0] = end
    return fingers
