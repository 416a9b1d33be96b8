"""The shipped recording played through the engine as if it were the player's piano, with its sound."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gui.state.controller import Controller
from realtime.audio.demo import demo_recording
from realtime.engine.messages import Failed, Message, TakeStarted
from realtime.events import End, StreamStarted
from realtime.piano.speaker_messages import PlaybackPosition

if TYPE_CHECKING:  # with the libraries that read takes, which a window need not load to begin
    from gui.takes.replay import Loudspeaker

BEYOND_S = 3600.0  # where the recording is silent, as it is over


class Example:
    """Hear and see an example, and listen to the piano again afterwards.

    The loudspeaker comes first, with silence, as its process takes seconds to load. How long it then takes to begin is
    not known before it has begun: then it begins once more, so much ahead.
    """

    def __init__(self, controller: Controller, loudspeaker: Callable[[], Loudspeaker]) -> None:
        """loudspeaker: makes one, for the first example."""
        self._controller, self._new_loudspeaker = controller, loudspeaker
        self._speaker: Loudspeaker | None = None
        self._asked_at: float | None = None  # monotonic: when the sound was asked for that still is to be put in step
        self._sounding = False
        self.waiting = False  # for the loudspeaker

    @property
    def playing(self) -> bool:
        """Whether it is being played."""
        return self._controller.example

    def play(self) -> None:
        """Play it from its begin, as soon as the loudspeaker answers."""
        if not self.waiting and not self.playing:
            self.waiting = True
            self._listen_to_engine(True)
            self._loudspeaker.play(demo_recording(), BEYOND_S)

    def stop(self) -> bool:
        """Listen to the piano again; whether there was an example."""
        if not (self.waiting or self.playing):
            return False
        self.close()
        if self.playing:
            self._controller.end_example()
        return True

    def tick(self, now: float) -> None:
        """Put sound and picture in step."""
        for answer in self._loudspeaker.answers() if self.waiting or self._sounding else ():
            if self.waiting:  # a loudspeaker that fails is no reason to show nothing
                self.waiting = False
                self._controller.play_example(demo_recording())
            elif isinstance(answer, PlaybackPosition) and self._asked_at is not None:
                late_s = answer.at - answer.played_s - self._asked_at
                self._asked_at = None
                self._loudspeaker.play(demo_recording(), max(self._controller.session.now(now) + late_s, 0.0))

    @property
    def _loudspeaker(self) -> Loudspeaker:
        if self._speaker is None:
            self._speaker = self._new_loudspeaker()
        return self._speaker

    def _listen_to_engine(self, wanted: bool) -> None:
        followers = self._controller.followers
        if self._follow in followers:
            followers.remove(self._follow)
        if wanted:
            followers.append(self._follow)

    def _follow(self, message: Message, now: float) -> None:
        if isinstance(message, TakeStarted) and self.waiting:  # who plays already needs none
            self.close()
        if isinstance(message, StreamStarted) and self.playing:
            self._asked_at, self._sounding = now, True
            self._loudspeaker.play(demo_recording(), 0.0)
        elif isinstance(message, End | Failed) and self._sounding:
            self.close()

    def close(self) -> None:
        """No more sound."""
        self._asked_at, self._sounding, self.waiting = None, False, False
        self._listen_to_engine(False)
        if self._speaker is not None:
            self._speaker.stop()
            self._speaker.close()
