"""What a player should be told while listening: the words of the banners, each said once until its cause is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from realtime.engine.messages import Notice, Status
from realtime.words import Phrase

TOO_LOUD = Phrase("watch.too_loud", "The input is distorting. Turn the gain down until the meter stays below -6 dB.")
TOO_SLOW = Phrase(
    "watch.too_slow", "This computer cannot keep up. Some sound was lost. Close other programs or choose Fast."
)
UNPLUGGED = Phrase("watch.unplugged", '"{source}" was disconnected. Listening goes on when it is back.')
# Three neighbouring samples at full scale make a click that is heard.
CLIPPED_SAMPLES = 3
QUIET_AFTER_S = 10.0


class FaultWatch:
    """Reads the statuses of one stream and gives the notices that are new."""

    def __init__(self) -> None:
        self._told: dict[str, float] = {}  # code -> stream time at which its cause was last seen
        self._overruns = 0

    def look(self, status: Status, source: str, others: Iterable[Notice] = ()) -> list[Notice]:
        """The notices whose cause has just begun. source: name of the input; others: what else is wrong now."""
        causes = [*self._causes(status, source), *others]
        new = [notice for notice in causes if not self._present(notice.code, status.time)]
        self._told |= {notice.code: status.time for notice in causes}
        return new

    def forget(self, code: str) -> None:
        """The cause of a notice was dealt with: it is told again when it comes back."""
        self._told.pop(code, None)

    def present(self, now: float) -> tuple[str, ...]:
        """Codes of the notices whose cause was seen in the last ten seconds; now: stream time, s."""
        return tuple(code for code in self._told if self._present(code, now))

    def _causes(self, status: Status, source: str) -> Iterator[Notice]:
        if status.state == "lost":
            yield Notice("unplugged", UNPLUGGED(source=source))
        if status.overruns > self._overruns:
            yield Notice("too_slow", TOO_SLOW())
        if status.clipped >= CLIPPED_SAMPLES:
            yield Notice("too_loud", TOO_LOUD())
        self._overruns = status.overruns

    def _present(self, code: str, now: float) -> bool:
        return code in self._told and now - self._told[code] <= QUIET_AFTER_S
