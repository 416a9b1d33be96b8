"""Audio files as blocks: libsndfile's formats through soundfile, all others (m4a, mp4, webm ...) through PyAV."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import soundfile

from realtime.audio.resample import HIGHEST_RATE, LOWEST_RATE
from realtime.clock import samples as samples_of
from realtime.clock import seconds
from realtime.contract import FloatArray
from realtime.errors import FileError
from realtime.words import Phrase

IS_FOLDER = Phrase("audio.is_folder", "{path} is a folder. Name the recordings in it, for example {example}.")
MISSING = Phrase("audio.missing", "There is no file {path}. Check the name and the folder.")
UNREADABLE = Phrase("audio.unreadable", "{path} cannot be read ({why}). Check its permissions.")
NO_SOUND = Phrase("audio.no_sound", "{path} holds no sound. Record it again, or choose another file.")
RATE = Phrase("audio.rate", "{path} has {rate} samples a second. Convert it to a rate from 8 to 192 kHz.")
BROKEN = Phrase("audio.broken", "{path} is broken or no audio that Liszten can read. Try to convert it to WAV.")
BROKEN_AFTER = Phrase(
    "audio.broken_after",
    "{path} is broken after {after_s:.1f} s. Copy or convert it again, or stop there with --end.",
)

BLOCK_SAMPLES = 16_384
UNKNOWN = 2**63 - 1  # the length that libsndfile gives when the header has none
RUN_UP_S = 1.0  # sound that a lossy decoder needs before the samples that it decodes exactly


class AudioFile(Protocol):
    """An audio file that can be read. samples: per channel; an estimate or None where the container has no exact
    length."""

    @property
    def path(self) -> Path: ...
    @property
    def rate(self) -> int: ...
    @property
    def channels(self) -> int: ...
    @property
    def samples(self) -> int | None: ...

    def blocks(self, start_s: float = 0.0, end_s: float | None = None) -> Iterator[FloatArray]:
        """float32 (n, channels) blocks of the stretch start_s .. end_s. Raises FileError when the file breaks off."""
        ...


def open_audio(path: Path | str) -> AudioFile:
    """Raises FileError for a file that is missing, a folder, unreadable, not audio, empty, or not of 8-192 kHz."""
    path = Path(path)
    if path.is_dir():
        raise FileError(IS_FOLDER(path=path, example=path / "*.wav"))
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except FileNotFoundError as error:
        raise FileError(MISSING(path=path)) from error
    except OSError as error:
        raise FileError(UNREADABLE(path=path, why=str(error.strerror))) from error
    opened = None if empty else (_open_soundfile(path) or _open_av(path))
    if opened is None or opened.samples == 0:
        raise FileError(NO_SOUND(path=path))
    if not LOWEST_RATE <= opened.rate <= HIGHEST_RATE:
        raise FileError(RATE(path=path, rate=opened.rate))
    return opened


def recorded_s(path: Path) -> float | None:
    """Length of a recording in seconds, 0 when the file does not give it; None when it cannot be read."""
    try:
        file = open_audio(path)
    except FileError:
        return None
    return seconds(file.samples or 0, file.rate)


@dataclass(frozen=True)
class SoundFileAudio:
    """WAV, FLAC, OGG, Opus, MP3, AIFF and whatever else libsndfile reads."""

    path: Path
    rate: int
    channels: int
    samples: int | None

    def blocks(self, start_s: float = 0.0, end_s: float | None = None) -> Iterator[FloatArray]:
        total = self.samples or 0
        start = min(samples_of(start_s, self.rate), total)
        end = total if end_s is None else min(samples_of(end_s, self.rate), total)
        position = max(start - round(RUN_UP_S * self.rate), 0)
        try:
            with _Forwards(_named(self.path)) as file:
                file.seek(position)
                while position < end:
                    block = file.read(min(BLOCK_SAMPLES, end - position), dtype="float32", always_2d=True)
                    if not len(block):
                        break
                    fresh = block[max(start - position, 0) :]
                    position += len(block)
                    yield fresh
        except soundfile.LibsndfileError as error:
            raise _broken_at(self.path, position, self.rate) from error


class _Forwards(soundfile.SoundFile):  # type: ignore[misc]
    """A file that soundfile reads block by block without a seek after each, which makes an MP3 click."""

    def seekable(self) -> bool:
        return False


@dataclass(frozen=True)
class AvAudio:
    """Any other container, decoded from its start, as seeking in them is not exact."""

    path: Path
    rate: int
    channels: int
    samples: int | None

    def blocks(self, start_s: float = 0.0, end_s: float | None = None) -> Iterator[FloatArray]:
        position, start = 0, samples_of(start_s, self.rate)
        for block in self._decoded():
            begin, stop = max(start - position, 0), len(block)
            if end_s is not None:
                stop = min(stop, samples_of(end_s, self.rate) - position)
            if begin < stop:
                yield block[begin:stop]
            elif position >= start:
                return
            position += len(block)

    def _decoded(self) -> Iterator[FloatArray]:
        import av

        position, layout, kind = 0, None, None
        try:
            with av.open(str(self.path)) as container:
                for frame in container.decode(audio=0):
                    layout = layout or frame.layout
                    if kind != (kind := (frame.format.name, frame.layout.name, frame.sample_rate)):
                        # The first frame's form holds for all: a broadcast may turn from mono to stereo.
                        convert = av.AudioResampler("fltp", layout, self.rate)
                    for converted in convert.resample(frame):
                        block: FloatArray = np.ascontiguousarray(converted.to_ndarray().T, np.float32)
                        position += len(block)
                        yield block
        except av.FFmpegError as error:
            raise _broken_at(self.path, position, self.rate) from error


def _open_soundfile(path: Path) -> SoundFileAudio | None:
    """None when libsndfile does not know the length, or the format (a TypeError: it takes the name for headerless
    audio)."""
    try:
        info = soundfile.info(_named(path))
    except (soundfile.LibsndfileError, TypeError):
        return None
    if info.frames == UNKNOWN:  # FLAC from a pipe: FFmpeg reads such files, too
        return None
    return SoundFileAudio(path, info.samplerate, info.channels, info.frames)


def _named(path: Path) -> Path | bytes:
    """The path as soundfile takes it: on Linux a name may have bytes that are no UTF-8, which it cannot encode."""
    return path if sys.platform == "win32" else os.fsencode(path)


def _open_av(path: Path) -> AvAudio:
    """Raises FileError when FFmpeg finds no sound that it can decode."""
    import av  # 30 ms and 20 MB that most recordings do not need; of a local file it opens no address on the network

    try:
        with av.open(str(path)) as container:
            first = next(container.decode(audio=0), None)
            if first is None:
                return AvAudio(path, 1, 1, 0)
            length = _estimated_samples(container, first.sample_rate)
            return AvAudio(path, first.sample_rate, first.layout.nb_channels, length)
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise FileError(BROKEN(path=path)) from error


def _estimated_samples(container: Any, rate: int) -> int | None:
    stream = container.streams.audio[0]
    if stream.duration is None:
        return None
    return int(np.ceil(stream.duration * stream.time_base * rate))


def _broken_at(path: Path, position: int, rate: int) -> FileError:
    after_s = seconds(position, rate)
    return FileError(BROKEN_AFTER(path=path, after_s=after_s))
