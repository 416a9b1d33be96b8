"""What a player should be told while listening: the words of the banners, each said once until its cause is gone."""

from __future__ import annotations

from realtime.messages import Notice, Status

TOO_LOUD = "The input is distorting. Turn the gain down until the meter stays below -6 dB."
TOO_SLOW = "This computer cannot keep up. Some sound was lost. Close other programs or choose Fast."
UNPLUGGED = '"{source}" was disconnected. Listening goes on when it is back.'
# Three neighbouring samples at full scale make a click that is heard.
CLIPPED_SAMPLES = 3
QUIET_AFTER_S = 10.0


class FaultWatch:
    """Reads the statuses of one stream and gives the notices that are new."""

    def __init__(self) -> None:
        self._told: dict[str, float] = {}  # code -> stream time at which its cause was last seen
        self._overruns = 0

    def look(self, status: Status, source: str) -> list[Notice]:
        """source: name of the input. The notices whose cause has just begun."""
        causes = {
            "unplugged": (status.state == "lost", UNPLUGGED.format(source=source)),
            "too_slow": (status.overruns > self._overruns, TOO_SLOW),
            "too_loud": (status.clipped >= CLIPPED_SAMPLES, TOO_LOUD),
        }
        self._overruns = status.overruns
        notices = []
        for code, (present, text) in causes.items():
            last = self._told.get(code)
            if present:
                self._told[code] = status.time
                if last is None or status.time - last > QUIET_AFTER_S:
                    notices.append(Notice(code, text))
        return notices
