"""verovio's toolkit, made in one way: silent, and with the same ids at every load of the same notation."""

from __future__ import annotations

from typing import Any


def toolkit(**options: object) -> Any:
    """A verovio toolkit with these options.

    Elements without an id of their own get one from a generator with a fixed seed, so that an id found at one load
    names the same element on a page drawn after another one.
    """
    import verovio

    verovio.enableLog(verovio.LOG_OFF)
    made = verovio.toolkit()
    made.setOptions({"xmlIdSeed": 1, **options})
    return made
