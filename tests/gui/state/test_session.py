"""The session: the engine's messages -> what the window shows."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.stage.roll import Roll
from gui.stage.stream_clock import StreamClock
from gui.state.banners import Fault, Remedy
from gui.state.session import Session
from realtime.engine.messages import DelayChanged, Failed, Notice, RunStarted, SpectrumColumn, Status, TakeStarted
from realtime.engine.watches.watches import WRONG_CHANNEL
from realtime.events import End, Gap, Kept, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.lateness import DesignDelay, Lateness
from realtime.midi.port_server import PortState
from realtime.midi.system import NO_SYSTEM, WAYS_OUT
from realtime.words import plain

STREAM = StreamStarted("fake", "balanced", 0.05, 48_000, "Scarlett 2i2 USB", "2026-11-21T10:00:00Z")


def on(pitch: int, time: float, velocity: int = 80, delay: float = 0.05) -> NoteOn:
    return NoteOn(time, time + delay, pitch, velocity, 0.9)


def off(pitch: int, time: float) -> NoteOff:
    return NoteOff(time, time + 0.06, pitch)


def status(time: float, peak_db: float = -20.0, **other: object) -> Status:
    fields = {"state": "running", "clipped": 0, "load": 0.1, "step_p50_s": 0.001, "step_p99_s": 0.002}
    return Status(
        **{"time": time, "peak_db": peak_db, "rms_db": peak_db - 8, "overruns": 0, "dropped": 0} | fields | other
    )  # type: ignore[arg-type]


@pytest.fixture
def session() -> Session:
    """A session whose stream has begun."""
    session = Session("linux")
    session.apply(STREAM, 100.0)
    return session


def test_held_keys_follow_the_notes(session: Session):
    """Two keys down, one up again."""
    for event in (on(60, 1.0), on(64, 1.1), off(60, 1.5)):
        session.apply(event, 101.6)
    assert list(session.roll.held) == [64]
    first, second = session.roll.blocks
    assert (first.onset, first.release, first.damped) == (1.0, 1.5, 1.5)
    assert (second.onset, second.release) == (1.1, None)


def test_a_released_key_rings_until_the_pedal_is_lifted(session: Session):
    """The tail of a block ends with the pedal."""
    for event in (on(60, 1.0), Pedal(1.2, 1.2, 127), off(60, 1.5), Pedal(3.0, 3.0, 0)):
        session.apply(event, 103.0)
    (block,) = session.roll.blocks
    assert (block.release, block.damped) == (1.5, 3.0)
    assert [(span.down, span.up) for span in session.roll.pedal] == [(1.2, 3.0)]


def test_a_new_strike_ends_the_ringing_of_its_key(session: Session):
    """Under the pedal, the same key again."""
    for event in (Pedal(0.5, 0.5, 127), on(60, 1.0), off(60, 1.5), on(60, 1.51)):
        session.apply(event, 102.0)
    first, second = session.roll.blocks
    assert (first.damped, first.struck_again) == (1.51, True)
    assert (second.damped, second.struck_again) == (None, False)


def test_the_picture_is_corrected_by_what_is_kept(session: Session):
    """A missed note comes at its onset, a ghost goes when the engine says that nothing was kept there, and the notes
    are counted as they are; how late the told ones were is measured as before."""
    for event in (on(60, 1.0), on(64, 1.0), off(60, 1.4)):
        session.apply(event, 101.5)
    session.apply(Kept(on(60, 0.99, 84)), 101.5)
    session.apply(Kept(on(67, 1.02, 60)), 101.5)
    session.apply(status(1.5, kept_onsets_s=1.1), 101.5)
    assert [(block.pitch, block.onset, block.velocity) for block in session.roll.blocks] == [
        (60, 0.99, 84),
        (64, 1.0, 80),
        (67, 1.02, 60),
    ]
    session.apply(status(1.55, kept_onsets_s=1.13), 101.55)
    assert [block.pitch for block in session.roll.blocks] == [60, 67]
    assert (session.roll.notes, list(session.roll.held), list(session.velocities)) == (2, [67], [80, 80])


def test_another_delay_goes_on_being_corrected(session: Session):
    """It is the same stream: what is kept does not depend on what is told."""
    session.apply(on(60, 1.0), 101.0)
    session.apply(DelayChanged("fast", DesignDelay(0.028, 0.028)), 101.1)
    session.apply(Kept(on(60, 0.98)), 101.3)
    session.apply(status(1.6, kept_onsets_s=1.2), 101.6)
    assert [block.onset for block in session.roll.blocks] == [0.98]


def test_what_the_last_stream_kept_is_of_no_concern(session: Session):
    """An engine that is replaced, or an input that is: the next stream begins empty, and its notes are not judged by
    how far the last one was known. A loss within a stream changes nothing before it."""
    session.apply(on(60, 8.0), 108.1)
    session.apply(Kept(on(60, 8.0)), 108.4)
    session.apply(status(9.0, kept_onsets_s=8.6), 109.0)
    session.apply(Gap(9.0, 9.0, 1.0), 109.1)
    session.apply(Kept(Gap(9.0, 9.0, 1.0)), 109.1)
    assert [block.pitch for block in session.roll.blocks] == [60]
    session.apply(Notice("restarted", plain("it goes on")), 110.0)
    session.apply(STREAM, 110.1)
    session.apply(on(62, 0.5), 110.7)
    session.apply(status(0.8, kept_onsets_s=0.4), 111.0)
    assert [block.pitch for block in session.roll.blocks] == [62]


def test_a_stream_that_fails_leaves_what_is_seen(session: Session):
    """Nothing more is kept of it; the End of a stream that goes well comes after all that is kept."""
    session.apply(on(60, 1.0), 101.0)
    session.apply(status(1.3, kept_onsets_s=0.9), 101.3)
    session.apply(Failed(plain("gone"), 3, ""), 101.4)
    assert [(block.pitch, block.release, block.settled) for block in session.roll.blocks] == [(60, 1.3, True)]
    session.apply(STREAM, 102.0)
    for event in (on(60, 0.5), off(60, 0.9)):
        session.apply(event, 103.0)
    session.apply(Kept(End(1.0, 1.0, 0, 0, "paused")), 103.0)
    session.apply(End(1.0, 1.0, 1, 0, "paused"), 103.0)
    assert list(session.roll.blocks) == []


EVENTS = st.lists(
    st.tuples(st.sampled_from(["on", "off", "down", "up", "gap"]), st.integers(60, 63), st.floats(0.001, 1.0)),
    max_size=60,
)


@given(EVENTS)
def test_blocks_of_a_key_never_overlap_and_always_end(steps: list[tuple[str, int, float]]):
    """Whatever is played: per key, a block ends before the next begins, and after a release nothing sounds."""
    roll, time = Roll(), 0.0
    for kind, pitch, passed in steps:
        time += passed
        event = {"on": on(pitch, time), "off": off(pitch, time), "gap": Gap(time, time, 0.1)}
        event |= {"down": Pedal(time, time, 127), "up": Pedal(time, time, 0)}
        roll.apply(event[kind])
    roll.release_all(time + 1)
    assert not roll.held
    assert not roll.pedal_down
    for pitch in range(60, 64):
        mine = [block for block in roll.blocks if block.pitch == pitch]
        assert all(b.release is not None and b.damped is not None and b.onset <= b.release <= b.damped for b in mine)
        assert all(a.damped <= b.onset for a, b in pairwise(mine))  # type: ignore[operator]
    roll.forget(time + 2)
    assert not roll.blocks
    assert not roll.pedal


def test_the_picture_is_behind_the_stream_by_its_delay(session: Session):
    """A status that says 4.0 s at once gives 3.95 s for a delay of 50 ms, and time goes on between statuses."""
    session.apply(status(4.0), 104.0)
    assert session.now(104.0) == pytest.approx(3.95)
    assert session.now(104.03) == pytest.approx(3.98)


@given(st.lists(st.tuples(st.floats(0.0, 0.2), st.floats(0.0, 0.05)), min_size=1, max_size=100))
def test_the_clock_never_goes_back(steps: list[tuple[float, float]]):
    """However late messages arrive."""
    clock, monotonic, shown = StreamClock(), 50.0, 0.0
    for passed, late in steps:
        monotonic += passed
        clock.synchronise(monotonic - 50.0, monotonic + late)
        now = clock.now(monotonic + late)
        assert shown <= now <= monotonic - 50.0 + 0.25 + 1e-9
        shown = now


def test_the_clock_stands_still_without_news():
    """A stream that says nothing is not drawn on for more than a quarter of a second."""
    clock = StreamClock()
    clock.synchronise(2.0, 10.0)
    assert clock.now(10.1) == pytest.approx(2.1)
    assert clock.now(15.0) == pytest.approx(2.25)


def test_the_lateness_is_what_port_or_link_have_measured(session: Session):
    """In a sentence, first with the delay by design alone; never from the times of the events."""
    words = [session.lateness_words]
    session.apply(on(60, 1.0, delay=0.05), 101.0)
    words.append(session.lateness_words)
    session.apply(Lateness(DesignDelay(0.05, 0.05), (0.06, 0.07, 5.0), 3, "midi"), 101.0)
    words.append(session.lateness_words)
    before = (
        "50 ms by design. What it takes in all on this computer, from the sound at the microphone to the MIDI message, "
    )
    assert words == [
        f"{before}is measured while you play.",
        f"{before}is measured while you play.",
        "50 ms by design. Measured, from the sound at the microphone until its MIDI message has left: half of the "
        "last 3 notes took 70 ms or less, 95 % took 4507 ms or less.",
    ]
    assert Session("linux").lateness_words == ""


def test_another_delay_is_measured_anew(session: Session):
    """The picture follows the notes of the new mode, smoothly."""
    session.apply(on(60, 1.0, delay=0.05), 101.05)
    session.apply(Lateness(DesignDelay(0.05, 0.05), (0.06,), 1, "midi"), 101.05)
    session.delay_changes()
    assert session.lateness is None
    session.apply(status(2.0), 102.0)
    assert session.now(102.0) == pytest.approx(1.95)
    for pitch in (61, 62, 63):
        session.apply(on(pitch, 1.88, delay=0.12), 102.0)
    assert session.now(102.03) == pytest.approx(1.98 - 0.1 * 0.07)  # a tenth of the way
    assert session.now(103.0) == pytest.approx(2.25 - 0.12)


def test_a_take_has_a_name_and_a_time(session: Session):
    """From TakeStarted until it ends."""
    session.apply(status(10.0), 110.0)
    session.apply(TakeStarted(Path("/takes/2026-11-21 10-00-00 Take 07")), 110.0)
    session.apply(status(12.5), 112.5)
    assert (session.take_name, session.take_time(112.5)) == ("Take 7", pytest.approx(2.5))
    session.apply(End(12.5, 12.5, 0, 0, "stopped"), 113.0)
    assert (session.take_name, session.state) == ("", "paused")


def test_a_take_goes_on_with_another_input(session: Session):
    """Its folder may come before the new stream; its time counts from there."""
    session.apply(TakeStarted(Path("/takes/2026-11-21 10-00-00 Take 07")), 110.0)
    session.apply(End(10.0, 10.0, 0, 0, "device changed"), 110.0)
    session.apply(TakeStarted(Path("/takes/2026-11-21 10-00-10 Take 08")), 110.1)
    session.apply(STREAM, 110.2)
    session.apply(status(3.0), 113.2)
    assert (session.take_name, session.take_time(113.2)) == ("Take 8", pytest.approx(3.0))
    session.apply(Notice("restarted", plain("...")), 114.0)
    assert session.take_name == ""


def test_unplugged_is_shown_until_sound_is_back(session: Session):
    """The banner names the input, offers another, and leaves by itself."""
    session.apply(Notice("unplugged", plain("...")), 101.0)
    session.apply(status(1.0, state="lost"), 101.0)
    banner = session.faults.shown(101.0)
    assert banner is not None
    assert banner.title == '"Scarlett 2i2 USB" was disconnected.'
    assert banner.remedies == (Remedy.USE_ANOTHER_INPUT,)
    assert session.state == "lost"
    session.apply(status(2.0), 102.0)
    assert session.faults.shown(102.0) is None
    assert session.state == "listening"


def test_the_worst_fault_is_shown_first(session: Session):
    """Distortion gives way to a lost input, comes back after it, and is gone ten seconds after its cause."""
    session.apply(Notice("too_loud", plain("...")), 101.0)
    assert session.faults.shown(101.0).title == "The input is distorting."  # type: ignore[union-attr]
    session.apply(Notice("unplugged", plain("...")), 102.0)
    assert session.faults.shown(102.0).fault is Fault.UNPLUGGED  # type: ignore[union-attr]
    session.apply(status(3.0), 103.0)
    assert session.faults.shown(103.0).fault is Fault.TOO_LOUD  # type: ignore[union-attr]
    assert session.faults.shown(111.1) is None


def test_a_run_that_cannot_be_recorded_is_no_fault_of_the_takes(session: Session):
    """Where takes are kept does not help it: it can be hidden, and goes with the next run that is recorded."""
    session.apply(Notice("run", plain("The disk is full.")), 101.0)
    banner = session.faults.shown(101.0)
    assert banner is not None
    assert (banner.title, banner.text) == ("This run is not recorded.", "The disk is full.")
    assert banner.remedies == (Remedy.HIDE,)
    session.apply(RunStarted(Path("run"), 102.0, 2), 102.0)
    assert session.faults.shown(102.0) is None


def test_a_hidden_fault_stays_hidden_until_its_cause_has_gone(session: Session):
    """Hide, the same fault again, and a new one."""
    session.apply(Notice("too_slow", plain("...")), 101.0)
    session.faults.hide(Fault.TOO_SLOW)
    session.apply(Notice("too_slow", plain("...")), 102.0)
    assert session.faults.shown(102.0) is None
    assert session.faults.shown(120.0) is None
    session.apply(Notice("too_slow", plain("...")), 121.0)
    assert session.faults.shown(121.0) is not None


def test_a_missing_microphone_has_its_words(session: Session):
    """Exit status 3 is an input that is not there; anything else says what failed."""
    session.apply(Failed(plain("No microphone found. ..."), 3, ""), 101.0)
    assert session.faults.shown(101.0).title == "No microphone found."  # type: ignore[union-attr]
    session.apply(STREAM, 102.0)
    session.apply(Failed(plain("The model is broken."), 6, ""), 103.0)
    assert session.faults.shown(103.0).text == "The model is broken."  # type: ignore[union-attr]


def test_many_soft_notes_without_a_loud_one_are_too_quiet(session: Session):
    """And one loud note takes the banner away."""
    for step in range(30):
        session.apply(status(step, peak_db=-50.0), 100.0 + step)
        session.apply(on(60, step + 0.5), 100.5 + step)
    assert session.faults.shown(130.0).fault is Fault.TOO_QUIET  # type: ignore[union-attr]
    session.apply(status(31.0, peak_db=-12.0), 131.0)
    assert session.faults.shown(131.0) is None


def test_zeros_on_a_mac_mean_that_permission_is_missing():
    """Two seconds of exact zeros; elsewhere they mean nothing."""
    for platform, expected in (("darwin", Fault.PERMISSION), ("linux", None)):
        session = Session(platform)
        session.apply(STREAM, 100.0)
        for step in range(4):
            session.apply(status(step, peak_db=-120.0), 100.0 + step)
        shown = session.faults.shown(104.0)
        assert (shown and shown.fault) == expected


MISSED = Notice("port_lost", plain("gone"))


def test_a_lost_port_is_shown_when_it_is_missed(session: Session):
    """Not at once, and not again once it is back."""
    session.port_is(PortState(True, "Liszten Out", "ALSA"))
    session.port_is(PortState(False, "Liszten Out", problem=plain("gone")))
    assert session.faults.shown(101.5) is None
    session.apply(MISSED, 103.1)
    assert session.faults.shown(103.1).title == 'The MIDI port "Liszten Out" is gone.'  # type: ignore[union-attr]
    session.port_is(PortState(True, "Liszten Out", "ALSA"))
    assert session.faults.shown(104.0) is None


def test_the_meter_rises_at_once_and_falls_slowly(session: Session):
    """20 dB in 1.5 s; the peak line holds for 1.5 s before it falls."""
    session.apply(status(0.0, peak_db=-10.0), 100.0)
    meter = session.meter
    assert (meter.bar, meter.peak, meter.word) == (-10.0, -10.0, "Good level")
    meter.fall(101.5)
    assert (meter.bar, meter.peak) == (pytest.approx(-30.0), -10.0)
    meter.fall(102.5)
    assert meter.peak == pytest.approx(-30.0)


@pytest.mark.parametrize(
    ("peak_db", "word"), [(-80, "Silent"), (-45, "Too quiet"), (-20, "Good level"), (-3, "Too loud")]
)
def test_the_word_fits_the_level(session: Session, peak_db: float, word: str):
    """Without any colour."""
    session.apply(status(0.0, peak_db=peak_db), 100.0)
    assert session.meter.word == word


def test_clipping_is_latched(session: Session):
    """Until ten seconds have passed or the player clicks."""
    session.apply(status(0.0, clipped=3), 100.0)
    session.apply(status(5.0), 105.0)
    assert session.meter.clip
    session.apply(status(11.0), 111.0)
    assert not session.meter.clip


def test_what_the_engine_goes_on_saying_is_shown_as_long_as_it_says_so():
    """Echo, speech processing and a silent channel; the banner names the inputs."""
    session = Session()
    session.apply(STREAM, 0.0)
    session.apply(Notice("wrong_channel", WRONG_CHANNEL(silent=1, other=2)), 1.0)
    session.apply(replace(status(1.0), faults=("wrong_channel",)), 1.0)
    shown = session.faults.shown(1.0)
    assert shown is not None
    assert (shown.title, shown.values) == ("Input 1 is silent, but input 2 has sound.", (1, 2))
    session.apply(status(2.0), 2.0)
    assert session.faults.shown(2.0) is None


def test_another_delay_is_the_picture_s_lag_at_once(session: Session):
    """As the engine reports it, before any note at it; what was measured at the last one counts no more."""
    for index in range(5):
        session.apply(on(60 + index, 1.0 + index / 10, delay=0.05), 101.05 + index / 10)
    session.apply(status(2.0), 102.0)
    assert session.time(102.0) - session.now(102.0) == pytest.approx(0.05)
    session.apply(DelayChanged("accurate", DesignDelay(0.118, 0.118)), 102.0)
    assert session.stream is not None
    assert (session.stream.delay, session.stream.delay_s) == ("accurate", 0.118)
    session.apply(Lateness(DesignDelay(0.05, 0.05), (0.06,), 1, "midi"), 102.0)  # it was on its way
    assert session.lateness is None
    session.apply(now := Lateness(DesignDelay(0.118, 0.118), (0.12,), 1, "midi"), 102.0)
    assert session.lateness == now
    for step in range(40):
        session.apply(status(2.0 + step / 20), 102.0 + step / 20)
        lag = session.time(102.0 + step / 20) - session.now(102.0 + step / 20)
    assert lag == pytest.approx(0.118, abs=0.002)


def test_a_port_that_is_not_wanted_is_no_fault(session: Session):
    """However long it is not open; what was wrong with the last one is forgotten."""
    session.port_is(PortState(True, "Liszten Out", "ALSA"))
    session.port_is(PortState(False, "Liszten Out", problem=plain("gone")))
    session.apply(MISSED, 104.0)
    assert session.faults.shown(104.0) is not None
    session.port_is(PortState(False, "none"))
    assert session.faults.shown(110.0) is None


def test_the_room_is_measured_while_nothing_sounds(session: Session):
    """Neither under a held key nor under the pedal; a new stream is another room."""
    for event in (Pedal(0.5, 0.5, 127), on(60, 1.0), off(60, 1.2)):
        session.apply(event, 101.0)
    for step in range(100):
        session.apply(status(1.5 + step / 20, peak_db=-20.0), 101.5 + step / 20)
    assert session.noise.floor_db is None
    session.apply(Pedal(7.0, 7.0, 0), 107.0)
    for step in range(60):
        session.apply(status(7.0 + step / 20, peak_db=-62.0), 107.0 + step / 20)
    assert session.noise.floor_db == pytest.approx(-70.0)
    session.apply(STREAM, 120.0)
    assert session.noise.floor_db is None


def test_what_the_plots_show(session: Session):
    """Velocities outlive a stream, lateness does not."""
    session.apply(on(60, 1.0, velocity=90), 101.08)
    session.apply(Lateness(DesignDelay(0.05, 0.05), (0.06,), 1, "midi"), 101.1)
    session.apply(SpectrumColumn(1.0, b"x"), 101.1)
    session.apply(STREAM, 110.0)
    assert list(session.velocities) == [90]
    assert (session.lateness, len(session.spectrum)) == (None, 0)


def test_the_window_shows_no_option_of_the_command_line():
    """A way out that only the command line has is left out of the same sentence."""
    session = Session(platform="linux")
    missing = NO_SYSTEM(way_out=WAYS_OUT["linux"]())
    session.port_is(PortState(False, "virtual", problem=missing))
    session.apply(Notice("port_lost", missing), 104.0)
    shown = session.faults.shown(104.0)
    assert shown is not None
    assert str(missing) == (
        "No MIDI system answers here. Load ALSA's sequencer (sudo modprobe snd-seq) or start a JACK server, or use "
        "--midi-out none."
    )
    assert shown.text == (
        "No MIDI system answers here. Load ALSA's sequencer (sudo modprobe snd-seq) or start a JACK server."
    )
