"""What sounds while a piece runs: the metronome and the other hand, in headphones that the player has named.

A round of play mode knows when everything comes, so its sound is given to the loudspeaker's process as a whole, with
the moment at which it is to be heard. Without headphones nothing sounds: the microphone would hear it.
"""

from __future__ import annotations

import logging

from realtime.notes import NoteTable
from realtime.piano.clicks import Accompaniment, Beat
from realtime.piano.speaker import Speaker
from realtime.piano.speaker_messages import PlaybackFailed
from realtime.practice.play import Round
from realtime.practice.score import Score
from realtime.words import Said

logger = logging.getLogger(__name__)
LEAD_S = 1.5  # between the request and the first beat: a device takes its time to open
VELOCITY = 62


def accompaniment(ran: Round, beside: Score | None, metronome: bool) -> tuple[Accompaniment, float]:
    """The sound of a round, and when it begins, s of the stream's clock: with its first beat.

    beside: with the notes of the other hand, None for none.
    """
    clicks = list(ran.clicks())
    begin_s = min(clicks[0].time if clicks else ran.start_s, ran.start_s)
    beats = tuple(Beat(click.time - begin_s, click.accent) for click in clicks) if metronome else ()
    return Accompaniment(_notes(ran, beside, begin_s), beats), begin_s


def _notes(ran: Round, beside: Score | None, begin_s: float) -> NoteTable:
    """What of a score lies in a round; ornaments are left out."""
    notes = [
        note
        for group in (() if beside is None else beside.groups)
        for note in group.notes
        if not note.optional and ran.score.begin <= note.beat < ran.score.end
    ]
    notes.sort(key=lambda note: (note.beat, note.pitch))
    return NoteTable.build(
        [ran.time(note.beat) - begin_s for note in notes],
        [ran.time(note.beat + note.length) - begin_s for note in notes],
        [note.pitch for note in notes],
        [VELOCITY] * len(notes),
    )


class Accompanist:
    """Gives each round its sound. output: name of the headphones.

    beside: with the notes of the other hand, None for none; metronome: whether beats sound; both may change at any
    time. problem: why nothing sounds, until it was shown; after it nothing is tried again.
    """

    def __init__(self, output: str, beside: Score | None = None, metronome: bool = True) -> None:
        self.beside, self.metronome = beside, metronome
        self.problem: Said | None = None
        self._output = output
        self._speaker = Speaker()
        self._playing: tuple[Round | None, Score | None, bool] = (None, None, True)
        self._failed = False
        self._speaker.prepare()

    def follow(self, ran: Round | None, time_s: float, captured: float) -> None:
        """This round runs, or none does. The sound at stream time `time_s` was captured at wall clock `captured`."""
        for answer in self._speaker.answers():
            if isinstance(answer, PlaybackFailed):
                self._failed, self.problem = True, answer.problem
        before, wanted = self._playing, (ran, self.beside, self.metronome)
        if self._failed or all(one is other for one, other in zip(before, wanted, strict=True)):
            return
        self._playing = wanted
        if ran is None:
            if before[0] is not None:
                self._speaker.stop()
            return
        sound, begin_s = accompaniment(ran, self.beside, self.metronome)
        self._speaker.play(sound, 0.0, due=captured + begin_s - time_s, output=self._output)

    def close(self) -> None:
        """End its process."""
        self._speaker.close()
