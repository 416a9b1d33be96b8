"""Few thresholds to choose from, as each that is tried decodes all examples."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from training.calibration import calibrate, tune


@pytest.fixture(autouse=True, scope="module")
def few_thresholds() -> Iterator[None]:
    """Around those of the activations that are made by hand."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calibrate, "ONSETS", (0.2, 0.4, 0.6))
        patch.setattr(calibrate, "FINE", (0.0, 0.025))
        patch.setattr(calibrate, "RESTRIKES", (0.2, 0.35))
        patch.setattr(calibrate, "FRAMES", (0.3, 0.6))
        patch.setattr(calibrate, "KEYOFFS", (0.2, 0.4, 0.7))
        patch.setattr(tune, "ONSET_STEPS", (-0.1, 0.1))
        patch.setattr(tune, "OTHER_STEPS", (0.1,))
        yield
