"""The sound of one container that FFmpeg has opened, on the time line that its time stamps give.

Where they show that sound is missing, a Dropout takes its place; sound that begins later than the picture begins late.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from realtime.audio.audio_file import Piece
from realtime.audio.ffmpeg_frames import FARTHEST_S, JUMP_S, decoded_frames, lateness_s, lost_before_s
from realtime.audio.ring import Dropout
from realtime.contract import FloatArray

VORBIS_JUMP_S = 0.06  # FFmpeg counts packets of Vorbis as if long and short blocks did not overlap
LAYOUTS = {1: "mono", 2: "stereo", 3: "2.1", 4: "quad", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"}


class TimeLine:
    """The sound of one open container from `position` on. late: whether it may begin after the container does; begins:
    whether its beginning is whole; damaged: whether what came last could not be read."""

    def __init__(
        self, container: Any, stream: Any, rate: int, channels: int, position: int, late: bool, begins: bool
    ) -> None:
        self.position = position
        self._container, self._rate, self._channels, self._late = container, rate, channels, late
        self._stream, self._begins = stream, begins
        self.damaged = False
        self._jump_s = VORBIS_JUMP_S if self._stream.codec_context.name == "vorbis" else JUMP_S
        self._origin_s: float | None = None
        self._due_s: float | None = None  # where the next frame should begin, as time stamps count
        self._convert: Any = None
        self._kind: object = None

    def pieces(self, skip_s: float) -> Iterator[tuple[int, Piece]]:
        """skip_s: what lies before it need not be decoded, once it is known where the sound begins."""
        for frame in decoded_frames(self._container, self._stream, skip_s):
            if frame is None:
                self.damaged = True
                continue
            if not frame.samples:
                continue
            yield from self._until(frame)
            self.damaged = False
            for block in self._converted(frame):
                yield self.position, block
                self.position += len(block)
        for block in self._rest():
            yield self.position, block
            self.position += len(block)

    def _until(self, frame: Any) -> Iterator[tuple[int, Piece]]:
        """What lies between the last frame and this one."""
        stamp_s = None if frame.pts is None or frame.time_base is None else float(frame.pts * frame.time_base)
        if self._origin_s is None:
            yield from self._beginning(frame, stamp_s)
        missing = self._missing(stamp_s)
        if missing or self.damaged:
            yield self.position, Dropout(missing)
        self.position += missing
        length_s = frame.samples / frame.sample_rate
        self._due_s = None if stamp_s is None else stamp_s + length_s

    def _beginning(self, frame: Any, stamp_s: float | None) -> Iterator[tuple[int, Piece]]:
        """Silence before sound that begins late. What was lost before the first frame counts as any loss."""
        late_s = lateness_s(self._container, self._stream, frame, stamp_s) if self._late else 0.0
        self.damaged = self.damaged or not self._begins
        lost_s = lost_before_s(self._stream, stamp_s, self._begins) if self.damaged and not late_s else 0.0
        self._origin_s = (stamp_s or 0.0) - late_s - lost_s - self.position / self._rate
        for length in _lengths(round(late_s * self._rate), self._rate):
            yield self.position, np.zeros((length, self._channels), np.float32)
            self.position += length

    def _missing(self, stamp_s: float | None) -> int:
        if stamp_s is None or self._origin_s is None:
            return 0
        behind_s = stamp_s - self._origin_s - self.position / self._rate
        jump_s = behind_s if self._due_s is None else stamp_s - self._due_s
        if abs(jump_s) > FARTHEST_S or behind_s < -FARTHEST_S:
            self._origin_s += behind_s
            return 0
        return round(min(jump_s, behind_s) * self._rate) if min(jump_s, behind_s) > self._jump_s else 0

    def _converted(self, frame: Any) -> Iterator[FloatArray]:
        """The frame in the form of the whole: a broadcast may turn from mono to stereo."""
        import av

        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if kind != self._kind:
            yield from self._rest()
            layout = (
                frame.layout if frame.layout.nb_channels == self._channels else LAYOUTS.get(self._channels, "stereo")
            )
            self._convert, self._kind = av.AudioResampler("fltp", layout, self._rate), kind
        frame.pts = None
        yield from map(_block, self._convert.resample(frame))

    def _rest(self) -> Iterator[FloatArray]:
        """What the converter still holds."""
        if self._convert is not None:
            yield from map(_block, self._convert.resample(None))
            self._convert = None


def _lengths(total: int, step: int) -> Iterator[int]:
    while total > 0:
        yield min(total, step)
        total -= step


def _block(frame: Any) -> FloatArray:
    return np.ascontiguousarray(frame.to_ndarray().T, np.float32)
