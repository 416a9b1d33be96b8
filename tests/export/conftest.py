"""A small network with statistics that are not the neutral ones, exported once, and ten seconds of plucked strings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from export.onnx_file import write_onnx
from realtime.contract import SAMPLE_RATE, FloatArray
from tests.small_network import SMALL
from training.model.network import PianoNetwork


def small_network() -> PianoNetwork:
    """Random weights, biases and running statistics, always the same."""
    torch.manual_seed(7)
    network = PianoNetwork(SMALL)
    with torch.no_grad():
        for name, value in network.named_parameters():
            if name.endswith("bias"):
                value.normal_(0.0, 0.3)
        for name, value in network.named_buffers():
            if name.endswith("running_mean"):
                value.normal_(0.0, 0.3)
            elif name.endswith("running_var"):
                value.uniform_(0.5, 2.0)
    return network.eval()


@pytest.fixture(scope="session")
def network() -> PianoNetwork:
    return small_network()


@pytest.fixture(scope="session")
def exported(network: PianoNetwork, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small network's ONNX file; tests that change it work on a copy."""
    path = tmp_path_factory.mktemp("export") / "small.onnx"
    write_onnx(network, network.spec("small", corpus="two strings", licence="CC0"), path)
    return path


@pytest.fixture(scope="session")
def strings() -> FloatArray:
    """10.5 s at 16 kHz: decaying tones with overtones every 0.3 s, and faint noise."""
    random = np.random.default_rng(3)
    time = np.arange(round(10.5 * SAMPLE_RATE)) / SAMPLE_RATE
    audio = 0.001 * random.standard_normal(len(time))
    for start in np.arange(0.1, 10.0, 0.3):
        pitch, loud = random.integers(30, 90), random.uniform(0.02, 0.3)
        since = time - start
        for harmonic in range(1, 6):
            tone = np.sin(2 * np.pi * 440 * 2 ** ((pitch - 69) / 12) * harmonic * since) / harmonic
            audio += np.where(since >= 0, loud * tone * np.exp(-3 * np.maximum(since, 0)), 0)
    return audio.astype(np.float32)
