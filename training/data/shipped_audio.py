"""Make the starter corpus and the demo recording in `assets`.

For maintainers, who have the full pianos: python -m training.data.shipped_audio
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from realtime.contract import SAMPLE_RATE
from realtime.notes import NoteTable
from training.data.corpus.bank_thinning import thin_bank
from training.data.corpus.midi import write_midi
from training.data.corpus.paths import data_folder, require
from training.data.music.generate import generate
from training.data.music.pieces import PIECES, Manner, play
from training.data.sound.piano import Bank
from training.data.sound.renderer import RenderSettings, render

STARTER_BANKS = {"salamander": 4, "headroom_close": 3, "kawai_upright": 2}
_LONGEST_S, _VORBIS_QUALITY = 8.0, 0.5
DEMO_PIECE = "beethoven_fuer_elise_theme"
DEMO_RATE = 48_000
_DEMO_SEED = 7
_MANNERS = 6
_GENERATED, _GENERATED_S = 20, 60.0


def write_pianos(source: Path, target: Path) -> None:
    """The banks of the starter corpus."""
    for name, layers in STARTER_BANKS.items():
        bank = require(source / name, "pianos")
        thin_bank(bank, target / f"{name}_thin", layers, "L", _LONGEST_S, _VORBIS_QUALITY)


def write_performances(target: Path) -> None:
    """Every piece in several manners (takes, for `MidiFolder`), and generated playing, as MIDI files; seeded."""
    target.mkdir(parents=True)
    for number, piece in enumerate(PIECES):
        for manner in range(_MANNERS):
            random = np.random.default_rng([number, manner])
            write_midi(play(piece, Manner.drawn(random), random), target / f"{piece.name}.take{manner}.mid")
    for number in range(_GENERATED):
        random = np.random.default_rng([100, number])
        write_midi(generate(random, _GENERATED_S), target / f"generated_{number:02d}.mid")


def demo_performance() -> NoteTable:
    """The demo's piece, played once; its first note begins 0.2 s into the recording."""
    piece = next(piece for piece in PIECES if piece.name == DEMO_PIECE)
    return play(piece, Manner(velocity=62.0, dynamics=1.1), np.random.default_rng(_DEMO_SEED))


def write_demo(salamander: Path, target: Path) -> None:
    """demo.flac (mono, DEMO_RATE) and its notes, demo.mid."""
    target.mkdir(parents=True, exist_ok=True)
    performance = demo_performance()
    seconds = performance.last_s + 1.5
    dry = render([performance], Bank(salamander), seconds, [RenderSettings(gamma=1.5, noise_db=-34.0)]).audio[0].numpy()
    wet = _small_room(dry)
    wet *= 0.7 / np.abs(wet).max()
    fade = int(1.2 * SAMPLE_RATE)
    wet[-fade:] *= np.cos(np.linspace(0, np.pi / 2, fade)).astype(np.float32)
    soundfile.write(target / "demo.flac", soxr.resample(wet, SAMPLE_RATE, DEMO_RATE), DEMO_RATE, subtype="PCM_16")
    write_midi(performance, target / "demo.mid")


def _small_room(audio: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """A little generated reverberation (0.5 s to -60 dB, 15 dB below the direct sound), so that it is not bone dry."""
    count = SAMPLE_RATE // 2
    noise = np.random.default_rng(_DEMO_SEED).standard_normal(count) * np.exp(-6.9 * np.arange(count) / count)
    noise[: SAMPLE_RATE // 100] = 0
    smooth = np.convolve(noise, [0.25, 0.5, 0.25], mode="same")
    tail = smooth * (10 ** (-15 / 20) / np.sqrt((smooth**2).sum()))
    size = len(audio) + count
    wet = np.fft.irfft(np.fft.rfft(audio, size) * np.fft.rfft(tail, size), size)[: len(audio)]
    return np.asarray(audio + wet, np.float32)


def main() -> None:
    """Write assets/starter and assets/demo of this checkout; old ones must be removed first."""
    assets = Path(__file__).resolve().parents[2] / "assets"
    pianos = require(data_folder() / "pianos", "pianos")
    write_pianos(pianos, assets / "starter" / "pianos")
    write_performances(assets / "starter" / "performances")
    write_demo(pianos / "salamander", assets / "demo")


if __name__ == "__main__":
    main()
