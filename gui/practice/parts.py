"""Parts of a score that the player chooses: from a bar on, and bars that a moment lies in."""

from __future__ import annotations

from dataclasses import replace

from realtime.practice.score import Score


def tail(score: Score, beat: float) -> Score:
    """From the bar of a beat on; something is to be played in it or after it."""
    bar = score.bar_at(beat)
    groups = [group for group in score.groups if group.beat >= bar.beat]
    return replace(
        score,
        bars=tuple(one for one in score.bars if one.beat >= bar.beat),
        groups=tuple(replace(group, index=index) for index, group in enumerate(groups)),
    )


def first_group(score: Score, beat: float) -> int:
    """Index of the first group in the bar of a beat or after it; the last one where there is none."""
    bar = score.bar_at(beat)
    return next((group.index for group in score.groups if group.beat >= bar.beat), len(score.groups) - 1)
