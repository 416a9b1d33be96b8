"""The very file that ships against torch, on a real piano."""

from __future__ import annotations

from pathlib import Path

import pytest

from export.parity import TOLERANCE, largest_difference
from realtime.contract import HEADS, SAMPLE_RATE
from realtime.transcription.model import shipped_model
from training.data.corpus.recordings import pairs, read_audio
from training.model.config import NetworkConfig
from training.model.initial import load_initial
from training.model.network import PianoNetwork

SECONDS = 12


@pytest.mark.corpus
def test_the_shipped_file_gives_the_activations_of_torch(data_dir: Path):
    """Twelve seconds of a Disklavier: hop by hop with carried states against torch's whole-clip forward, with the
    weights that lie in the file itself, at most 1e-4 apart."""
    network = PianoNetwork(NetworkConfig())
    load_initial(network, shipped_model())
    recording, _ = pairs(data_dir / "maps-dev")[0]
    audio = read_audio(recording)[: SECONDS * SAMPLE_RATE]
    worst = largest_difference(shipped_model(), network, audio)
    assert set(worst) == set(HEADS)
    assert max(worst.values()) <= TOLERANCE
