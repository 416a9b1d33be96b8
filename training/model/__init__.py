"""The ear: front-end, layers, network. `Ear(config)`, `EarConfig`, `EarState`."""

from training.model.config import EarConfig
from training.model.ear import Ear, EarState, Logits

__all__ = ["Ear", "EarConfig", "EarState", "Logits"]
