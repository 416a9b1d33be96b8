"""A word for the mood, chosen by rules. It describes notes, not a player.

Tempo and loudness stand for energy, the mode for brightness: the two dimensions of moods (Russell,
JPSP 39, 1980), with the cues that carry them (Gabrielsson & Lindstroem in Juslin & Sloboda, Music and Emotion, 2001).
"""

from __future__ import annotations

from dataclasses import dataclass

from realtime.analysis.key import Key
from realtime.report.measures.dynamics import Velocity
from realtime.words import Phrase, Said

# Half-way between slow and quick piano music, and between piano and forte; energy is the mean distance from both.
MIDDLE_STRIKES_PER_S = 3.5
MIDDLE_VELOCITY = 64.0
LIVELY, CALM = Phrase("mood.lively", "lively"), Phrase("mood.calm", "calm")
RESTLESS, WISTFUL = Phrase("mood.restless", "restless"), Phrase("mood.wistful", "wistful")
# By energy and mode: (energetic, minor).
WORDS = {(True, False): LIVELY, (False, False): CALM, (True, True): RESTLESS, (False, True): WISTFUL}
PACE = Phrase("mood.pace", "{strikes_per_s:.1f} strikes a second, {key}")
PACE_AND_VELOCITY = Phrase(
    "mood.pace_and_velocity", "{strikes_per_s:.1f} strikes a second, mean velocity {velocity:.0f}, {key}"
)


@dataclass(frozen=True)
class Mood:
    """word: for the whole take. energetic: whether energy is above the middle. because: the rule in words."""

    word: Said
    energetic: bool
    because: Said


def mood(strikes_per_s: float, loud: Velocity | None, key: Key | None) -> Mood | None:
    """The word, or None when the key is not clear or nothing is played.

    strikes_per_s: of the playing. Energy is strikes_per_s / 3.5 - 1 and mean velocity / 64 - 1, averaged; without
    velocities the first alone. Above 0: lively (major) or restless (minor); else calm or wistful.
    """
    if key is None or not key.clear or strikes_per_s <= 0:
        return None
    parts = [strikes_per_s / MIDDLE_STRIKES_PER_S - 1]
    because = PACE(strikes_per_s=strikes_per_s, key=key.name)
    if loud is not None:
        parts.append(loud.mean / MIDDLE_VELOCITY - 1)
        because = PACE_AND_VELOCITY(strikes_per_s=strikes_per_s, velocity=loud.mean, key=key.name)
    energetic = sum(parts) > 0
    return Mood(WORDS[energetic, key.minor](), energetic, because)
