"""The echo detector: a synthesiser on the loudspeakers plays what Liszten sends, the microphone picks it up, and it is
sent again.

An echo comes back after the same time whatever is played; repeated notes of a player do not. So the rule looks at the
notes of the last seconds: how many came again, at the same pitch, after one and the same time. It was chosen on 24
MAESTRO performances of the validation split and judged on 24 of the test split (2.9 h): no false alarm; a loop of 40 ms
that feeds itself is found always, in 2 to 3 s; an echo of 120 ms of which 85 notes in 100 are found, in 2 to 8 s
(23 of 24); a faint one of 300 ms (60 in 100) in half of them within a minute. "5 of the last 12 notes within 25 ms"
finds them all in 1 to 3 s, but takes the repeated notes of ordinary music for an echo 40 times an hour.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import numpy as np

from realtime.events import NoteOn

LATEST_S = 0.5
WINDOW_S = 8.0
SPREAD_S = 0.012
LEAST_NOTES, LEAST_SHARE = 8, 0.36
LEAST_PITCHES = 6
LEAST_SPAN_S = 2.0
# A fast loop soon rings on a few keys, each struck some 12 times a second. In 39 h of MAESTRO at most 51 notes in 8 s
# follow one of their key so closely; in a loop of 40 ms 155 and more.
CLOSE_S, LEAST_CLOSE = 0.09, 60
# No player strikes so many keys; a loop that feeds itself does.
RUNAWAY_NOTES, RUNAWAY_S = 80, 2.0
# A note that has come back so often, each time after the loop's time, will not end by itself.
ENDLESS_ROUNDS = 6


@dataclass
class _SentNote:
    """A note that was sent. back_s: how long after that it came back, s, None if not yet; rounds: how often it has been
    round already; close: whether it came back sooner than a hammer strikes again, but for the fastest players."""

    note: NoteOn
    rounds: int = 0
    back_s: float | None = None
    close: bool = False


class EchoWatch:
    """Looks at the notes of one stream that are sent to the MIDI port. All times are the stream's, in s.

    loop_s: from sending a note to its NoteOn, once an echo was found, None before; echoed_s: when one was last found.
    """

    def __init__(self) -> None:
        self.loop_s: float | None = None
        self.echoed_s = -math.inf
        self._sent: deque[_SentNote] = deque()
        self._latest: dict[int, _SentNote] = {}

    def observe_note(self, note: NoteOn) -> None:
        """A note of the stream, which is sent."""
        earlier = self._back(note)
        rounds = 0
        if earlier is not None and earlier.back_s is not None:
            known = self.loop_s is not None and abs(earlier.back_s - self.loop_s) <= SPREAD_S
            rounds = earlier.rounds + 1 if known else 0
        self._latest[note.pitch] = _SentNote(note, rounds)
        self._sent.append(self._latest[note.pitch])
        while self._sent[0].note.emitted < note.emitted - WINDOW_S:
            self._sent.popleft()
        if earlier is not None:
            self._judge(note.emitted)

    def observe_echo(self, note: NoteOn) -> None:
        """A note that is known to come from the speakers, and is not sent again."""
        if self._back(note) is not None:
            self._judge(note.emitted)

    def sent(self, pitch: int) -> NoteOn | None:
        """The last note of a pitch that was sent."""
        latest = self._latest.get(pitch)
        return None if latest is None else latest.note

    def sent_before(self, pitch: int, before: float) -> NoteOn | None:
        """The last note of a pitch that was sent before a stream time, in the last seconds."""
        notes = (sent.note for sent in reversed(self._sent) if sent.note.pitch == pitch)
        return next((note for note in notes if note.emitted < before), None)

    def running_away(self, now: float) -> bool:
        """Whether a note circulates, or more notes are sent than anybody plays."""
        recent = [sent for sent in self._sent if sent.note.emitted > now - RUNAWAY_S]
        return len(recent) > RUNAWAY_NOTES or any(sent.rounds >= ENDLESS_ROUNDS for sent in recent)

    def forget(self) -> None:
        """As new: nothing is sent any more, or sending begins anew."""
        self.__init__()  # type: ignore[misc]

    def _back(self, note: NoteOn) -> _SentNote | None:
        """The note that this one may be the echo of: the last one sent of its pitch, within half a second."""
        earlier = self._latest.get(note.pitch)
        if earlier is None or not 0 < note.time - earlier.note.emitted <= LATEST_S:
            return None
        earlier.back_s = note.time - earlier.note.emitted
        earlier.close = note.time - earlier.note.time < CLOSE_S
        return earlier

    def _judge(self, now: float) -> None:
        delay = self._common_delay()
        if delay is not None:
            self.loop_s, self.echoed_s = delay, now

    def _common_delay(self) -> float | None:
        """The delay that enough of the notes in the window share, or None."""
        back = sorted((s for s in self._sent if s.back_s is not None), key=lambda s: s.back_s or 0.0)
        delays = np.array([s.back_s for s in back])
        enough = max(LEAST_NOTES, LEAST_SHARE * len(self._sent))
        ends = np.searchsorted(delays, delays + SPREAD_S, side="right")
        # One that ends where the one before ends is a part of it.
        new = np.diff(ends, prepend=0) > 0
        for begin in np.flatnonzero(new & (ends - np.arange(len(ends)) >= enough)):
            same = back[begin : ends[begin]]
            times = [s.note.emitted for s in same]
            many = len({s.note.pitch for s in same}) >= LEAST_PITCHES or sum(s.close for s in same) >= LEAST_CLOSE
            if many and max(times) - min(times) >= LEAST_SPAN_S:
                return float(np.median(delays[begin : ends[begin]]))
        return None
