"""Training segments to listen to, each with a picture of its sound under its labels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from scipy.signal import ShortTimeFFT
from scipy.signal.windows import hann

from realtime.contract import KEYS, LOWEST_PITCH, SAMPLE_RATE
from realtime.errors import FileError
from realtime.system.storage import make_folder, require_writable
from training.data.corpus.midi import write_midi
from training.data.segments.segments import Segment, SegmentSource, SourceConfig
from training.fit.config import read_config
from training.fit.starter import starter_config

_WINDOW, _HOP = 2048, 160
_FLOOR_DB = -80.0
# A quarter of a semitone a row, so that a label's bar lies on its fundamental.
_ROWS_PER_KEY = 4


def render_segments(config: Path | None, output: Path, seed: int, count: int) -> Iterator[Path]:
    """Write segments `seed` .. `seed + count - 1` as NUMBER_KIND_PIANO.wav, .mid and .png; yields each WAV's path.

    Without a configuration the starter corpus is used. Raises FileError when something cannot be written,
    MissingCorpusError when a part of the corpus is not there.
    """
    corpus: SourceConfig = read_config(config).corpus if config else starter_config().corpus
    source = SegmentSource(corpus)
    make_folder(output)
    require_writable(output)
    for number in range(seed, seed + count):
        segment = source.segment(number)
        path = output / "_".join(part for part in (f"{number:05d}", segment.kind, segment.piano) if part)
        try:
            soundfile.write(path.with_suffix(".wav"), segment.audio, SAMPLE_RATE, subtype="PCM_16")
            write_midi(segment.performance.slice(0.0, corpus.seconds), path.with_suffix(".mid"))
            draw(segment, path.name).savefig(path.with_suffix(".png"), dpi=110)
        except (OSError, soundfile.SoundFileError) as error:
            raise FileError(f"{path.with_suffix('.wav')} cannot be written: {error}.") from error
        yield path.with_suffix(".wav")


def draw(segment: Segment, title: str) -> Figure:
    """Spectrogram on the scale of the keys with a bar a note; below it the waveform with the onsets, and the pedal."""
    figure = Figure(figsize=(13, 8), layout="constrained")
    roll, wave, pedal = figure.subplots(3, 1, sharex=True, height_ratios=(8, 2, 1))
    seconds = len(segment.audio) / SAMPLE_RATE
    roll.imshow(
        _by_key(segment),
        origin="lower",
        aspect="auto",
        cmap="magma",
        extent=(0, seconds, LOWEST_PITCH - 0.5, LOWEST_PITCH + KEYS - 0.5),
    )
    roll.set_title(f"{title} · peak {_dbfs(np.abs(segment.audio).max(initial=0.0)):.1f} dBFS")
    roll.set_ylabel("MIDI pitch")
    _draw_notes(roll, segment)
    time = np.arange(len(segment.audio)) / SAMPLE_RATE
    wave.plot(time, segment.audio, linewidth=0.4, color="black")
    onsets = segment.performance.onset[segment.performance.onset >= 0]
    wave.vlines(onsets, *wave.get_ylim(), color="tab:blue", linewidth=0.6)
    wave.set_ylabel("audio")
    _draw_pedal(pedal, segment, seconds)
    pedal.set_xlim(0, seconds)
    return figure


def _draw_notes(axes: Axes, segment: Segment) -> None:
    """Light blue while the key is down, dotted while the note is still audible, a white tick at the onset."""
    played = segment.performance
    held = [[(a, p), (b, p)] for a, b, p in zip(played.onset, played.offset, played.pitch, strict=True)]
    audible = [
        [(min(a, b), p), (b, p)] for a, b, p in zip(played.offset, segment.sounding_end, played.pitch, strict=True)
    ]
    axes.add_collection(LineCollection(held, colors="deepskyblue", linewidths=2, alpha=0.9), autolim=False)
    axes.add_collection(LineCollection(audible, colors="deepskyblue", linewidths=1, linestyles=":"), autolim=False)
    axes.plot(played.onset, played.pitch, "|", color="white", markersize=7, scalex=False, scaley=False)


def _draw_pedal(axes: Axes, segment: Segment, seconds: float) -> None:
    times = np.concatenate([[0.0], segment.performance.pedal_time, [seconds]])
    values = np.concatenate([[0], segment.performance.pedal_value, segment.performance.pedal_value[-1:]])
    axes.fill_between(times[: len(values)], values, step="post", color="tab:green", alpha=0.6)
    axes.set_ylim(0, 127)
    axes.set_ylabel("CC64")
    axes.set_xlabel("seconds")


def _by_key(segment: Segment) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """(KEYS * _ROWS_PER_KEY, frames) dB below the loudest: the spectrum read at quarter semitones."""
    transform = ShortTimeFFT(hann(_WINDOW), _HOP, SAMPLE_RATE, mfft=4 * _WINDOW, scale_to="magnitude")
    level = np.abs(transform.stft(segment.audio, p0=0, p1=len(segment.audio) // _HOP))
    rows = LOWEST_PITCH - 0.5 + (np.arange(KEYS * _ROWS_PER_KEY) + 0.5) / _ROWS_PER_KEY
    bins = np.round(440 * 2 ** ((rows - 69) / 12) / transform.delta_f).astype(int)
    decibels = 20 * np.log10(np.maximum(level[bins], 1e-9))
    return np.asarray(np.maximum(decibels, decibels.max() + _FLOOR_DB), np.float64)


def _dbfs(value: float) -> float:
    return float(20 * np.log10(max(value, 1e-9)))
