"""The kinds of numbers in a training configuration, beside those that `realtime.validation` knows."""

from __future__ import annotations

from typing import Annotated

from realtime.limits import Limits
from realtime.validation import within

Amount = Annotated[float, within(Limits(0.0, 1e9))]
Decibels = Annotated[float, within(Limits(-100.0, 100.0))]
Cents = Annotated[float, within(Limits(0.0, 100.0))]
