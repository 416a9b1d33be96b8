"""The 19 scales of PercePiano: their ends as a pianist reads them, and how much each can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Tier = Literal["supported", "tentative", "hidden"]

# id -> low end, high end.
ENDS: Mapping[str, tuple[str, str]] = {
    "timing_stable_unstable": ("stable", "unstable"),
    "articulation_short_long": ("short", "long"),
    "articulation_soft_hard": ("soft, cushioned", "hard, solid"),
    "pedal_sparse_saturated": ("sparse, dry", "saturated, wet"),
    "pedal_clean_blurred": ("clean", "blurred"),
    "timbre_even_colorful": ("even", "colourful"),
    "timbre_shallow_rich": ("shallow", "rich"),
    "timbre_bright_dark": ("bright", "dark"),
    "timbre_soft_loud": ("soft", "loud"),
    "dynamic_mellow_raw": ("sophisticated, mellow", "raw, crude"),
    "dynamic_small_large_range": ("little range", "large range"),
    "music_fast_slow": ("fast paced", "slow paced"),
    "music_flat_spacious": ("flat", "spacious"),
    "music_disproportioned_balanced": ("disproportioned", "balanced"),
    "music_pure_dramatic": ("pure", "dramatic, expressive"),
    "mood_optimistic_dark": ("optimistic, pleasant", "dark"),
    "mood_low_high_energy": ("low energy", "high energy"),
    "mood_honest_imaginative": ("honest", "imaginative"),
    "interpretation_doubtful_convincing": ("doubtful", "convincing"),
}
PEDAL_SCALES = frozenset({"pedal_sparse_saturated", "pedal_clean_blurred"})
# What listeners hear of how hard keys are struck.
LOUDNESS_SCALES = frozenset(
    {"articulation_soft_hard", "timbre_soft_loud", "dynamic_mellow_raw", "dynamic_small_large_range"}
)

SUPPORTED_R, TENTATIVE_R = 0.50, 0.35
# Below this the panel itself did not tell players of the same music apart.
LEAST_RELIABILITY = 0.10


def tier(test_r: float, reliability: float) -> Tier:
    """test_r: correlation with the panel inside a piece that was never heard, human players only. reliability: of the
    panel's differences between players of the same music, 0-1."""
    if reliability < LEAST_RELIABILITY or test_r < TENTATIVE_R:
        return "hidden"
    return "supported" if test_r >= SUPPORTED_R else "tentative"
