"""The network: a causal CNN-GRU that gives the activations of 88 keys and the pedal at several delays at once.

Log-frequency spectra of two windows -> convolutions over bands -> one place a semitone -> harmonic stack: 88 keys with
shared weights. A global GRU follows the whole sound and gives every key its context; a second GRU, with weights shared
by the keys, follows each key. The head of a delay sees the present output of the second GRU and, in a short memory of
key features, the frames around its reference frame and some later ones.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from realtime.contract import HOP, KEY_HEADS, KEYS, StreamSpec
from training.model.config import NetworkConfig
from training.model.frontend import FrontEnd
from training.model.gru import Gru
from training.model.layers import OVERTONES, PARTNERS, CausalConv, HarmonicStack, Norm, convolve

BEFORE = 2  # frames before its reference frame that a head sees
ONSET_PRIOR = -5.0  # logit of a key's onset, release or first frame in a random frame: starts the loss near its floor


class NetworkState(NamedTuple):
    """All that the network carries from one call to the next; every tensor is zero at the start of a stream."""

    sound: Tensor  # (B, memory samples) newest samples
    bands: Tensor  # (B, 2, bands, windows) newest features
    semitones: Tensor  # (B, 2, bands, band channels)
    keys: Tensor  # (B, 2 * key layers, 88, key channels), two frames for each layer
    memory: Tensor  # (B, longest shift + 2, 88, memory channels) key features for the delayed heads
    whole: Tensor  # (B, global hidden) GRU over all keys
    strings: Tensor  # (B * 88, key hidden) GRU of each key


class Logits(NamedTuple):
    """Before the sigmoid. keys: (B, T, 88, heads of KEY_HEADS) per delay; pedal: (B, T, delays)."""

    keys: tuple[Tensor, ...]
    pedal: Tensor


class DelayHead(nn.Module):
    """The output of one delay: sees the keys at frames t - shift - 2 ... t - shift + 2 and, thinner, those up to t."""

    def __init__(self, config: NetworkConfig, shift: int) -> None:
        super().__init__()
        self.shift = shift
        self.near = BEFORE + 1 + min(shift, BEFORE)
        later = shift - min(shift, BEFORE)
        self.step = max(1, -(-later // 4))
        self.far = -(-later // self.step)
        channels, hidden = config.memory_channels, config.head_hidden
        self.now = nn.Linear(config.key_hidden, hidden)
        self.around = nn.Conv2d(channels, hidden, (self.near, 1), bias=False)
        if self.far:
            self.after = nn.Conv2d(channels, hidden, (self.far, 1), dilation=(self.step, 1), bias=False)
        self.speak = nn.Linear(hidden, len(KEY_HEADS))
        with torch.no_grad():
            self.speak.bias.copy_(torch.tensor([ONSET_PRIOR, -3.0, ONSET_PRIOR, 0.0]))

    def forward(self, strings: Tensor, memory: Tensor) -> Tensor:
        """strings (B, T, 88, hidden); memory (B, past + T, 88, C), the last T frames now -> logits (B, T, 88, 4)."""
        frames = strings.shape[1]
        past = memory.shape[1] - frames
        start = past - self.shift - BEFORE
        hidden = self.now(strings) + convolve(memory[:, start : start + self.near - 1 + frames], self.around)
        if self.far:
            first = past - (self.far - 1) * self.step
            hidden = hidden + convolve(memory[:, first:], self.after)
        logits: Tensor = self.speak(functional.relu(hidden))
        return logits


class KeyLayer(nn.Module):
    """A further layer over each key's past and its partner keys, added to its input; at first it adds nothing.

    `x, state = layer(x, state)` with x (B, T, 88, C), state (B, 2, 88, C)."""

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__()
        channels = config.key_channels
        self.conv = CausalConv(channels, channels, 1)
        self.norm = Norm(channels)
        self.partners = HarmonicStack(channels, config.harmonic_channels, channels, PARTNERS, KEYS)
        nn.init.zeros_(self.norm.weight)
        nn.init.zeros_(self.partners.norm.weight)

    def forward(self, x: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        y, state = self.conv(x, state)
        x = functional.relu(x + self.norm(y))
        return functional.relu(x + self.partners(x)), state


class PianoNetwork(nn.Module):
    """`activations, state = network(audio, state)` for a clip, a block or one hop.

    Training, which has the front-end's features already, calls `forward_features`.
    """

    def __init__(self, config: NetworkConfig | None = None) -> None:
        super().__init__()
        self.config = c = config or NetworkConfig()
        self.frontend = FrontEnd(c)
        self.band_conv = CausalConv(len(c.windows), c.band_channels, 5)
        self.band_bias = nn.Parameter(torch.zeros(c.bands, c.band_channels))
        self.semitone_conv = CausalConv(c.band_channels, c.semitone_channels, c.bins_per_semitone, c.bins_per_semitone)
        self.semitone_norm = Norm(c.semitone_channels)
        self.overtones = HarmonicStack(c.semitone_channels, c.harmonic_channels, c.key_channels, OVERTONES, KEYS)
        self.key_bias = nn.Parameter(torch.zeros(KEYS, c.key_channels))
        self.key_conv = CausalConv(c.key_channels, c.key_channels, 1)
        self.key_norm = Norm(c.key_channels)
        self.partners = HarmonicStack(c.key_channels, c.harmonic_channels, c.key_channels, PARTNERS, KEYS)
        self.deeper = nn.ModuleList(KeyLayer(c) for _ in range(c.key_layers - 1))
        self.gather = nn.Linear(c.key_channels, c.global_channels)
        self.gathered = nn.Linear(c.global_channels * KEYS, c.global_hidden)
        self.whole = Gru(c.global_hidden, c.global_hidden)
        self.context = nn.Linear(c.global_hidden, c.context_channels * KEYS)
        self.strings = Gru(c.key_channels + c.context_channels, c.key_hidden)
        self.remember = nn.Linear(c.key_channels, c.memory_channels)
        self.heads = nn.ModuleList(DelayHead(c, shift) for shift in c.shifts.values())
        self.pedal = nn.Linear(c.global_hidden, len(c.shifts))

    @property
    def memory_frames(self) -> int:
        return max(self.config.shifts.values()) + BEFORE

    def state_shapes(self, batch: int = 1) -> dict[str, tuple[int, ...]]:
        c = self.config
        return NetworkState(
            sound=(batch, self.frontend.memory_samples),  # type: ignore[arg-type]
            bands=(batch, CausalConv.past, c.bands, len(c.windows)),  # type: ignore[arg-type]
            semitones=(batch, CausalConv.past, c.bands, c.band_channels),  # type: ignore[arg-type]
            keys=(batch, CausalConv.past * c.key_layers, KEYS, c.key_channels),  # type: ignore[arg-type]
            memory=(batch, self.memory_frames, KEYS, c.memory_channels),  # type: ignore[arg-type]
            whole=(batch, c.global_hidden),  # type: ignore[arg-type]
            strings=(batch * KEYS, c.key_hidden),  # type: ignore[arg-type]
        )._asdict()

    def initial_state(self, batch: int = 1, dtype: torch.dtype = torch.float32) -> NetworkState:
        device = self.key_bias.device
        return NetworkState(
            **{n: torch.zeros(s, dtype=dtype, device=device) for n, s in self.state_shapes(batch).items()}
        )

    def forward_features(self, features: Tensor, state: NetworkState) -> tuple[Logits, NetworkState]:
        """features (B, T, bands, windows) of the front-end -> logits and state; `state.sound` passes through."""
        x, bands = self.band_conv(features, state.bands)
        x, semitones = self.semitone_conv(functional.relu(x + self.band_bias), state.semitones)
        x = functional.relu(self.overtones(functional.relu(self.semitone_norm(x))) + self.key_bias)
        layers = torch.split(state.keys, CausalConv.past, 1)
        y, keys = self.key_conv(x, layers[0])
        x = functional.relu(x + self.key_norm(y))
        x = functional.relu(x + self.partners(x))  # (B, T, 88, C)
        for layer, before in zip(self.deeper, layers[1:], strict=True):
            x, layer_keys = layer(x, before)
            keys = torch.cat([keys, layer_keys], 1)

        frames, batch = x.shape[1], x.shape[0]
        everything = functional.relu(self.gather(x)).flatten(2).transpose(0, 1)  # (T, B, 88 * C')
        overall, whole = self.whole(functional.relu(self.gathered(everything)), state.whole)
        context = self.context(overall).view(frames, batch * KEYS, -1)
        rows = x.transpose(0, 1).reshape(frames, batch * KEYS, -1)
        follow, strings = self.strings(torch.cat([rows, context], 2), state.strings)

        memory = torch.cat([state.memory, self.remember(x)], 1)
        now = follow.view(frames, batch, KEYS, -1).transpose(0, 1)
        logits = Logits(tuple(head(now, memory) for head in self.heads), self.pedal(overall).transpose(0, 1))
        kept = memory[:, memory.shape[1] - self.memory_frames :]
        return logits, NetworkState(state.sound, bands, semitones, keys, kept, whole, strings)

    def forward(self, audio: Tensor, state: NetworkState) -> tuple[dict[str, Tensor], NetworkState]:
        """audio (B, n * 160) -> activations in 0-1: each of KEY_HEADS (B, T, delays, 88), pedal (B, T, delays)."""
        if audio.shape[1] % HOP:
            raise ValueError(f"{audio.shape[1]} samples are not a whole number of hops of {HOP}")
        features, sound = self.frontend(audio, state.sound)
        logits, state = self.forward_features(features, state._replace(sound=sound))
        keys = torch.stack(logits.keys, 2).sigmoid()  # (B, T, delays, 88, heads)
        activations = {name: keys[..., i] for i, name in enumerate(KEY_HEADS)}
        return activations | {"pedal": logits.pedal.sigmoid()}, state

    def spec(self, name: str, corpus: str = "", licence: str = "") -> StreamSpec:
        """The contract of this network for a stream of batch 1, uncalibrated."""
        return StreamSpec(
            name=name,
            windows=self.config.windows,
            tail_samples=self.config.tail_samples,
            shifts=dict(self.config.shifts),
            states=self.state_shapes(),
            parameters=sum(p.numel() for p in self.parameters()),
            corpus=corpus,
            licence=licence,
        )
