"""Pictures and sound as an MP4 file: H.264 and AAC, which every player and every site takes."""

from __future__ import annotations

import contextlib
from fractions import Fraction
from types import TracebackType
from typing import BinaryIO

import av
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter

from realtime.contract import FloatArray
from realtime.errors import LisztenError
from realtime.words import Phrase

SOUND_RATE = 48_000
SOUND_BITS = 192_000
# Flat colours and straight moves: a quick search finds as much as a long one, in half the time.
PICTURE_OPTIONS = {"preset": "veryfast", "crf": "19"}
KEYFRAME_S = 2
NO_ENCODER = Phrase(
    "video.no_encoder",
    "This installation of PyAV cannot write H.264 and AAC. Install the common one: pip install --force-reinstall av",
)


class Mp4:
    """An MP4 file of width × height px (both even), `fps` pictures a second and stereo sound of `rate` Hz.

    Use it as a context; the file is whole when that ends without an error. Raises OSError when it cannot be written,
    LisztenError when PyAV was built without the encoders.
    """

    def __init__(self, file: BinaryIO, width: int, height: int, fps: int, rate: int) -> None:
        self._container = av.open(file, "w", format="mp4")
        self._fps, self._rate = fps, rate
        self._pictures = self._samples = 0
        try:
            self._video = self._container.add_stream("libx264", rate=fps, options=dict(PICTURE_OPTIONS))
            self._audio = self._container.add_stream("aac", rate=SOUND_RATE, layout="stereo", bit_rate=SOUND_BITS)
        except ValueError as error:
            raise LisztenError(NO_ENCODER()) from error
        self._video.width, self._video.height, self._video.pix_fmt = width, height, "yuv420p"
        codec = self._video.codec_context
        codec.gop_size = KEYFRAME_S * fps
        codec.colorspace, codec.color_range = Colorspace.ITU709, ColorRange.MPEG
        codec.color_primaries, codec.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
        self._reformat = VideoReformatter().reformat
        self._resample = av.AudioResampler("fltp", "stereo", SOUND_RATE).resample

    def __enter__(self) -> Mp4:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._end()
        else:
            with contextlib.suppress(Exception):  # the file is given up; what else goes wrong with it is no news
                self._container.close()

    def picture(self, pixels: npt.NDArray[np.uint8]) -> None:
        """Add a picture. pixels: uint8 (height, width, 4) as B G R X."""
        frame = VideoFrame.from_numpy_buffer(pixels, format="bgra")
        frame = self._reformat(
            frame, format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
        )
        frame.pts, frame.time_base = self._pictures, Fraction(1, self._fps)
        self._pictures += 1
        self._container.mux(self._video.encode(frame))

    def sound(self, block: FloatArray) -> None:
        """Add sound. block: float32 (n, 2), full scale 1."""
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(block.T), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = self._rate, self._samples, Fraction(1, self._rate)
        self._samples += len(block)
        for resampled in self._resample(frame):
            self._container.mux(self._audio.encode(resampled))

    def _end(self) -> None:
        for resampled in self._resample(None):
            self._container.mux(self._audio.encode(resampled))
        for stream in (self._video, self._audio):
            self._container.mux(stream.encode(None))
        self._container.close()
