"""The ear as a graph of one hop: raw audio and named states in, probabilities and states out.

Exported by torch.onnx's dynamo path at a fixed length of one hop: the older exporter knows no FFT, a DFT written as a
matrix product costs ten times as much at 2048 samples, and a variable length freezes at the example's without a word.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from realtime.contract import AUDIO_INPUT, HEADS, HOP, KEY_HEADS, STATE_OUTPUT_PREFIX, StreamSpec
from training.model import Ear, EarState
from training.onnx_metadata import put_spec

OPSET = 20  # the first with DFT as an operator of one axis input


class OneHop(nn.Module):
    """`outputs, states = hop(audio (1, 160), *states)`, outputs without batch and time: (D, 88), pedal (D, 1)."""

    def __init__(self, ear: Ear) -> None:
        super().__init__()
        self.ear = ear

    def forward(self, audio: Tensor, *state: Tensor) -> tuple[Tensor, ...]:
        activations, following = self.ear(audio, EarState(*state))
        heads = [activations[head][0, 0] for head in KEY_HEADS]
        return (*heads, activations["pedal"][0, 0, :, None], *following)


def write_graph(ear: Ear, spec: StreamSpec, path: Path) -> None:
    """Write the one-hop graph of `ear` with `spec` in its metadata, as one file. Raises OSError, ValueError."""
    states = list(spec.states)
    if states != list(EarState._fields) or AUDIO_INPUT in states:
        raise ValueError(f"states {states} of the spec, expected {list(EarState._fields)}, none named {AUDIO_INPUT!r}")
    # The tracer writes the example's values nowhere, but random ones would show it if it did.
    example = (torch.randn(1, HOP), *(torch.randn(shape) for shape in spec.states.values()))
    hop = OneHop(ear).eval()
    with torch.no_grad(), contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
        program = torch.onnx.export(
            hop,
            example,
            dynamo=True,
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
