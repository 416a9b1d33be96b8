"""The network's stream contract: any chunking equals the whole, nothing looks ahead, the state is explicit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from realtime.contract import HOP, KEYS, AnalysisWindow
from realtime.errors import DataError
from realtime.validation import build
from tests.small_network import SMALL
from training.model.config import NetworkConfig
from training.model.frontend import FrontEnd, asymmetric_window, filterbank
from training.model.gru import Gru
from training.model.layers import CausalConv, HarmonicStack
from training.model.network import DelayHead, NetworkState, PianoNetwork


@pytest.fixture(scope="module")
def network() -> PianoNetwork:
    """A small network with biases, norms and statistics that are not at their starting values."""
    torch.manual_seed(3)
    network = PianoNetwork(SMALL)
    with torch.no_grad():
        for name, value in network.state_dict().items():
            if "running_var" in name:
                value.uniform_(0.5, 2.0)
            elif value.is_floating_point() and value.ndim <= 2:
                value.add_(0.1 * torch.randn_like(value))
    return network.eval()


def hops(count: int, seed: int = 0, batch: int = 1) -> Tensor:
    return 0.2 * torch.randn(batch, count * HOP, generator=torch.Generator().manual_seed(seed))


@torch.no_grad()
def activations_of(network: PianoNetwork, audio: Tensor, sizes: list[int]) -> dict[str, Tensor]:
    """Run blocks of the given numbers of hops, in a cycle, and join the activations."""
    state, start, blocks, turn = network.initial_state(audio.shape[0]), 0, [], 0
    while start < audio.shape[1]:
        stop = start + sizes[turn % len(sizes)] * HOP
        activations, state = network(audio[:, start:stop], state)
        blocks.append(activations)
        start, turn = stop, turn + 1
    return {name: torch.cat([block[name] for block in blocks], 1) for name in blocks[0]}


@settings(max_examples=8, deadline=None)
@given(sizes=st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_any_chunking_equals_the_whole(network: PianoNetwork, sizes: list[int]) -> None:
    """However a clip is cut into blocks of hops, the same activations come out."""
    audio = hops(80)
    whole = activations_of(network, audio, [80])
    for name, value in activations_of(network, audio, sizes).items():
        torch.testing.assert_close(value, whole[name], atol=1e-5, rtol=0)


def test_a_batch_is_its_parts(network: PianoNetwork) -> None:
    """Clips in one batch do not affect each other."""
    audio = hops(30, batch=3)
    together = activations_of(network, audio, [30])
    alone = activations_of(network, audio[1:2], [30])
    for name in together:
        torch.testing.assert_close(together[name][1:2], alone[name], atol=1e-5, rtol=0)


def test_nan_in_the_future_changes_nothing_before(network: PianoNetwork) -> None:
    """Samples from frame 40 on made NaN: frames 0 to 39 stay bit-equal, frame 40 does not."""
    audio = hops(60)
    broken = audio.clone()
    broken[:, 40 * HOP :] = torch.nan
    before, after = activations_of(network, audio, [60]), activations_of(network, broken, [60])
    for name in before:
        assert torch.equal(before[name][:, :40], after[name][:, :40]), name
        assert after[name][:, 40].isnan().any(), name


def test_the_state_is_all_that_is_remembered(network: PianoNetwork) -> None:
    """A new state after use gives what it gave at first; going on without one gives something else."""
    audio = hops(20)
    first = activations_of(network, audio, [20])
    state = network.initial_state()
    with torch.no_grad():
        _, used = network(hops(20, seed=9), state)
        unreset, _ = network(audio, used)
    again = activations_of(network, audio, [20])
    assert torch.equal(first["onset"], again["onset"])
    assert not torch.allclose(first["onset"], unreset["onset"], atol=1e-4)


def test_shapes_and_states_are_those_of_the_spec(network: PianoNetwork) -> None:
    """A row a delay, a column a key; the spec names every state in the order of EarState."""
    spec = network.spec("small")
    activations, state = network(hops(3), network.initial_state())
    assert (1, 3, len(spec.shifts), KEYS) == tuple(activations["onset"].shape)
    assert (1, 3, len(spec.shifts)) == tuple(activations["pedal"].shape)
    assert list(NetworkState._fields) == list(spec.states)
    assert list(spec.states.values()) == [tuple(tensor.shape) for tensor in state]


def test_the_delays_keep_within_the_contract() -> None:
    """Tail 8 ms, shift, confirmation and hop: 28, 58, 118, 318 ms."""
    spec = PianoNetwork(NetworkConfig()).spec("full")
    assert [spec.delay(mode) for mode in spec.shifts] == [0.028, 0.058, 0.118, 0.318]
    assert spec.parameters < 5_000_000


def test_part_of_a_hop_is_refused(network: PianoNetwork) -> None:
    """Audio that does not fill its last hop is a programming error, not a rounding."""
    with pytest.raises(ValueError, match="whole number of hops"):
        network(torch.zeros(1, HOP + 1), network.initial_state())


def test_a_sine_lands_in_its_band() -> None:
    """A4, 440 Hz, is 48 semitones above A0: the middle one of its three bands is the loudest, in both windows."""
    config = NetworkConfig()
    frontend = FrontEnd(config)
    audio = 0.5 * torch.sin(2 * torch.pi * 440 * torch.arange(40 * HOP) / 16_000)[None]
    features, _ = frontend(audio, torch.zeros(1, frontend.memory_samples))
    assert features[0, -1].argmax(0).tolist() == [48 * 3 + 1] * 2


def test_windows_rise_slowly_and_fall_within_their_tail() -> None:
    """The peak lies tail samples before the end; the weights sum to 2."""
    window = asymmetric_window(AnalysisWindow(2048, 256))
    assert 2048 - 256 in (int(window.argmax()), int(window.argmax()) + 1)
    assert window.sum() == pytest.approx(2.0, abs=1e-5)


def test_every_band_listens_somewhere() -> None:
    """No column of the filterbank is empty, not even in the bass, where FFT bins lie wider apart than bands."""
    bank = filterbank(NetworkConfig(), 1024)
    assert bank.sum(0) == pytest.approx(1.0, abs=1e-5)


def test_new_sound_is_seen_at_once() -> None:
    """A click in the newest hop, 8 ms before its end, moves the frame of that hop and none before."""
    frontend = FrontEnd(NetworkConfig())
    audio = torch.zeros(1, 20 * HOP)
    audio[0, 20 * HOP - 128] = 0.5
    features, _ = frontend(audio, torch.zeros(1, frontend.memory_samples))
    assert features[0, :19].max() < 1e-3
    assert features[0, 19].max() > 0.05


Layer = Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]


def layers() -> dict[str, tuple[Layer, Tensor, Tensor]]:
    """Each layer with an input of 24 frames and its starting state; frames lie on axis 1."""
    torch.manual_seed(1)
    gru, frontend = Gru(5, 4), FrontEnd(SMALL)

    def over_time(x: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        output, state = gru(x.transpose(0, 1), state)
        return output.transpose(0, 1), state

    def hear(x: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        features, state = frontend(x.flatten(1), state)
        return features, state

    return {
        "front-end": (hear, torch.randn(2, 24, HOP), torch.zeros(2, frontend.memory_samples)),
        "convolution": (CausalConv(3, 4, 5), torch.randn(2, 24, 9, 3), torch.zeros(2, 2, 9, 3)),
        "strided convolution": (CausalConv(3, 4, 3, 3), torch.randn(2, 24, 9, 3), torch.zeros(2, 2, 9, 3)),
        "gru": (over_time, torch.randn(2, 24, 5), torch.zeros(2, 4)),
    }


@pytest.mark.parametrize("name", layers())
def test_every_layer_streams(name: str) -> None:
    """Block by block equals at once; NaN from frame 15 on leaves frames 0 to 14 bit-equal and spoils frame 15."""
    layer, x, start = layers()[name]
    with torch.no_grad():
        whole, _ = layer(x, start)
        state, parts = start, []
        for block in x.split([1, 7, 2, 13, 1], 1):
            part, state = layer(block, state)
            parts.append(part)
        torch.testing.assert_close(torch.cat(parts, 1), whole, atol=1e-5, rtol=0)
        broken = x.clone()
        broken[:, 15:] = torch.nan
        after, _ = layer(broken, start)
    assert torch.equal(whole[:, :15], after[:, :15])
    assert after[:, 15].isnan().any()


@pytest.mark.parametrize(("shift", "near", "far"), [(0, 3, 0), (3, 5, 1), (9, 5, 4), (29, 5, 4)])
def test_a_delayed_head_sees_its_own_frames(shift: int, near: int, far: int) -> None:
    """An impulse in the memory at frame 40 is seen by `around` at reference frames 38 to 42 (as far as they
    have arrived), and by `after` only between that and the present frame, the latest at frame 40 itself."""
    head = DelayHead(SMALL, shift)
    assert (near, far) == (head.near, head.far)
    past, frames = 29 + 2, 80
    memory = torch.zeros(1, past + frames, 1, SMALL.memory_channels)
    memory[0, past + 40] = 1.0
    with torch.no_grad():
        for parameter in head.parameters():
            parameter.zero_()
        head.speak.weight.fill_(1.0)
        head.around.weight.fill_(1.0)
        strings = torch.zeros(1, frames, 1, SMALL.key_hidden)
        seen = torch.nonzero(head(strings, memory)[0, :, 0, 0]).flatten()
        about = seen - shift
        assert list(range(40 - min(2, shift), 43)) == about.tolist()
        if head.far:
            head.around.weight.zero_()
            head.after.weight.fill_(1.0)
            later = torch.nonzero(head(strings, memory)[0, :, 0, 0]).flatten().tolist()
            assert [40 + i * head.step for i in range(far)] == later
            assert later[-1] - shift < 40 - 2


@pytest.mark.parametrize("make", [lambda: CausalConv(2, 3, 5), lambda: CausalConv(2, 3, 3, stride=3)])
def test_causal_convolution_by_hand(make: Callable[[], CausalConv]) -> None:
    """With weights that pick the oldest frame, frame t is frame t - 2 of the input."""
    layer = make()
    with torch.no_grad():
        layer.conv.weight.zero_()
        layer.conv.weight[:, 0, 0, layer.conv.kernel_size[1] // 2] = 1.0
    x = torch.randn(1, 6, 9, 2)
    y, state = layer(x, torch.zeros(1, 2, 9, 2))
    centre = (layer.conv.kernel_size[1] - layer.conv.padding[1] * 2) // 2
    expected = x[0, :4, centre :: layer.conv.stride[1], 0][:, : y.shape[2]]
    torch.testing.assert_close(y[0, 2:, :, 0], expected)
    assert torch.equal(state, x[:, -2:])


def test_harmonics_are_looked_up_at_their_distances() -> None:
    """A key sees the place an octave above it and nothing beyond the edge."""
    stack = HarmonicStack(1, 1, 2, (0, 12), 10).eval()
    with torch.no_grad():
        stack.squeeze.weight.fill_(1.0)
        stack.squeeze.bias.zero_()
        stack.mix.weight.copy_(torch.eye(2))
    x = torch.arange(1.0, 21.0).view(1, 1, 20, 1)
    y = stack(x)[0, 0] * (1 + stack.norm.eps) ** 0.5
    torch.testing.assert_close(y[:, 0], torch.arange(1.0, 11.0))
    torch.testing.assert_close(y[:, 1], torch.tensor([13.0, 14, 15, 16, 17, 18, 19, 20, 0, 0]))


def test_the_written_out_gru_is_a_gru() -> None:
    """Outputs and every gradient equal torch's own GRU."""
    torch.manual_seed(0)
    gru = Gru(5, 4)
    x, state = torch.randn(12, 3, 5, requires_grad=True), torch.randn(3, 4, requires_grad=True)
    kept = state.detach().clone()
    weights = [gru.weight_input, gru.weight_hidden, gru.bias_input, gru.bias_hidden]
    ours, last = gru(x, state)
    theirs, their_last = torch.gru(x, state[None], weights, True, 1, 0.0, False, False, False)
    wanted = torch.randn_like(ours)
    inputs = [x, state, *weights]
    mine = torch.autograd.grad((ours * wanted).sum() + last.square().sum(), inputs)
    other = torch.autograd.grad((theirs * wanted).sum() + their_last[0].square().sum(), inputs)
    torch.testing.assert_close(ours, theirs, atol=1e-6, rtol=0)
    assert torch.equal(kept, state)
    for a, b in zip(mine, other, strict=True):
        torch.testing.assert_close(a, b, atol=1e-4, rtol=1e-4)


def test_bands_beyond_the_sample_rate_are_refused() -> None:
    """98 semitones above A0 are 7.9 kHz, a semitone more is beyond half the sample rate."""
    assert build(NetworkConfig, {"semitones": 98}).semitones == 98
    with pytest.raises(DataError, match="semitones is 99: Expected `int` <= 98"):
        build(NetworkConfig, {"semitones": 99})
