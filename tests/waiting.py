"""Waiting for what another thread or process does."""

from __future__ import annotations

import time
from collections.abc import Callable

# As long as it takes a busy machine to start a process; what comes, comes sooner.
WAIT_S = 60.0
WAIT_MS = 60_000  # the same, for pytest-qt


def wait_until(condition: Callable[[], object]) -> None:
    """Return when a condition holds. Raises AssertionError when it still does not after a minute."""
    end = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.002)
