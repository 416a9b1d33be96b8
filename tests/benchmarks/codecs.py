"""`python -m tests.benchmarks.codecs [RECORDING]`: one recording in every format that FFmpeg writes, read again.

Prints for each format by how much its sound lies after that of the WAV (cross-correlation at 16 kHz), by how much its
notes do (median over the notes that both have), and the onset F1 between the two (50 ms, mir_eval).
"""

from __future__ import annotations

import sys
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import av
import mir_eval
import numpy as np
import soundfile
import soxr

from realtime.audio.files import open_audio
from realtime.cli.commands.demo import demo_recording
from realtime.contract import SAMPLE_RATE, FloatArray
from realtime.events import NoteOn
from realtime.transcription.model import OnnxStep, shipped_model
from realtime.transcription.recording import transcribe_file

LENGTH_S = 20.0
CORRELATED = 1 << 20
WINDOW_S = 0.1  # notes further apart are other notes


LIBSNDFILE = "Vorbis by libsndfile"  # PyAV comes without a good encoder of it


class Format(NamedTuple):
    """suffix of the file, FFmpeg's name of the encoder, and what it needs."""

    suffix: str
    codec: str
    rate: int = 44_100
    layout: str = "stereo"
    options: tuple[tuple[str, str], ...] = ()


FORMATS = (
    Format("wav", "pcm_s16le"),
    Format("wav", "pcm_u8"),
    Format("wav", "pcm_f64le"),
    Format("wav", "adpcm_ms"),
    Format("wav", "adpcm_ima_wav"),
    Format("aiff", "pcm_s16be"),
    Format("w64", "pcm_s24le"),
    Format("caf", "pcm_s24be"),
    Format("flac", "flac"),
    Format("m4a", "alac"),
    Format("tta", "tta"),
    Format("wv", "wavpack"),
    Format("mp3", "libmp3lame"),
    Format("mp3", "libmp3lame", options=(("write_xing", "0"),)),
    Format("m4a", "aac"),
    Format("mov", "aac"),
    Format("aac", "aac"),
    Format("ogg", LIBSNDFILE),
    Format("opus", "libopus", 48_000),
    Format("webm", "libopus", 48_000),
    Format("mka", "libopus", 48_000),
    Format("mp4", "libopus", 48_000),
    Format("mp2", "mp2"),
    Format("ac3", "ac3"),
    Format("eac3", "eac3"),
    Format("amr", "libopencore_amrnb", 8_000, "mono"),
    Format("wma", "wmav1"),
    Format("wma", "wmav2"),
)


def encode(sound: FloatArray, rate: int, path: Path, wanted: Format) -> None:
    """Mono sound (n,) in a format, in every channel. Raises FFmpegError or ValueError for an encoder that is absent."""
    if wanted.codec == LIBSNDFILE:
        soundfile.write(path, np.stack((sound, sound), axis=1), rate)
        return
    with av.open(str(path), "w", options=dict(wanted.options)) as container:
        stream: Any = container.add_stream(wanted.codec, rate=wanted.rate, layout=wanted.layout)
        if wanted.codec in ("tta", "wavpack"):  # which take 8 bits otherwise
            stream.format = av.AudioFormat("s16" if wanted.codec == "tta" else "s16p")
        if wanted.codec != "libopencore_amrnb":
            stream.bit_rate = 128_000
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound[None], np.float32), format="fltp", layout="mono")
        frame.sample_rate = rate
        resampler = av.AudioResampler(
            stream.format.name, wanted.layout, wanted.rate, frame_size=stream.frame_size or 1_024
        )
        begin = 0
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            piece.pts, piece.time_base = begin, Fraction(1, wanted.rate)
            begin += piece.samples
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))


def mono(path: Path) -> FloatArray:
    """A recording at 16 kHz."""
    audio = open_audio(path)
    sound: FloatArray = soxr.resample(np.concatenate(list(audio.blocks())).mean(axis=1), audio.rate, SAMPLE_RATE)
    return sound


def lag_ms(sound: FloatArray, reference: FloatArray) -> float:
    """By how much sound lies after the reference, ms."""
    spectra = np.fft.rfft(sound, CORRELATED) * np.conj(np.fft.rfft(reference, CORRELATED))
    lag = int(np.argmax(np.abs(np.fft.irfft(spectra, CORRELATED))))
    return 1_000 * (lag - CORRELATED if lag > CORRELATED // 2 else lag) / SAMPLE_RATE


def notes_of(path: Path, model: OnnxStep) -> np.ndarray:
    """(n, 2): onset, s, and pitch."""
    events = transcribe_file(path, model)
    return np.array([(event.time, event.pitch) for event in events if isinstance(event, NoteOn)]).reshape(-1, 2)


def compared(notes: np.ndarray, reference: np.ndarray) -> tuple[float, float]:
    """Median difference of onsets, ms, and F1."""
    nearest = [
        note[0] - min(same, key=lambda onset: abs(onset - note[0]))
        for note in notes
        if len(same := reference[reference[:, 1] == note[1], 0])
    ]
    near = [difference for difference in nearest if abs(difference) < WINDOW_S]
    intervals = [np.stack((found[:, 0], found[:, 0] + 0.1), axis=1) for found in (reference, notes)]
    pitches = [440 * 2 ** ((found[:, 1] - 69) / 12) for found in (reference, notes)]
    scores = mir_eval.transcription.precision_recall_f1_overlap(
        intervals[0], pitches[0], intervals[1], pitches[1], offset_ratio=None
    )
    return 1_000 * float(np.median(near)), float(scores[2])


def main(recording: Path) -> None:
    """Print the table."""
    model = OnnxStep(shipped_model(), "cpu")
    source = open_audio(recording)
    sound = np.concatenate(list(source.blocks(end_s=LENGTH_S))).mean(axis=1)
    print("| file | encoder | sound, ms | notes, ms | F1 |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "reference.wav"
        encode(sound, source.rate, plain, FORMATS[0])
        reference, notes = mono(plain), notes_of(plain, model)
        for wanted in FORMATS:
            path = Path(scratch) / f"{wanted.codec}.{wanted.suffix}"
            encoder = " ".join((wanted.codec, *(f"{name}={value}" for name, value in wanted.options)))
            try:
                encode(sound, source.rate, path, wanted)
            except (av.FFmpegError, ValueError) as error:
                print(f"| {wanted.suffix} | {encoder} | not written: {error} | | |", flush=True)
                continue
            difference, f1 = compared(notes_of(path, model), notes)
            lag = lag_ms(mono(path), reference)
            print(f"| {wanted.suffix} | {encoder} | {lag:+.1f} | {difference:+.0f} | {f1:.3f} |", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else demo_recording())
