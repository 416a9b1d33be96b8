"""`--set life`: the recordings of maps-dev as a home makes them sound, under seven conditions.

Rooms are image sources, hiss and the fan are drawn, the speech is espeak-ng's: none of it lies in the corpus, and none
of it may be trained on (other rooms, voices and noise of the same kinds may). The same recordings give the same sound
every time; it is kept in the cache folder.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile
from scipy.signal import butter, fftconvolve, resample_poly, sosfilt

from realtime.contract import SAMPLE_RATE, Float64Array
from realtime.errors import FileError, UsageError
from realtime.system.storage import file_error, make_folder
from training.data.corpus.recordings import pairs, read_audio

LIFE = "life"
SOURCE = "maps-dev"
CODEC, VOICE = "ffmpeg", "espeak-ng"
SPOKEN = (
    "do you want some tea, it is nearly four, and the train leaves at ten past five, so please do not start another "
    "sonata now. "
)
_SEED = 11
_MOST_REFLECTIONS = 40

Condition = Callable[[Float64Array, np.random.Generator], Float64Array]
Progress = Callable[[str], None]


def make_life(source: Path, parent: Path, progress: Progress = lambda _: None) -> Path:
    """The folder with every recording of `source` under every condition, as NAME_CONDITION.flac with its notes beside
    it; made under `parent` unless it is there already.

    Raises UsageError without what it takes to make it, MissingCorpusError, FileError.
    """
    recordings = pairs(source)
    folder = parent / _digest(recordings) / LIFE
    if folder.is_dir():
        return folder
    require_tools()
    make_folder(folder.parent)
    try:
        with TemporaryDirectory(dir=folder.parent, prefix="making-", ignore_cleanup_errors=True) as scratch:
            for i, (audio, midi) in enumerate(recordings):
                progress(f"making {LIFE}, {i + 1}/{len(recordings)}")
                _write(audio, midi, Path(scratch))
            Path(scratch).rename(folder)
    except (OSError, soundfile.LibsndfileError) as error:
        raise FileError(f"The set {LIFE} cannot be written to {folder.parent}: {error}.") from error
    return folder


def require_tools() -> None:
    """Raises UsageError, with what is missing."""
    missing = [name for name in (CODEC, VOICE) if shutil.which(name) is None]
    try:
        import pyroomacoustics  # noqa: F401
    except ImportError:
        missing.append("pyroomacoustics (pip install pyroomacoustics)")
    if missing:
        raise UsageError(f"The set {LIFE} is made with {', '.join(missing)}, not found here. Install what is missing.")


def _digest(recordings: Sequence[tuple[Path, Path]]) -> str:
    """Of the recordings and of this module: another one where the sound would be another."""
    files = [Path(__file__), *(path for pair in recordings for path in pair)]
    try:
        found = hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files))
    except OSError as error:
        raise file_error(error, files[-1].parent) from error
    return found.hexdigest()[:16]


def _write(audio: Path, midi: Path, folder: Path) -> None:
    sound = read_audio(audio).astype(np.float64)
    for name, condition in CONDITIONS.items():
        made = condition(sound, np.random.default_rng(_SEED))
        made = made / max(1.0, float(np.abs(made).max()))
        target = folder / f"{audio.stem}_{name}.flac"
        soundfile.write(target, made, SAMPLE_RATE, subtype="PCM_16")
        shutil.copyfile(midi, target.with_suffix(".mid"))


@cache
def _room(
    size: tuple[float, ...], piano: tuple[float, ...], microphone: tuple[float, ...], t60_s: float
) -> Float64Array:
    """Impulse response of a box (m) by image sources (Allen and Berkley 1979), from the first sound on; peak 1."""
    import pyroomacoustics

    absorption, order = pyroomacoustics.inverse_sabine(t60_s, list(size))
    room = pyroomacoustics.ShoeBox(
        list(size),
        fs=SAMPLE_RATE,
        materials=pyroomacoustics.Material(absorption),
        max_order=min(order, _MOST_REFLECTIONS),
        air_absorption=True,
    )
    room.add_source(list(piano))
    room.add_microphone(list(microphone))
    room.compute_rir()
    response = np.array(room.rir[0][0], np.float64)
    loud = np.abs(response) >= 0.5 * np.abs(response).max()
    response = response[int(np.argmax(loud)) :]
    return np.asarray(response / np.abs(response).max(), np.float64)


def _living(sound: Float64Array) -> Float64Array:
    return _wet(sound, _room((4.6, 3.7, 2.5), (1.0, 0.8, 0.9), (2.9, 2.3, 1.1), 0.42))


def _hall(sound: Float64Array) -> Float64Array:
    return _wet(sound, _room((10.5, 6.4, 3.8), (2.2, 1.7, 1.0), (6.4, 4.1, 1.3), 0.95))


def _wet(sound: Float64Array, response: Float64Array) -> Float64Array:
    """In a room, at the level that it had."""
    wet = fftconvolve(sound, response)[: len(sound)]
    return np.asarray(wet * _rms(sound) / _rms(wet), np.float64)


def _phone(sound: Float64Array) -> Float64Array:
    """A telephone's microphone and its AAC at 48 kbit/s."""
    high = sosfilt(_filter(2, 120, "high"), sound)
    narrow = sosfilt(_filter(4, 7000, "low"), high)
    return _aac(narrow + 0.6 * sosfilt(_filter(2, (2200, 4200), "band"), narrow))


def _quiet(sound: Float64Array, random: np.random.Generator) -> Float64Array:
    """A peak of -34 dBFS over hiss of -62."""
    return np.asarray(
        sound / np.abs(sound).max() * 0.02 + random.standard_normal(len(sound)) * 10 ** (-62 / 20), np.float64
    )


def _fan(sound: Float64Array, random: np.random.Generator) -> Float64Array:
    """A laptop's fan 20 dB below the piano. Its noise is drawn twice: the second draw's level sets the first one's."""
    fan, another = _fan_noise(len(sound), random), _fan_noise(len(sound), random)
    return sound + fan * _rms(sound) / _rms(another) * 0.1


def _fan_noise(count: int, random: np.random.Generator) -> Float64Array:
    spectrum = np.fft.rfft(random.standard_normal(count))
    spectrum /= np.maximum(np.fft.rfftfreq(count, 1 / SAMPLE_RATE), 40) ** 0.6
    air, time = np.fft.irfft(spectrum, count), np.arange(count) / SAMPLE_RATE
    blades = sum(np.sin(2 * np.pi * k * 98.6 * time + k) / k for k in range(1, 5))
    return np.asarray(air / _rms(air) + 0.5 * blades, np.float64)


def _talked_over(sound: Float64Array) -> Float64Array:
    """Speech 10 dB below the piano."""
    spoken = np.resize(_speech(), len(sound))
    return sound + spoken * _rms(sound) / _rms(spoken) * 10 ** (-10 / 20)


def _clipped(sound: Float64Array) -> Float64Array:
    """12 dB too loud for its converter."""
    return np.asarray(np.clip(sound / np.abs(sound).max() * 4, -1, 1) * 0.9, np.float64)


CONDITIONS: dict[str, Condition] = {
    "living": lambda sound, _: _living(sound),
    "hall": lambda sound, _: _hall(sound),
    "phone_aac": lambda sound, _: _phone(_living(sound)),
    "quiet_hiss": _quiet,
    "laptop_fan_20db": lambda sound, random: _fan(_living(sound), random),
    "speech_10db": lambda sound, _: _talked_over(sound),
    "clipped_agc": lambda sound, _: _clipped(sound),
}


@cache
def _speech() -> Float64Array:
    with TemporaryDirectory(prefix="liszten-") as scratch:
        file = Path(scratch) / "spoken.wav"
        _call([VOICE, "-v", "en-us+f3", "-s", "165", "-w", str(file), SPOKEN * 6])
        spoken, rate = soundfile.read(file)
    return np.asarray(resample_poly(spoken, SAMPLE_RATE, rate), np.float64)


def _aac(sound: Float64Array) -> Float64Array:
    """There and back, as long as it was."""
    with TemporaryDirectory(prefix="liszten-") as scratch:
        plain, packed, again = (str(Path(scratch) / name) for name in ("plain.wav", "packed.m4a", "again.wav"))
        soundfile.write(plain, sound, SAMPLE_RATE)
        _call([CODEC, "-v", "error", "-y", "-i", plain, "-c:a", "aac", "-b:a", "48k", packed])
        _call([CODEC, "-v", "error", "-y", "-i", packed, "-ar", str(SAMPLE_RATE), "-ac", "1", again])
        decoded = soundfile.read(again)[0]
    return np.pad(decoded, (0, max(0, len(sound) - len(decoded))))[: len(sound)]


def _call(command: Sequence[str]) -> None:
    """Raises FileError when a program fails."""
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise FileError(f"{command[0]} failed: {error}.") from error


def _filter(order: int, corner_hz: float | tuple[float, float], kind: str) -> Float64Array:
    return np.asarray(butter(order, corner_hz, kind, fs=SAMPLE_RATE, output="sos"), np.float64)


def _rms(sound: Float64Array) -> float:
    return float(np.sqrt((sound**2).mean()) + 1e-12)
