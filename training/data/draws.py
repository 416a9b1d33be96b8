"""Random draws that several modules need."""

from __future__ import annotations

import numpy as np


def log_uniform(random: np.random.Generator, low: float, high: float) -> float:
    """A number between `low` and `high` (both above 0), its logarithm uniform."""
    return float(np.exp(random.uniform(np.log(low), np.log(high))))
