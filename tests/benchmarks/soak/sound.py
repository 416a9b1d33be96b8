"""What is played during a soak, and a witness of its own at the microphone.

Recordings, digital silence and noise take turns. The witness records the virtual microphone beside the program, and
finds in it when a recording arrived: so lateness is measured by a clock that the program knows nothing of.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import numpy as np
import soundfile
import soxr

from tests.e2e.program import ROOT
from tests.rig import Rig

DEMO = ROOT / "assets" / "demo" / "demo.flac"
WITNESS_RATE = 8_000
WITNESS_KEPT_S = 120.0
BLOCK_MS = 10
HEAD_S = 12.0  # so much of a recording is looked for
LEAST_CORRELATION = 0.5
SILENCE_S = 6.0
NOISE_DB = -52.0
RECORDINGS_PER_NOISE = 3
# In these somebody speaks, cries or sings: an alarm would not be false.
NO_NOISE = ("speech", "coffee-shop", "baby", "bird whistle")


@dataclass(frozen=True)
class Note:
    """A note as `transcribe` hears it in the file: when it sounds, s, and its MIDI number."""

    time: float
    pitch: int


@dataclass(frozen=True)
class Piece:
    """What is played in one go. notes: of a recording, () for noise; head: its begin at the witness's rate."""

    path: Path
    notes: tuple[Note, ...]
    head: np.ndarray


def recordings() -> list[Path]:
    """The demo that ships, then the real piano of the data folder where that is there."""
    return [DEMO, *sorted((Path(os.environ.get("LISZTEN_DATA", "")) / "maps-dev").glob("*.flac"))]


def program(folder: Path, pieces: int) -> Iterator[Piece]:
    """Recordings and noise in turn, for ever; `pieces` recordings are prepared (transcribed) before the first."""
    prepared = [_piece(path) for path in recordings()[:pieces]]
    noises = _noises(folder)
    for turn in count():
        yield prepared[turn % len(prepared)]
        if noises and turn % RECORDINGS_PER_NOISE == RECORDINGS_PER_NOISE - 1:
            yield noises[turn // RECORDINGS_PER_NOISE % len(noises)]


class Witness:
    """Records the microphone. `arrival` tells when a sound that was played reached it."""

    def __init__(self, rig: Rig) -> None:
        options = f"--rate={WITNESS_RATE} --channels=1 --format=s16le --latency-msec={BLOCK_MS}"
        command = ["parec", "--device=mic", *options.split()]
        self._process = subprocess.Popen(command, env=rig.env, stdout=subprocess.PIPE)
        self._blocks: deque[tuple[float, bytes]] = deque()  # arrival, s16
        self._lock = threading.Lock()
        threading.Thread(target=self._read, daemon=True).start()

    def arrival(self, head: np.ndarray, since: float) -> float | None:
        """Monotonic time at which the first sample of `head` was there, None when it is not found. since: it was
        played after."""
        with self._lock:
            blocks = [(at, data) for at, data in self._blocks if at > since]
        if not blocks:
            return None
        sound = np.frombuffer(b"".join(data for _, data in blocks), "<i2").astype(np.float64)
        if len(sound) < len(head):
            return None
        ends = np.cumsum([len(data) // 2 for _, data in blocks])
        # Blocks arrive late or in bursts, never early: the earliest tells when sound is there to be had.
        begin = float(np.min(np.array([at for at, _ in blocks]) - ends / WITNESS_RATE))
        at = place(sound, head)
        return None if at is None else begin + at / WITNESS_RATE

    def close(self) -> None:
        """End the recorder."""
        self._process.terminate()
        self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout is not None
        odd = b""
        while data := os.read(self._process.stdout.fileno(), 1 << 16):
            now = time.monotonic()
            data, odd = odd + data, b""
            if len(data) % 2:
                data, odd = data[:-1], data[-1:]
            with self._lock:
                self._blocks.append((now, data))
                while self._blocks[0][0] < now - WITNESS_KEPT_S:
                    self._blocks.popleft()


def place(sound: np.ndarray, head: np.ndarray) -> int | None:
    """Index in `sound` where `head` fits best, None where it fits nowhere."""
    length = 1 << int(np.ceil(np.log2(len(sound) + len(head))))
    spectrum = np.fft.rfft(sound, length) * np.conj(np.fft.rfft(head, length))
    fits = np.fft.irfft(spectrum, length)[: len(sound) - len(head) + 1]
    best = int(np.argmax(fits))
    norm = np.linalg.norm(sound[best : best + len(head)]) * np.linalg.norm(head)
    return best if norm > 0 and fits[best] / norm > LEAST_CORRELATION else None


def _piece(path: Path) -> Piece:
    print(f"transcribing {path.name}", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "realtime.cli.main", "transcribe", str(path), "--json", "--delay", "balanced"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True, text=True)
    events = [json.loads(line) for line in done.stdout.splitlines()]
    notes = tuple(Note(event["time"], event["pitch"]) for event in events if event["event"] == "note_on")
    sound, rate = soundfile.read(path, frames=round(HEAD_S * soundfile.info(path).samplerate), always_2d=True)
    return Piece(path, notes, soxr.resample(sound.mean(axis=1), rate, WITNESS_RATE))


def _noises(folder: Path) -> list[Piece]:
    """The clips of noise of the data folder, as quiet as in a room, as files of their own."""
    source = Path(os.environ.get("LISZTEN_DATA", "")) / "noise-dev"
    if not source.is_dir():
        return []
    sound, rate = soundfile.read(source / "noise-dev.ogg")
    pieces = []
    for number, clip in enumerate(json.loads((source / "noise-dev.json").read_text())["clips"]):
        if clip["cls"] not in NO_NOISE:
            cut = sound[clip["start"] : clip["start"] + clip["frames"]]
            gain = 10 ** (NOISE_DB / 20) / max(float(np.sqrt(np.mean(cut**2))), 1e-6)
            path = folder / f"noise-{number}.wav"
            soundfile.write(path, np.tile(cut * gain, 4), rate)
            pieces.append(Piece(path, (), np.zeros(0)))
    return pieces
