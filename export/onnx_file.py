"""The network as an ONNX file of one hop: raw audio and named states in, activations and states out.

Exported by torch.onnx's dynamo path at a fixed length of one hop: the older exporter has no FFT, a DFT written as a
matrix product costs ten times as much at 2048 samples, and a variable length silently freezes at the example's.
"""

from __future__ import annotations

import logging
import warnings
from pathlib import Path

import onnx
import torch
from torch import Tensor

from realtime.contract import AUDIO_INPUT, HEADS, HOP, KEY_HEADS, STATE_OUTPUT_PREFIX, StreamSpec
from training.calibration.onnx_metadata import put_spec
from training.model.network import NetworkState, PianoNetwork

OPSET = 20  # the first with DFT as an operator of one axis input


class OneHop(PianoNetwork):
    """`outputs, states = hop(audio (1, 160), *states)`, outputs without batch and time: (D, 88), pedal (D, 1).

    A subclass, not a module around a network, so that the file keeps every weight under the name it has in training.
    """

    def __init__(self, network: PianoNetwork) -> None:
        super().__init__(network.config)
        self.load_state_dict(network.state_dict())

    def forward(self, audio: Tensor, *state: Tensor) -> tuple[Tensor, ...]:  # type: ignore[override]
        activations, following = super().forward(audio, NetworkState(*state))
        heads = [activations[head][0, 0] for head in KEY_HEADS]
        return (*heads, activations["pedal"][0, 0, :, None], *following)


def write_onnx(network: PianoNetwork, spec: StreamSpec, path: Path) -> None:
    """Write the one-hop graph of `network` with `spec` in its metadata, as one file. Raises OSError, ValueError."""
    states = list(spec.states)
    if states != list(NetworkState._fields) or AUDIO_INPUT in states:
        expected = list(NetworkState._fields)
        raise ValueError(f"states {states} of the spec, expected {expected}, none named {AUDIO_INPUT!r}")
    # Random, so that an example's value which froze into the graph would show in the comparison with torch.
    example = (torch.randn(1, HOP), *(torch.randn(shape) for shape in spec.states.values()))
    hop = OneHop(network).eval()
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)  # it warns of torchvision, which is not needed here
    with torch.no_grad(), warnings.catch_warnings(action="ignore"):
        program = torch.onnx.export(
            hop,
            example,
            dynamo=True,
            optimize=False,  # onnxruntime does it when it loads; here it would rename and fold the weights
            verbose=False,
            opset_version=OPSET,
            external_data=False,
            input_names=[AUDIO_INPUT, *states],
            output_names=[*HEADS, *(STATE_OUTPUT_PREFIX + name for name in states)],
        )
    assert program is not None
    model = program.model_proto
    put_spec(model, spec)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
