"""What Liszten costs on this computer, measured: computing time, memory, start-up, beside a peer."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from realtime.contract import LIVE, FloatArray
from realtime.system.rss import family_rss_mb
from realtime.transcription.model import OnnxStep, shipped_model
from realtime.transcription.pipeline import Pipeline

RATE = 48_000
BLOCK = 480
SOUND_S = 20.0
PACED_S = 10.0
DEMO_S = 6.0
DEMO_LIMIT_S = 60.0
PEER_WINDOWS = 5


@dataclass(frozen=True)
class Bench:
    """real_time_factor: processor time of resampler, model and decoder per second of sound, on one thread;
    step_p50_s, step_p99_s: of one 10 ms block when blocks come in real time; rss_mb: of `liszten demo` with all its
    processes; first_event_s: from the command `liszten demo --headless` to its first line; lateness_p50_s,
    lateness_p95_s: of its notes, from their sound until their MIDI message has left, or their line has been printed
    where there is no MIDI; None: not measurable here.
    peers: name -> real_time_factor and the sound that it needs first, s.
    """

    real_time_factor: float
    step_p50_s: float
    step_p99_s: float
    rss_mb: float | None
    first_event_s: float | None
    lateness_p50_s: float | None
    lateness_p95_s: float | None
    model: str
    provider: str
    peers: dict[str, dict[str, float]] = field(default_factory=dict)


def bench(model_file: Path | None = None, device: str = "auto") -> Bench:
    """Measure everything; takes about half a minute. Raises ModelError."""
    model = OnnxStep(model_file or shipped_model(), device)
    p50, p99 = paced_step_s(model)
    demo = demo_figures(model_file)
    return Bench(
        real_time_factor=real_time_factor(model),
        step_p50_s=p50,
        step_p99_s=p99,
        rss_mb=demo.rss_mb,
        first_event_s=demo.first_event_s,
        lateness_p50_s=demo.lateness_p50_s,
        lateness_p95_s=demo.lateness_p95_s,
        model=model.spec.name,
        provider=model.provider,
        peers=peers(),
    )


def real_time_factor(model: OnnxStep) -> float:
    """Processor seconds per second of sound, for blocks pushed without a pause; other programs do not count."""
    pipeline = Pipeline(model, model.spec.offered(LIVE), input_rate=RATE, changeable=True)
    blocks = sample_sound(SOUND_S).reshape(-1, BLOCK)
    begin = time.thread_time()
    for block in blocks:
        pipeline.push(block)
    return (time.thread_time() - begin) / SOUND_S


def paced_step_s(model: OnnxStep) -> tuple[float, float]:
    """Median and 99th percentile of one block's computing time when blocks come every 10 ms, as they do live."""
    pipeline = Pipeline(model, model.spec.offered(LIVE), input_rate=RATE, changeable=True)
    times = []
    due = time.perf_counter()
    for block in sample_sound(PACED_S).reshape(-1, BLOCK):
        due += BLOCK / RATE
        time.sleep(max(0.0, due - time.perf_counter()))
        begin = time.perf_counter()
        pipeline.push(block)
        times.append(time.perf_counter() - begin)
    p50, p99 = np.percentile(times, (50, 99))
    return float(p50), float(p99)


@dataclass(frozen=True)
class DemoFigures:
    """Figures of a running demo, as in Bench."""

    rss_mb: float | None = None
    first_event_s: float | None = None
    lateness_p50_s: float | None = None
    lateness_p95_s: float | None = None


def demo_figures(model_file: Path | None) -> DemoFigures:
    """Memory in MiB at the end of `liszten demo --headless`, seconds to its first line, and how late its notes were."""
    options = ["--levels", "--seconds", str(DEMO_S)] + ([] if model_file is None else ["--model", str(model_file)])
    itself = [] if hasattr(sys, "frozen") else ["-m", "realtime.cli.main"]  # a bundle is the program
    command = [sys.executable, *itself, "--quiet", "demo", *options]
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as demo:
        assert demo.stdout is not None
        if not demo.stdout.readline():
            return DemoFigures()
        first_event_s = time.perf_counter() - begin
        time.sleep(DEMO_S / 2)
        rss_mb = family_rss_mb(demo.pid)
        lines, _ = demo.communicate(timeout=DEMO_LIMIT_S)
    late_s = [late for line in map(json.loads, lines.splitlines()) for late in line.get("new_s", ())]
    p50, p95 = np.percentile(late_s, (50, 95)) if late_s else (None, None)
    return DemoFigures(rss_mb, first_event_s, p50, p95)


def sample_sound(duration_s: float) -> FloatArray:
    """Decaying tones at random pitches, 48 kHz, the same every time, float32 (n,)."""
    rng = np.random.default_rng(0)
    total = round(duration_s * RATE)
    sound = np.zeros(total)
    seconds = np.arange(RATE) / RATE
    for onset in range(0, total - RATE, RATE // 8):
        frequency = 440 * 2 ** ((rng.integers(21, 109) - 69) / 12)
        sound[onset : onset + RATE] += 0.1 * np.sin(2 * np.pi * frequency * seconds) * np.exp(-3 * seconds)
    return sound.astype(np.float32)


def peers() -> dict[str, dict[str, float]]:
    """Figures of other transcribers that are installed: Basic Pitch's network, without its note decoding."""
    spec = importlib.util.find_spec("basic_pitch")
    if spec is None or spec.origin is None:
        return {}
    model = Path(spec.origin).parent / "saved_models" / "icassp_2022" / "nmp.onnx"
    return {"basic_pitch": _network_figures(model, sample_rate=22_050)} if model.is_file() else {}


def _network_figures(model: Path, sample_rate: int) -> dict[str, float]:
    """Real-time factor of an ONNX network that takes windows of audio (1, samples, 1), on one thread."""
    from realtime.transcription.onnx_runtime import onnxruntime

    options: Any = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    entrance = session.get_inputs()[0]
    window_s = entrance.shape[1] / sample_rate
    audio = np.zeros((1, entrance.shape[1], 1), np.float32)
    session.run(None, {entrance.name: audio})
    begin = time.thread_time()
    for _ in range(PEER_WINDOWS):
        session.run(None, {entrance.name: audio})
    factor = (time.thread_time() - begin) / (PEER_WINDOWS * window_s)
    return {"real_time_factor": factor, "window_s": window_s}
