"""A GRU with plain parameters, and its training step written out: few large operations instead of many small ones."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn


class GruSequence(torch.autograd.Function):
    """Forward and backward of a one-layer GRU over (T, N, ·), equal to `torch.gru` up to rounding.

    torch's own CPU path makes some thirty small tensors a frame and copies them together afterwards; here each frame
    costs one matrix product and a few in-place operations. The carried state and its gradient stay in float32 when
    the weights are bfloat16. Gate order reset, update, new, as in `torch.nn.GRU`.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, state: Tensor, w_in: Tensor, w_hid: Tensor, b_in: Tensor, b_hid: Tensor) -> Tensor:
        frames, rows, _ = x.shape
        size = state.shape[1]
        flat = x.reshape(frames * rows, -1)
        # The gates lie in tensors of their own: slices of one wide tensor would make every operation below strided.
        reset, update, new = ((flat @ w.T).view(frames, rows, size) for w in w_in.chunk(3))
        bias_reset, bias_update, _ = (b_in + b_hid).chunk(3)
        bias_new, bias_recalled = b_in[2 * size :], b_hid[2 * size :]
        hid_reset, hid_update, hid_new = (w.T.contiguous() for w in w_hid.chunk(3))
        hidden = x.new_empty(frames + 1, rows, size)
        hidden[0] = state
        recalled = x.new_empty(frames, rows, size)
        carried = state.to(torch.float32, copy=True)
        for t in range(frames):
            torch.sigmoid_(reset[t].add_(bias_reset).addmm_(hidden[t], hid_reset))
            torch.sigmoid_(update[t].add_(bias_update).addmm_(hidden[t], hid_update))
            torch.addmm(bias_recalled, hidden[t], hid_new, out=recalled[t])
            torch.tanh_(new[t].add_(bias_new).addcmul_(reset[t], recalled[t]))
            carried.lerp_(new[t].float(), 1 - update[t].float())
            hidden[t + 1] = carried
        ctx.save_for_backward(x, w_in, w_hid, hidden, reset, update, new, recalled)
        return hidden[1:]

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, ...]:
        x, w_in, w_hid, hidden, reset, update, new, recalled = ctx.saved_tensors
        frames, rows, size = new.shape
        hid_reset, hid_update, hid_new = w_hid.chunk(3)
        d_reset, d_update, d_recalled, d_new = (torch.empty_like(new) for _ in range(4))
        carried = torch.zeros(rows, size, dtype=torch.float32, device=x.device)
        for t in range(frames - 1, -1, -1):
            carried += grad[t]
            d_h = carried.to(x.dtype)
            r, z, n = reset[t], update[t], new[t]
            torch.mul(d_h, 1 - z, out=d_new[t]).mul_(1 - n * n)
            torch.mul(d_new[t], r, out=d_recalled[t])
            torch.mul(d_recalled[t], recalled[t], out=d_reset[t]).mul_(1 - r)
            torch.mul(d_h, hidden[t] - n, out=d_update[t]).mul_(z).mul_(1 - z)
            carried *= z
            carried += torch.mm(d_reset[t], hid_reset).addmm_(d_update[t], hid_update).addmm_(d_recalled[t], hid_new)
        flat, before = x.reshape(frames * rows, -1), hidden[:-1].reshape(frames * rows, size)
        gates = [d.view(frames * rows, size) for d in (d_reset, d_update, d_new)]
        d_x = (gates[0] @ w_in[:size]).addmm_(gates[1], w_in[size : 2 * size]).addmm_(gates[2], w_in[2 * size :])
        again = d_recalled.view(frames * rows, size)
        d_w_in = torch.cat([d.T @ flat for d in gates])
        d_w_hid = torch.cat([d.T @ before for d in (gates[0], gates[1], again)])
        d_b_in = torch.cat([d.sum(0) for d in gates])
        d_b_hid = torch.cat([d_b_in[: 2 * size], again.sum(0)])
        return d_x.view(x.shape), carried.to(x.dtype), d_w_in, d_w_hid, d_b_in, d_b_hid


class Gru(nn.Module):
    """One-layer GRU; its weights are plain parameters, so that a low-precision copy of them can be put in their place.

    x (T, N, inputs), state (N, hidden) -> output (T, N, hidden), state.
    """

    def __init__(self, inputs: int, hidden: int) -> None:
        super().__init__()
        bound = 1 / math.sqrt(hidden)
        self.weight_input = nn.Parameter(torch.empty(3 * hidden, inputs).uniform_(-bound, bound))
        self.weight_hidden = nn.Parameter(torch.empty(3 * hidden, hidden).uniform_(-bound, bound))
        self.bias_input = nn.Parameter(torch.empty(3 * hidden).uniform_(-bound, bound))
        self.bias_hidden = nn.Parameter(torch.empty(3 * hidden).uniform_(-bound, bound))

    def forward(self, x: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        weights: list[Tensor] = [self.weight_input, self.weight_hidden, self.bias_input, self.bias_hidden]
        if torch.is_grad_enabled() and x.device.type == "cpu":
            output: Tensor = GruSequence.apply(x, state, *weights)  # type: ignore[no-untyped-call]
            return output, output[-1]
        output, last = torch.gru(x, state[None], weights, True, 1, 0.0, False, False, False)
        return output, last[0]
