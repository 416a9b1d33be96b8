"""What watches a stream: echo, speech processing, a silent channel; each finds its fault, and leaves music alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from realtime.engine.messages import (
    MIDI_PAUSED,
    MIDI_RESUMED,
    FileSource,
    Message,
    MicrophoneSource,
    Notice,
    Start,
    Status,
)
from realtime.engine.observer import Block
from realtime.engine.watches.channel import ChannelWatch
from realtime.engine.watches.echo import EchoWatch
from realtime.engine.watches.watches import PAUSE_S, WRONG_CHANNEL, Watches
from realtime.events import NoteOn

DELAY_S = 0.058


def note(time: float, pitch: int) -> NoteOn:
    return NoteOn(time, time + DELAY_S, pitch, 64, 0.9)


def melody(length_s: float, step_s: float = 0.25, seed: int = 0) -> list[NoteOn]:
    """A player: pitches that wander, times that are a little uneven."""
    draw = np.random.default_rng(seed)
    times = np.arange(0.0, length_s, step_s) + draw.normal(0, 0.01, round(length_s / step_s))
    pitches = 60 + np.cumsum(draw.integers(-4, 5, len(times))) % 24
    return [note(float(time), int(pitch)) for time, pitch in zip(times, pitches, strict=True)]


def with_echo(played: list[NoteOn], loop_s: float, seed: int = 1) -> list[NoteOn]:
    """Each note once more, `loop_s` after it was sent; a quarter of the repeats is missing."""
    draw = np.random.default_rng(seed)
    back = [note(n.emitted + loop_s + draw.normal(0, 0.003), n.pitch) for n in played if draw.random() > 0.25]
    return sorted([*played, *back], key=lambda n: n.time)


def status(time: float, level_db: float = -30.0, faults: tuple[str, ...] = ()) -> Status:
    return Status(time, "running", level_db, level_db, 0, 0.1, 0.001, 0.002, 0, 0, faults)


def nobody(_message: object) -> None:
    """Takes a message and does nothing."""


@pytest.mark.parametrize("loop_s", [0.03, 0.12, 0.3])
def test_an_echo_is_found_with_its_loop_time(loop_s: float) -> None:
    """Within ten seconds of playing."""
    watch = EchoWatch()
    for returned in with_echo(melody(10.0), loop_s):
        watch.observe_note(returned)
    assert watch.loop_s == pytest.approx(loop_s, abs=0.006)


def test_an_echo_comes_within_half_a_second_of_what_was_sent() -> None:
    """Counted from when the note left, not from when it sounded: 0.49 s is a loop, 0.51 s is none."""
    for loop_s, found in ((0.49, 0.49), (0.51, None)):
        watch = EchoWatch()
        for step in range(20):
            sent_s = 0.6 * step + 0.05
            watch.observe_note(NoteOn(0.6 * step, sent_s, 40 + step, 64, 0.9))
            watch.observe_echo(NoteOn(sent_s + loop_s, sent_s + loop_s + 0.05, 40 + step, 64, 0.9))
        assert watch.loop_s == (None if found is None else pytest.approx(found, abs=1e-9))


def test_music_without_speakers_has_no_echo() -> None:
    """Wandering melodies, a trill, and chords that are repeated in a steady tempo by a hand."""
    draw = np.random.default_rng(2)
    beats = np.cumsum(0.4 * np.cumprod(1 + draw.normal(0, 0.02, 60)))
    chords = [note(beat + draw.normal(0, 0.01), pitch) for beat in beats for pitch in (52, 55, 60, 64, 67)]
    trill = [note(0.08 * step + draw.normal(0, 0.006), 74 + 2 * (step % 2)) for step in range(200)]
    for music in (melody(60.0), melody(30.0, 0.12, 3), chords, trill):
        watch = EchoWatch()
        for returned in sorted(music, key=lambda n: n.time):
            watch.observe_note(returned)
        assert watch.loop_s is None


def found_after_s(pitches: int, step_s: float, delay_s: float = 0.028) -> float | None:
    """When an echo is found in keys that are struck again and again, each `step_s` after the last time."""
    watch = EchoWatch()
    for step in range(round(20 * pitches / step_s)):
        time = step * step_s / pitches
        watch.observe_note(NoteOn(time, time + delay_s, 60 + step % pitches, 64, 0.9))
        if watch.loop_s is not None:
            assert watch.loop_s == pytest.approx(step_s - delay_s, abs=1e-6)
            return time
    return None


@pytest.mark.parametrize("pitches", [2, 3, 5])
def test_a_loop_that_rings_on_a_few_keys_is_found(pitches: int) -> None:
    """A loop of 40 ms at `fast`: each key every 68 ms, faster than a hand can go on for long."""
    found_s = found_after_s(pitches, 0.068)
    assert found_s is not None and 2.0 <= found_s <= 4.0


def test_a_tremolo_is_no_loop() -> None:
    """However even, on up to five keys: a hand needs more than 90 ms; and the fastest repeats end soon."""
    assert [found_after_s(pitches, 0.0901) for pitches in (1, 3, 5)] == [None, None, None]
    watch = EchoWatch()
    for step in range(60):  # 59 repeats in 5 s, with which the rule is not yet met
        watch.observe_note(NoteOn(0.085 * step, 0.085 * step + 0.028, 60, 64, 0.9))
    assert watch.loop_s is None
    for step in range(60, 62):
        watch.observe_note(NoteOn(0.085 * step, 0.085 * step + 0.028, 60, 64, 0.9))
    assert watch.loop_s == pytest.approx(0.057)


def heard_back(sent: list[NoteOn], late: list[float | None]) -> EchoWatch:
    """Notes that were sent, each of which comes back so much later (None: not at all), and is not sent again."""
    watch = EchoWatch()
    back = [replace(n, time=n.emitted + s, emitted=n.emitted + s) for n, s in zip(sent, late, strict=True) if s]
    for returned in sorted([*sent, *back], key=lambda n: n.emitted):
        if any(returned is n for n in sent):
            watch.observe_note(returned)
        else:
            watch.observe_echo(returned)
    return watch


def struck(count: int, length_s: float) -> list[NoteOn]:
    """Notes at even times from 0 to `length_s`, each of a key of its own."""
    return [note(length_s * index / (count - 1), 30 + index) for index in range(count)]


@pytest.mark.parametrize(("back", "found"), [(8, True), (7, False)])
def test_an_echo_is_eight_notes(back: int, found: bool) -> None:
    """Of ten."""
    watch = heard_back(struck(10, 5.0), [0.1] * back + [None] * (10 - back))
    assert (watch.loop_s is not None) is found


@pytest.mark.parametrize(("back", "found"), [(9, True), (8, False)])
def test_an_echo_is_36_notes_in_a_hundred(back: int, found: bool) -> None:
    """9 of 25 are, 8 are not."""
    watch = heard_back(struck(25, 7.0), [None] * (25 - back) + [0.1] * back)
    assert (watch.loop_s is not None) is found


@pytest.mark.parametrize(("spread_s", "found"), [(0.011, True), (0.0135, False)])
def test_an_echo_comes_after_one_and_the_same_time(spread_s: float, found: bool) -> None:
    """Eight times, evenly spread."""
    watch = heard_back(struck(8, 5.0), [0.1 + spread_s * index / 7 for index in range(8)])
    assert (watch.loop_s is not None) is found


@pytest.mark.parametrize(("length_s", "found"), [(7.8, True), (8.2, False)])
def test_what_came_back_eight_seconds_ago_is_forgotten(length_s: float, found: bool) -> None:
    """The first of the eight notes is so old when the last one is sent."""
    assert (heard_back(struck(8, length_s), [0.1] * 8).loop_s is not None) is found


@pytest.mark.parametrize(("rounds", "endless"), [(5, False), (6, True)])
def test_a_note_that_goes_round_six_times_is_endless(rounds: int, endless: bool) -> None:
    """Each time after the loop's time, once that is known."""
    watch = heard_back(struck(8, 5.0), [0.1] * 8)
    assert watch.loop_s is not None
    for turn in range(rounds + 1):
        time = 6.0 + 0.1 * turn + DELAY_S * turn
        watch.observe_note(NoteOn(time, time + DELAY_S, 90, 64, 0.9))
    assert watch.running_away(time + DELAY_S) is endless


@pytest.mark.parametrize(("count", "away"), [(80, False), (81, True)])
def test_nobody_strikes_eighty_keys_in_two_seconds(count: int, away: bool) -> None:
    """More than that run away."""
    watch = EchoWatch()
    for index in range(count):
        watch.observe_note(note(0.024 * index, 21 + index % 88))
    assert watch.running_away(1.99 + DELAY_S) is away


def test_a_loop_that_feeds_itself_is_cut() -> None:
    """More than forty notes a second for two seconds; MIDI is to be paused, once, and the watch begins anew."""
    watches = Watches(Start(MicrophoneSource()), "mic", 48_000, nobody, lambda: None)
    codes = []
    for step in range(120):
        watches.observe_event(note(0.02 * step, 40 + step % 40))
        codes += [notice.code for notice in watches.new_notices(status(0.02 * step))]
    assert codes.count(MIDI_PAUSED) == 1
    watches.sending = False
    watches.observe_event(note(2.5, 60))


def test_a_loop_that_comes_back_is_cut_again() -> None:
    """The player lets the notes out again at once, and the speakers are as loud as before."""
    watches = Watches(Start(MicrophoneSource()), "mic", 48_000, nobody, lambda: None)
    codes = []
    for begin in (0.0, 3.0):
        watches.resume()
        for step in range(120):
            watches.observe_event(note(begin + 0.02 * step, 40 + step % 40))
            codes += [notice.code for notice in watches.new_notices(status(begin + 0.02 * step))]
    assert codes.count(MIDI_PAUSED) == 2


def test_a_pause_ends_by_itself_and_lasts_longer_while_the_loop_is_there() -> None:
    """After 5 s, then after 10 s; a loop that comes a minute later is a new one."""
    turns: list[tuple[str, float]] = []
    codes: list[str] = []
    now = 0.0

    def publish(message: Message) -> None:
        if isinstance(message, Notice):
            codes.append(message.code)

    def pause() -> None:
        watches.sending = False
        turns.append(("pause", now))

    def resume() -> None:
        watches.sending = True
        watches.resume()
        turns.append(("resume", now))

    watches = Watches(Start(MicrophoneSource()), "mic", 48_000, publish, pause, resume)
    for step in range(6_000):
        now = 0.02 * step
        if watches.sending and (now < 9.0 or now > 100.0):
            watches.observe_event(note(now, 40 + step % 40))
        watches.observe_status(status(now))
    kinds, times = zip(*turns[:6], strict=True)
    assert kinds == ("pause", "resume") * 3
    lasted = [end - begin for begin, end in zip(times[::2], times[1::2], strict=True)]
    assert lasted == pytest.approx([PAUSE_S, 2 * PAUSE_S, PAUSE_S], abs=0.03)
    assert [code for code in codes if code != "echo"][:4] == [MIDI_PAUSED, MIDI_RESUMED] * 2


def test_notes_that_are_not_sent_cannot_come_back() -> None:
    """Without a port the same notes are no echo."""
    watches = Watches(Start(MicrophoneSource()), "mic", 48_000, nobody, lambda: None)
    for returned in with_echo(melody(10.0), 0.12):
        watches.sending = False
        watches.observe_event(returned)
        assert watches.new_notices(status(returned.emitted)) == []


def test_an_echo_is_reported_once_and_lasts_as_long_as_it_comes_back() -> None:
    """One notice with the loop time; ten seconds after the last sign it is over."""
    watches = Watches(Start(MicrophoneSource()), "mic", 48_000, nobody, lambda: None)
    notices = []
    for returned in with_echo(melody(20.0), 0.2):
        watches.observe_event(returned)
        notices += watches.new_notices(status(returned.emitted))
    assert [notice.code for notice in notices] == ["echo"]
    assert "speakers, 20" in str(notices[0].said)
    assert watches.active(21.0) == ("echo",)
    assert watches.active(40.0) == ()


def sound(*levels: float) -> np.ndarray:
    """Three seconds at 1 kHz, a channel for each RMS level."""
    return np.random.default_rng(0).normal(0, levels, (3_000, len(levels))).astype(np.float32)


def test_a_silent_channel_is_noticed_beside_one_with_sound() -> None:
    """And forgotten when it has sound itself; silence on both says nothing."""
    watch = ChannelWatch(0, 1_000)
    for levels, better in (((1e-5, 1e-5), None), ((1e-4, 0.1), 1), ((1e-5, 1e-5), 1), ((0.01, 0.1), None)):
        watch.observe_sound(sound(*levels))
        assert watch.better == better


def block(*levels: float) -> Block:
    """The same as an observer sees it."""
    channels = sound(*levels)
    return Block(0, channels, channels[:, 0])


def test_the_notice_names_the_input_that_has_sound() -> None:
    """In the words of the banner; "auto" needs no telling."""
    watches = Watches(Start(MicrophoneSource(channel=0)), "Scarlett", 1_000, nobody, lambda: None)
    watches.observe_sound(block(0.0, 0.1))
    (notice,) = watches.new_notices(status(3.0))
    assert (notice.code, notice.said) == ("wrong_channel", WRONG_CHANNEL(silent=1, other=2))
    assert str(notice.said) == "Input 1 is silent, but input 2 has sound."
    automatic = Watches(Start(FileSource(__file__)), "file", 1_000, nobody, lambda: None)  # type: ignore[arg-type]
    automatic.observe_sound(block(0.0, 0.1))
    assert automatic.new_notices(status(3.0)) == []
