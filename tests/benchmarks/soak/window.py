"""The real window of a soak, with a witness between it and its engine: `python -m tests.benchmarks.soak.window [S]`.

Events, notices and a status a second are printed as JSON lines. With S, a take is begun and ended every S seconds.
"""

from __future__ import annotations

import json
import sys
import time

from PySide6.QtCore import QTimer

import gui.start
from gui.app import main
from gui.state.link import Link
from realtime.engine.messages import Failed, Notice, Status
from realtime.engine.supervisor import News
from realtime.events import EVENT_TYPES, to_json

STATUS_S = 1.0
WARM_UP_S = 10.0


class Witness(Link):
    """Prints what passes on its way to the window."""

    _next_status = 0.0

    def take(self) -> list[News]:
        news = super().take()
        for item in news:
            if isinstance(item, tuple(EVENT_TYPES.values())):
                print(to_json(item), flush=True)
            elif isinstance(item, Notice | Failed):
                code = item.code if isinstance(item, Notice) else "failed"
                print(json.dumps({"event": "warning", "code": code, "text": str(item.said)}), flush=True)
            elif isinstance(item, Status) and time.monotonic() > self._next_status:
                self._next_status = time.monotonic() + STATUS_S
                line = {"time": item.time, "load": item.load, "overruns": item.overruns, "dropped": item.dropped}
                print(json.dumps({"event": "status", **line}), flush=True)
        return news


def record_in_turn(every_s: float) -> None:
    """Let every window that is opened begin and end takes by itself."""
    opening = gui.start.open_window

    def opened(*arguments):
        window = opening(*arguments)
        timer = QTimer(window, interval=round(1000 * every_s))
        timer.timeout.connect(window.controller.toggle_recording)
        QTimer.singleShot(round(1000 * WARM_UP_S), timer.start)
        return window

    gui.start.open_window = opened


if __name__ == "__main__":
    gui.start.Link = Witness
    if len(sys.argv) > 1:
        record_in_turn(float(sys.argv[1]))
    sys.exit(main())
