"""Audio files as blocks: uncompressed sound and FLAC through libsndfile, all others (MP3, m4a, OGG, webm ...) through
FFmpeg.

What is damaged is read around, and what a header says about the length is never the end of the sound.
"""

from __future__ import annotations

from pathlib import Path

from realtime.audio.audio_file import AudioFile
from realtime.errors import FileError
from realtime.system.regular_file import NoRegularFileError, regular_file
from realtime.words import Phrase

IS_FOLDER = Phrase("audio.is_folder", "{path} is a folder. Name the recordings in it, for example {example}.")
MISSING = Phrase("audio.missing", "There is no file {path}. Check the name and the folder.")
UNREADABLE = Phrase("audio.unreadable", "{path} cannot be read ({why}). Check its permissions.")
NO_FILE = Phrase("audio.no_file", "{path} is a pipe or a device, not a file. Save its sound in a file first.")
NO_SOUND = Phrase("audio.no_sound", "{path} holds no sound. Record it again, or choose another file.")


def open_audio(path: Path | str) -> AudioFile:
    """Raises FileError for a file that is missing, a folder, a pipe or device, unreadable, not audio,
    protected or empty."""
    path = Path(path)
    if path.is_dir():
        raise FileError(IS_FOLDER(path=path, example=path / "*.wav"))
    try:
        with regular_file(path, None) as file:
            empty = not file.read(1)
    except NoRegularFileError as error:
        raise FileError(NO_FILE(path=path)) from error
    except FileNotFoundError as error:
        raise FileError(MISSING(path=path)) from error
    except OSError as error:
        raise FileError(UNREADABLE(path=path, why=str(error.strerror))) from error
    opened = None if empty else _opened(path)
    if opened is None or opened.samples == 0:
        raise FileError(NO_SOUND(path=path))
    return opened


def recorded_s(path: Path) -> float | None:
    """Length of a recording in seconds, 0 when the file does not give it; None when it cannot be read."""
    try:
        file = open_audio(path)
    except FileError:
        return None
    return file.length_s or 0.0


def _opened(path: Path) -> AudioFile | None:
    from realtime.audio.libsndfile import open_exact, open_other

    exact = open_exact(path)
    if exact is not None:
        return exact
    from realtime.audio.ffmpeg import open_ffmpeg  # 30 ms and 20 MB that uncompressed recordings do not need

    try:
        return open_ffmpeg(path)
    except FileError:
        other = open_other(path)
        if other is None:
            raise
        return other
