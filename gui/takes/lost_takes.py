"""A look, in a thread, for takes that a killed program left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


class LostTakes:
    """wake: called in another thread when there is one."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._found = False

    def look(self, parent: Path) -> None:
        """Begin to look under a folder."""
        threading.Thread(target=self._look, args=(parent,), name="look for takes", daemon=True).start()

    def found(self) -> bool:
        """Whether there is one, once."""
        found, self._found = self._found, False
        return found

    def _look(self, parent: Path) -> None:
        # What reads takes is loaded only where there is one.
        from realtime.takes.folder import is_left_behind

        with suppress(OSError):
            if any(is_left_behind(folder) for folder in parent.iterdir()):
                self._found = True
                self._wake()
