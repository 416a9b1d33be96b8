"""Render performances on sampled pianos: gather blocks of samples, multiply by the envelope, add up.

The output is cut into blocks of 1024 samples on one grid; every note that sounds in a block contributes one row, read
from the bank at whatever sample the grid asks for, so attacks are exact to the sample and the sum is one `index_add_`.
The same code runs on any torch device.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from scipy.fft import next_fast_len
from torch import Tensor

from realtime.contract import KEYS, LOWEST_PITCH, PEDAL_DOWN, SAMPLE_RATE, Float64Array, IntArray
from realtime.notes import NoteTable
from realtime.piano.dampers import SILENT_DB, DampingClock, HalfPedal, damped_at, damper_rate, damping_gain
from training.data.sound.damping import AUDIBLE_DB
from training.data.sound.piano import BLOCK, Bank
from training.data.sound.resample import TAPS, resample

_STEP = 64  # samples between two points of the envelope
_CPU_ROWS, _GPU_ROWS = 192, 32_768
_HALF_PEDAL = HalfPedal()
_RESONANT, _RESONANCE_DB = 0.6, (-36.0, -18.0)


@dataclass(frozen=True)
class RenderSettings:
    """Settings of one rendering: how the piano responds.

    gamma: loudness falls by gamma * 20 log10(velocity / 127) dB. uneven: share kept of each sample's own deviation
    from that. pan: 0 left microphone, 1 right, .5 both. release: stretches the dampers' release times. cents: global
    detuning. timbre: added to the velocity that chooses the layer. noise_db: level of release and pedal noises.
    resonance_db: level of the sympathetic resonance of undamped strings against the struck ones; None: none.
    """

    gamma: float = 1.6
    uneven: float = 0.5
    pan: float = 0.5
    release: float = 1.0
    cents: float = 0.0
    timbre: int = 0
    noise_db: float = -30.0
    half_pedal: HalfPedal = _HALF_PEDAL
    resonance_db: float | None = None

    @staticmethod
    def drawn(random: np.random.Generator, cents_sd: float = 8.0, cents_limit: float = 40.0) -> RenderSettings:
        free = random.uniform(24, 48)
        return RenderSettings(
            gamma=float(random.uniform(1.1, 2.1)),
            uneven=float(random.uniform(0.2, 0.9)),
            pan=float(random.beta(2, 2)),
            release=float(np.exp(random.uniform(np.log(0.6), np.log(2.0)))),
            cents=float(np.clip(random.normal(0, cents_sd), -cents_limit, cents_limit)),
            timbre=int(random.integers(-10, 11)),
            noise_db=float(random.uniform(-42, -20)),
            half_pedal=HalfPedal(free, free + random.uniform(20, 40)),
            resonance_db=float(random.uniform(*_RESONANCE_DB)) if random.random() < _RESONANT else None,
        )


class Rendered(NamedTuple):
    """audio: float32 (B, n). sounding_end: per performance (N,) s, until when each note is audible."""

    audio: Tensor
    sounding_end: list[Float64Array]


class _Rows(NamedTuple):
    """A row for each note or noise. position: output sample of the region's first sample; release, restrike: s."""

    region: IntArray
    position: IntArray
    gain: Float64Array
    rate: Float64Array
    release: Float64Array
    restrike: Float64Array
    stop: IntArray


def render(
    performances: Sequence[NoteTable],
    bank: Bank,
    seconds: float,
    all_settings: Sequence[RenderSettings],
    device: torch.device | None = None,
) -> Rendered:
    """Render a batch on one piano, each with its settings; n = round(seconds * 16000).

    A detuned performance is rendered on a stretched time line and resampled back, so its labels stay exact.
    """
    device = device or torch.device("cpu")
    if len(performances) != len(all_settings):
        raise ValueError(f"{len(performances)} performances but {len(all_settings)} settings")
    count = round(seconds * SAMPLE_RATE)
    bank.to(device)
    stretches = [2.0 ** (settings.cents / 1200) for settings in all_settings]
    grid = -(-(int(count * max(stretches)) + 2 * TAPS) // BLOCK)
    out = torch.zeros(len(performances) * grid, BLOCK, device=device)
    ends = []
    for item, (performance, settings, stretch) in enumerate(zip(performances, all_settings, stretches, strict=True)):
        clock = DampingClock(performance, settings.half_pedal)
        rows, end = _note_rows(performance, bank, settings, stretch, clock)
        ends.append(end)
        for part in (rows, _noise_rows(performance, bank, settings, stretch)):
            _add(out[item * grid : (item + 1) * grid], part, bank, settings, stretch, clock)
        if settings.resonance_db is not None:
            _resonate(out[item * grid : (item + 1) * grid].view(-1), performance, bank, settings, stretch)
    audio = out.view(len(performances), grid * BLOCK)
    if any(settings.cents for settings in all_settings):
        audio = torch.stack([_unstretched(a, s, count) for a, s in zip(audio, stretches, strict=True)])
    return Rendered(audio[:, :count].contiguous(), ends)


def _unstretched(audio: Tensor, stretch: float, count: int) -> Tensor:
    return audio[:count] if stretch == 1.0 else resample(audio, stretch, count)


def _note_rows(
    performance: NoteTable, bank: Bank, settings: RenderSettings, stretch: float, clock: DampingClock
) -> tuple[_Rows, Float64Array]:
    key = np.clip(performance.pitch - LOWEST_PITCH, 0, KEYS - 1)
    region = bank.piano.region_of[key, np.clip(performance.velocity + settings.timbre, 1, 127)]
    bank.prepare(region)
    rate = damper_rate(performance.pitch, settings.release)
    following = performance.next_onset()
    scale = SAMPLE_RATE * stretch
    position = np.round(performance.onset * scale).astype(np.int64) - bank.piano.lead[region]
    silent = damped_at(performance, clock, rate, SILENT_DB, following)
    stop = np.minimum(np.minimum(silent, 1e6) * scale, position + bank.frames[region]).astype(np.int64)
    audible = damped_at(performance, clock, rate, AUDIBLE_DB, following)
    natural = (position + bank.audible[region]) / scale
    end = np.maximum(np.minimum(np.minimum(audible, natural), following), performance.onset)
    release = np.maximum(performance.offset, performance.onset)
    gain = bank.piano.note_gain(key, region, performance.velocity, settings.gamma, settings.uneven)
    known = performance.pitch == key + LOWEST_PITCH
    rows = _Rows(region, position, gain, rate, release, following, stop)
    return _Rows(*(column[known] for column in rows)), end


def _noise_rows(performance: NoteTable, bank: Bank, settings: RenderSettings, stretch: float) -> _Rows:
    """Dampers falling on strings at key releases, and the pedal's own noise, where the bank has recorded them."""
    regions, times = [], []
    damps = settings.half_pedal.damping(performance.pedal_at(performance.offset))
    for pitch, offset, damp in zip(performance.pitch, performance.offset, damps, strict=True):
        region = int(bank.piano.release_region[np.clip(pitch - LOWEST_PITCH, 0, KEYS - 1)])
        if region >= 0 and damp > 0.3:
            regions.append(region)
            times.append(offset)
    down = performance.pedal_value >= PEDAL_DOWN
    for i in np.flatnonzero(down[1:] != down[:-1]) + 1:
        choices = bank.piano.pedal_regions[0 if down[i] else 1]
        if choices:
            regions.append(choices[int(performance.pedal_time[i] * 1000) % len(choices)])
            times.append(performance.pedal_time[i])
    region_index = np.array(regions, np.int64)
    bank.prepare(region_index)
    position = np.round(np.array(times) * SAMPLE_RATE * stretch).astype(np.int64)
    gain = bank.piano.natural_gain[region_index] * 10 ** (settings.noise_db / 20)
    never = np.full(len(regions), np.inf)
    return _Rows(region_index, position, gain, 0 * gain, never, never, position + bank.frames[region_index])


def _add(out: Tensor, rows: _Rows, bank: Bank, settings: RenderSettings, stretch: float, clock: DampingClock) -> None:
    """Add every row to `out` (grid, BLOCK)."""
    first = np.maximum(rows.position, 0) // BLOCK
    last = np.minimum(-(-rows.stop // BLOCK), out.shape[0])
    counts = np.maximum(last - first, 0)
    row = np.repeat(np.arange(len(counts)), counts)
    if len(row) == 0:
        return
    block = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts) + first[row]
    source = bank.first[rows.region[row]] + block * BLOCK - rows.position[row]
    envelope = _envelope(rows, row, block, stretch, clock, out.shape[0])
    device = out.device
    sources, blocks = torch.from_numpy(source).to(device), torch.from_numpy(block).to(device)
    points = torch.from_numpy(envelope).to(device)
    windows = bank.flat.unfold(1, BLOCK, 1)
    ramp = torch.arange(_STEP, device=device) / _STEP
    left, right = 0.5 * min(1.0, 2 * (1 - settings.pan)), 0.5 * min(1.0, 2 * settings.pan)
    size = _CPU_ROWS if device.type == "cpu" else _GPU_ROWS
    for i in range(0, len(row), size):
        at = sources[i : i + size]
        samples = windows[0][at].float().mul_(left).add_(windows[-1][at], alpha=right)
        e = points[i : i + size]
        shape = torch.addcmul(e[:, :-1, None], e[:, 1:, None] - e[:, :-1, None], ramp)
        out.index_add_(0, blocks[i : i + size], samples.mul_(shape.view(-1, BLOCK)))


def _resonate(out: Tensor, performance: NoteTable, bank: Bank, settings: RenderSettings, stretch: float) -> None:
    """Add the ringing of all strings while the pedal frees them to `out` (n,).

    They are excited while they are free and ring until the dampers fall: the sound under the lifted dampers, convolved
    with the strings' impulse response, as in a pedal resonator (Lehtonen et al. 2007, section V).
    """
    points = np.arange(len(out) // _STEP + 2, dtype=np.float64) * (_STEP / (SAMPLE_RATE * stretch))
    free = 1.0 - settings.half_pedal.damping(performance.pedal_at(points))
    if settings.resonance_db is None or not free.any():
        return
    gates = torch.from_numpy(free.astype(np.float32)).to(out.device)[None, None]
    gate = torch.nn.functional.interpolate(gates, scale_factor=_STEP, mode="linear")[0, 0, : len(out)]
    response = bank.resonance()
    size = int(next_fast_len(len(out) + len(response), real=True))
    answer = torch.fft.rfft(out * gate, size) * torch.fft.rfft(response, size)
    ringing = torch.fft.irfft(answer, size)[: len(out)] * gate
    level = out.square().mean().sqrt() / ringing.square().mean().sqrt().clamp(min=1e-9)
    out += ringing * level * 10 ** (settings.resonance_db / 20)


def _envelope(
    rows: _Rows, row: IntArray, block: IntArray, stretch: float, clock: DampingClock, grid: int
) -> npt.NDArray[np.float32]:
    """(R, BLOCK / _STEP + 1) gains at the points of each block."""
    points = BLOCK // _STEP
    time = np.arange(grid * points + 1) * (_STEP / (SAMPLE_RATE * stretch))
    index = block[:, None] * points + np.arange(points + 1)
    passed = clock(np.asarray(time, np.float64))[index] - clock(rows.release)[row][:, None]
    gain = damping_gain(passed, rows.rate[row][:, None], time[index] - rows.restrike[row][:, None])
    return np.asarray(gain * rows.gain.astype(np.float32)[row][:, None], np.float32)
