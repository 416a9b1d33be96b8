"""The 19 scales of PercePiano: the words at their ends, and how reliable each is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from realtime.words import Phrase

Tier = Literal["supported", "tentative", "hidden"]

# id -> low end, high end.
ENDS: Mapping[str, tuple[Phrase, Phrase]] = {
    "timing_stable_unstable": (Phrase("scale.stable", "stable"), Phrase("scale.unstable", "unstable")),
    "articulation_short_long": (Phrase("scale.short", "short"), Phrase("scale.long", "long")),
    "articulation_soft_hard": (Phrase("scale.soft", "soft, cushioned"), Phrase("scale.hard", "hard, solid")),
    "pedal_sparse_saturated": (Phrase("scale.sparse", "sparse, dry"), Phrase("scale.saturated", "saturated, wet")),
    "pedal_clean_blurred": (Phrase("scale.clean", "clean"), Phrase("scale.blurred", "blurred")),
    "timbre_even_colorful": (Phrase("scale.even", "even"), Phrase("scale.colourful", "colourful")),
    "timbre_shallow_rich": (Phrase("scale.shallow", "shallow"), Phrase("scale.rich", "rich")),
    "timbre_bright_dark": (Phrase("scale.bright", "bright"), Phrase("scale.dark", "dark")),
    "timbre_soft_loud": (Phrase("scale.timbre_soft", "soft"), Phrase("scale.loud", "loud")),
    "dynamic_mellow_raw": (Phrase("scale.sophisticated", "sophisticated, mellow"), Phrase("scale.raw", "raw, crude")),
    "dynamic_small_large_range": (
        Phrase("scale.little_range", "little range"),
        Phrase("scale.large_range", "large range"),
    ),
    "music_fast_slow": (Phrase("scale.fast_paced", "fast paced"), Phrase("scale.slow_paced", "slow paced")),
    "music_flat_spacious": (Phrase("scale.flat", "flat"), Phrase("scale.spacious", "spacious")),
    "music_disproportioned_balanced": (
        Phrase("scale.disproportioned", "disproportioned"),
        Phrase("scale.balanced", "balanced"),
    ),
    "music_pure_dramatic": (Phrase("scale.pure", "pure"), Phrase("scale.dramatic", "dramatic, expressive")),
    "mood_optimistic_dark": (Phrase("scale.optimistic", "optimistic, pleasant"), Phrase("scale.mood_dark", "dark")),
    "mood_low_high_energy": (Phrase("scale.low_energy", "low energy"), Phrase("scale.high_energy", "high energy")),
    "mood_honest_imaginative": (Phrase("scale.honest", "honest"), Phrase("scale.imaginative", "imaginative")),
    "interpretation_doubtful_convincing": (
        Phrase("scale.doubtful", "doubtful"),
        Phrase("scale.convincing", "convincing"),
    ),
}
PEDAL_SCALES = frozenset({"pedal_sparse_saturated", "pedal_clean_blurred"})
# Scales that depend on how hard keys are struck.
LOUDNESS_SCALES = frozenset(
    {"articulation_soft_hard", "timbre_soft_loud", "dynamic_mellow_raw", "dynamic_small_large_range"}
)

SUPPORTED_R, TENTATIVE_R = 0.50, 0.35
# Below this the listeners' ratings do not distinguish players of the same music.
LEAST_RELIABILITY = 0.10


def tier(test_r: float, reliability: float) -> Tier:
    """The tier of a scale. test_r: correlation with the panel inside a piece outside the training data, human players
    only. reliability: of the panel's differences between players of the same music, 0-1."""
    if reliability < LEAST_RELIABILITY or test_r < TENTATIVE_R:
        return "hidden"
    return "supported" if test_r >= SUPPORTED_R else "tentative"
