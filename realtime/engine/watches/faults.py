"""The notices about faults of the input, each given once until its cause is gone; the window shows them as banners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from realtime.engine.messages import Notice, Status
from realtime.words import Phrase

TOO_LOUD = Phrase("watch.too_loud", "The input is distorting. Turn the gain down until the meter stays below -6 dB.")
# Every delay takes the same computing: choosing another one would save nothing (tests/benchmarks/overload.py).
TOO_SLOW = Phrase(
    "watch.too_slow",
    "This computer cannot keep up. Some sound was lost. Close other programs; `liszten doctor` says whether Liszten "
    "may go before them.",
    in_window="This computer cannot keep up. Some sound was lost. Close other programs, the plots and the second "
    "screen.",
)
STOOD_STILL = Phrase(
    "watch.stood_still",
    "This computer stood still for {seconds:.1f} s, as in standby. What was played meanwhile is lost.",
)
DELIVERED_LATE = Phrase(
    "watch.delivered_late",
    "{seconds:.1f} s of sound came too late from this computer's sound system and were left out.",
)
UNPLUGGED = Phrase("watch.unplugged", '"{source}" was disconnected. Listening goes on when it is back.')
# Three neighbouring samples at full scale make an audible click.
CLIPPED_SAMPLES = 3
QUIET_AFTER_S = 10.0


class FaultWatch:
    """Reads the statuses of one stream and gives the notices that are new."""

    def __init__(self) -> None:
        self._seen: dict[str, float] = {}  # code -> stream time at which its cause was last seen
        self._overruns = 0
        self._paused_s = self._delivered_late_s = 0.0

    def new_notices(self, status: Status, source: str, others: Iterable[Notice] = ()) -> list[Notice]:
        """The notices whose cause has just begun. source: name of the input; others: what else is wrong now."""
        causes = [*self._causes(status, source), *others]
        new = [notice for notice in causes if not self._is_active(notice.code, status.time)]
        self._seen |= {notice.code: status.time for notice in causes}
        return new

    def forget(self, code: str) -> None:
        """The cause of a notice is gone: when it comes back, the notice is given again."""
        self._seen.pop(code, None)

    def active(self, now: float) -> tuple[str, ...]:
        """Codes of the notices whose cause was seen in the last ten seconds; now: stream time, s."""
        return tuple(code for code in self._seen if self._is_active(code, now))

    def _causes(self, status: Status, source: str) -> Iterator[Notice]:
        if status.state == "lost":
            yield Notice("unplugged", UNPLUGGED(source=source))
        if status.overruns > self._overruns:
            yield Notice("too_slow", TOO_SLOW())
        if (lost_s := status.paused_s - self._paused_s) > 0:
            yield Notice("stood_still", STOOD_STILL(seconds=lost_s))
        if (lost_s := status.delivered_late_s - self._delivered_late_s) > 0:
            yield Notice("delivered_late", DELIVERED_LATE(seconds=lost_s))
        if status.clipped >= CLIPPED_SAMPLES:
            yield Notice("too_loud", TOO_LOUD())
        self._overruns = status.overruns
        self._paused_s, self._delivered_late_s = status.paused_s, status.delivered_late_s

    def _is_active(self, code: str, now: float) -> bool:
        return code in self._seen and now - self._seen[code] <= QUIET_AFTER_S
