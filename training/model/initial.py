"""Weights to start from: a checkpoint's averaged ones, or those inside an exported ONNX file."""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from google.protobuf.message import DecodeError
from onnx import numpy_helper
from torch import Tensor

from realtime.errors import FileError, ModelError
from training.model.checkpoint import Checkpoint
from training.model.network import PianoNetwork

# Weights that may not grow: where their channels are joined with others, added ones would lie between these.
_RIGID = ("key_bias", "overtones.squeeze.bias", "partners.squeeze.bias", "gather.bias", "context.bias")


def load_initial(network: PianoNetwork, path: Path) -> None:
    """Fill `network` with the weights of a checkpoint or an exported file. Raises FileError, or ModelError when the
    file holds a network of other sizes.

    A file with fewer hidden units, windows, key layers, harmonics or memory channels is accepted: the network ignores
    its additional inputs at first, so that it gives the same output as the file's."""
    if not path.is_file():
        raise FileError(f"{path}: there is no such file to start from.")
    weights = onnx_weights(path) if path.suffix == ".onnx" else Checkpoint.load(path).averaged
    own = network.state_dict()
    own = {name: value for name, value in own.items() if not name.endswith("num_batches_tracked")}
    own_only = {name for name in own if name.startswith("deeper.") and name not in weights}
    wrong = [name for name in own.keys() - own_only if name not in weights or not _fits(name, weights[name], own[name])]
    if wrong:
        raise ModelError(
            f"{path} holds an ear of other sizes ({min(wrong)} and {len(wrong) - 1} others differ): "
            "give the configuration that it was trained with."
        )
    filled = {name: _widened(weights[name], value, _parts(name)) for name, value in own.items() if name not in own_only}
    network.load_state_dict(filled, strict=False)


def _fits(name: str, weight: Tensor, own: Tensor) -> bool:
    if weight.shape == own.shape:
        return True
    grown = weight.ndim == own.ndim and all(a <= b for a, b in zip(weight.shape, own.shape, strict=True))
    return grown and name not in _RIGID


def _parts(name: str) -> int:
    """The number of blocks along the first axis: the three gates of a GRU, otherwise 1."""
    return 3 if name.startswith(("whole.", "strings.")) else 1


def _widened(weight: Tensor, own: Tensor, parts: int) -> Tensor:
    """`own` with `weight` at the beginning of each of its `parts`. The outputs of `weight` get zeros for added inputs;
    added outputs keep the initial values of `own`, so that they differ from each other and can learn."""
    if weight.shape == own.shape:
        return weight
    wide = own.clone()
    for given, target in zip(weight.chunk(parts), wide.chunk(parts), strict=True):
        target[: len(given)] = 0.0
        target[tuple(slice(size) for size in given.shape)] = given
    return wide


def onnx_weights(path: Path) -> dict[str, Tensor]:
    """The tensors of an exported graph; the exporter keeps the network's own names. Raises ModelError."""
    try:
        graph = onnx.load(str(path)).graph
    except (DecodeError, OSError) as error:
        raise ModelError(f"{path} is not an ONNX file: {error}.") from error
    return {tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in graph.initializer}
