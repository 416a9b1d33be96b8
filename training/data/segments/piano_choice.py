"""Which sampled pianos a split draws from: validation has pianos that training lacks, where it can."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

from training.data.corpus.paths import SOURCES, MissingCorpusError
from training.data.segments.source_config import SourceConfig

VALIDATION_PIANOS = ("splendid", "petrof_upright")
_WEIGHTS: Mapping[str, float] = {
    "salamander": 0.24,
    "headroom_close": 0.14,
    "headroom_decca": 0.12,
    "kawai_upright": 0.18,
}
_OTHER_WEIGHT = 0.11
# Banks of one instrument under other microphones.
_INSTRUMENT = {"headroom_decca": "headroom_close"}


def weight(bank: str) -> float:
    """How often a bank is drawn, compared with the others."""
    return _WEIGHTS.get(bank, _OTHER_WEIGHT)


def choose_pianos(config: SourceConfig, folder: Path) -> list[str]:
    """The banks of `folder` for the configuration's split; MissingCorpusError when one that is named is not there.

    Named banks are used as named. Otherwise validation holds out ours for that, or one piano of several. With nothing
    left to hold out it has the training pianos, with a warning.
    """
    present = sorted(path.name for path in folder.iterdir() if (path / f"{path.name}.json").exists())
    missing = sorted({*config.pianos, *config.validation_pianos} - set(present))
    if missing or not present:
        wanted = ", ".join(missing) or "at all"
        raise MissingCorpusError(f"{folder} holds no bank {wanted}. It should hold {SOURCES['pianos']}")
    held_out = list(config.validation_pianos) or _held_out(present, config.pianos)
    training = list(config.pianos) or [name for name in present if name not in held_out] or present
    if not config.validation:
        return training
    if not held_out:
        warnings.warn(
            f"validation hears the pianos of training, because {folder} holds no other: its figures will look better "
            "than they are (name other banks in validation_pianos)",
            stacklevel=2,
        )
    return held_out or training


def _held_out(present: Sequence[str], trained: Sequence[str]) -> list[str]:
    """Banks that validation may have for itself; `trained`: banks that training was given by name."""
    taken = {_instrument(name) for name in trained}
    free = [name for name in present if _instrument(name) not in taken]
    ours = [name for name in free if name in VALIDATION_PIANOS]
    if ours and (trained or len(ours) < len(free)):
        return ours
    instruments = {_instrument(name) for name in free}
    if not instruments or (not trained and len(instruments) == 1):
        return []
    # Where ours are all there is, or none is there: the one that training would draw least often.
    chosen = min(sorted(instruments, reverse=True), key=weight)
    return [name for name in free if _instrument(name) == chosen]


def _instrument(bank: str) -> str:
    return _INSTRUMENT.get(bank, bank)
