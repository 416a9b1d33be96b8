"""A take as a film: falling blocks, drawn by the stage of the window, with their sound. Needs no screen."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gui.stage.chord_watch import ChordWatch
from gui.stage.geometry import geometry
from gui.stage.stage import FALL_SPEED, Look, Stage
from gui.takes.mp4 import Mp4
from gui.takes.piece import Piece, open_piece
from realtime.clock import samples
from realtime.contract import FloatArray
from realtime.errors import FileError, UsageError
from realtime.piano.playable import Playable, open_sound
from realtime.system.storage import replacing
from realtime.words import Phrase, Said

NO_SIZE = Phrase("video.no_size", "{size} is no size for a video. Give even numbers from {least} to {greatest}.")
NO_RATE = Phrase("video.no_rate", "{fps} pictures a second are not possible. Give {least} to {greatest}.")
NO_NOTES = Phrase("video.no_notes", "{take} holds no notes, so there is nothing to show. Choose another take.")

# The window's measures are for a stage of this size; a larger picture shows the same, larger.
DESIGN_WIDTH, DESIGN_HEIGHT = 1600, 900
LEAST_SIZE, GREATEST_SIZE = (320, 180), (7680, 4320)
LEAST_FPS, GREATEST_FPS = 10, 120
# A tall picture would show half a minute, hardly moving: blocks fall faster there.
LONGEST_SIGHT_S = 6.0
# So long one sees the first note come.
LEAD_S = 2.0
# What played notes ring on; a recording has its own end.
RING_S = 1.0


@dataclass(frozen=True)
class Film:
    """How a film is made. width, height: px; fps: pictures a second; look: of the stage, which must be a falling one.

    Raises UsageError for what cannot be a film.
    """

    width: int = 1920
    height: int = 1080
    fps: int = 60
    look: Look = field(default_factory=lambda: Look(speed=FALL_SPEED, falling=True))

    def __post_init__(self) -> None:
        least, greatest = (f"{width}x{height}" for width, height in (LEAST_SIZE, GREATEST_SIZE))
        sides = zip((self.width, self.height), LEAST_SIZE, GREATEST_SIZE, strict=True)
        if not all(low <= side <= high and side % 2 == 0 for side, low, high in sides):
            wrong = f"{self.width}x{self.height}"
            raise UsageError(NO_SIZE(size=wrong, least=least, greatest=greatest))
        if not LEAST_FPS <= self.fps <= GREATEST_FPS:
            raise UsageError(NO_RATE(fps=self.fps, least=LEAST_FPS, greatest=GREATEST_FPS))

    @property
    def scale(self) -> float:
        """Pixels of the film per logical pixel of the stage."""
        return min(self.width / DESIGN_WIDTH, self.height / DESIGN_HEIGHT)

    def stage(self) -> Stage:
        """The stage that draws it."""
        hit = geometry(self.width, self.height, self.scale, self.look.keys).hit
        speed = max(self.look.speed, hit / self.scale / LONGEST_SIGHT_S)
        return Stage(self.width, self.height, self.scale, replace(self.look, speed=speed))


def write_video(
    take: Path,
    output: Path,
    film: Film,
    shown: Callable[[float], None] = lambda share: None,
    remarked: Callable[[Said], None] = lambda remark: None,
) -> float:
    """Make a film of a take's folder, its notes or a MIDI file; its length in seconds.

    shown: called with the share that is done, 0-1; remarked: with each remark on the notes. An `output` that was there
    is replaced once the new one is whole. Raises FileError when there is nothing to show, or when a file cannot be read
    or written.
    """
    piece = open_piece(take)
    if not piece.roll.blocks:
        raise FileError(NO_NOTES(take=take))
    for remark in piece.notes.remarks:
        remarked(remark)
    lead = math.ceil(max(LEAD_S - piece.roll.blocks[0].onset, 0.0) * film.fps)
    length_s = piece.length_s + (0.0 if piece.recorded else RING_S)
    pictures = lead + math.ceil(length_s * film.fps)
    sound = open_sound(piece.sound)
    camera = _FrameRenderer(piece, film)
    microphone = _sound(sound, lead / film.fps, pictures / film.fps)
    with replacing(output) as file, Mp4(file, film.width, film.height, film.fps, sound.rate) as mp4:
        samples_written = 0
        for index in range(pictures):
            mp4.picture(camera.draw((index - lead) / film.fps))
            while samples_written * film.fps <= index * sound.rate and (block := next(microphone, None)) is not None:
                mp4.sound(block)
                samples_written += len(block)
            shown((index + 1) / pictures)
    return pictures / film.fps


class _FrameRenderer:
    """Draws the pictures of a piece, one after another."""

    def __init__(self, piece: Piece, film: Film) -> None:
        self._roll = piece.roll
        self._stage = film.stage()
        self._chords = ChordWatch() if film.look.chords else None

    def draw(self, now: float) -> npt.NDArray[np.uint8]:
        """uint8 (height, width, 4) as B G R X: the moment `now`, in seconds of the piece."""
        snapshot = self._roll.at(now, self._stage.ahead_s)
        chord = self._chords.look(snapshot, now) if self._chords is not None else None
        self._stage.draw(snapshot, now, chord=chord)
        return self._stage.canvas.pixels


def _sound(sound: Playable, lead_s: float, length_s: float) -> Iterator[FloatArray]:
    """float32 (n, 2) blocks: silence for `lead_s`, then what is played, to the end of the film at the latest."""
    lead = samples(lead_s, sound.rate)
    left = samples(length_s, sound.rate) - lead
    if lead:
        yield np.zeros((lead, 2), np.float32)
    for block in sound.blocks(0.0, None):
        yield block[:left]
        left -= len(block)
        if left <= 0:
            return
