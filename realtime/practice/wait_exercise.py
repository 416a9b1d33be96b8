"""Wait mode as an exercise of a session."""

from __future__ import annotations

from realtime.events import NoteOn
from realtime.practice.follower import Follower
from realtime.practice.score import Score
from realtime.practice.session import Message, Told
from realtime.practice.wait import Round, WaitEvent, WaitMode
from realtime.transcription.expected import Expect

AHEAD = 2  # groups; a player who is so far on has not waited
BEFORE_S = 0.1  # the keys of the group that was found again may have been struck so long before


class WaitExercise:
    """What wait mode wants is asked of the ear whenever it changes.

    A recording waits for nobody: a group that was not heard is passed over when the player has gone on.
    """

    def __init__(self, score: Score, loop: bool = False, recorded: bool = False) -> None:
        """recorded: whether it is a recording that is heard."""
        self.mode = WaitMode(score, loop)
        self.done = False
        self._follower = Follower.of_score(score) if recorded else None
        self._sent: Expect | None = None

    def begin(self, now_s: float) -> list[Told | Expect]:
        """Wait for the first group, or for the present one anew."""
        return self._with_question(self.mode.begin(now_s))

    def observe(self, message: Message) -> list[Told | Expect]:
        """The next message of the engine."""
        told = self._with_question(self.mode.observe(message))
        if self._follower is not None and isinstance(message, NoteOn):
            told += self._with_question(self._caught_up(self._follower, message))
        return told

    def advance(self, now_s: float) -> list[Told | Expect]:
        """It is `now_s`."""
        return self._with_question(self.mode.advance(now_s))

    def closing(self, _now_s: float) -> list[Told | Expect]:
        """All that is wanted is asked for."""
        return []

    def finish(self, _now_s: float) -> list[Told | Expect]:
        """Nothing is missed by stopping."""
        return []

    def _caught_up(self, follower: Follower, note: NoteOn) -> list[WaitEvent]:
        """Pass over the groups that the player has left behind."""
        follower.push(note.time, note.pitch)
        waits = self.mode.group
        events: list[WaitEvent] = []
        if waits is not None and follower.place >= waits.index + AHEAD:
            for _group in range(waits.index, follower.place):
                events += self.mode.skip(note.time - BEFORE_S)
        return events

    def _with_question(self, events: list[WaitEvent]) -> list[Told | Expect]:
        wanted = self.mode.wanted
        if wanted is None and any(isinstance(event, Round) for event in events):
            self.done = True
        if wanted is None or wanted == self._sent:
            return [*events]
        self._sent = wanted
        return [*events, wanted]
