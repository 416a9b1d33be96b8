"""Every action of the player reaches the engine as the right command, and the settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gui.state.banners import Fault
from gui.state.controller import Controller
from gui.state.settings import GATE_OFF_DB, load
from realtime.engine.messages import (
    Configure,
    Configured,
    FileSource,
    MicrophoneSource,
    Notice,
    Record,
    RunClosed,
    RunStarted,
    SetDevice,
    Start,
    Stop,
    TakeStarted,
)
from realtime.events import End, NoteOff, NoteOn
from realtime.midi.port_server import AllNotesOff, PlayNote, PortSettings, PortState
from realtime.midi.velocity import VelocityCurve
from realtime.transcription.decoder import DecoderSettings
from realtime.words import plain
from tests.gui.conftest import AT_FIRST, FakeLink
from tests.gui.state.test_session import STREAM


def test_it_opens_with_what_the_player_chose(controller: Controller, link: FakeLink):
    """Microphone, delay, decoder and port of the settings; the gate is off until it is set."""
    controller.settings.input, controller.settings.channel, controller.settings.delay = "Piano", "2", "fast"
    controller.settings.transpose = -2
    controller.open()
    start = Start(MicrophoneSource("Piano", 1), settings=replace(AT_FIRST, delay="fast"))
    assert link.opened == (start, PortSettings("virtual", 1, -2))


def test_a_recording_takes_the_place_of_the_microphone(link: FakeLink, controller: Controller, tmp_path: Path):
    """For the demo."""
    Controller(controller.settings, link, tmp_path / "s.toml", recording=Path("demo.flac")).open()
    assert link.opened is not None
    assert link.opened[0].source == FileSource(Path("demo.flac"))


def test_every_change_is_sent_at_once(controller: Controller, link: FakeLink):
    """Delay, decoder, gate, input, channel and port."""
    controller.set_delay("accurate")
    controller.set_decoder(sensitivity=62.0, gate_db=-46.0, pedal=False)
    controller.choose("tuning_cents", -40.0)
    controller.choose("ignore_own", True)
    controller.measure_tuning(True)
    controller.watch_spectrum(True)
    controller.hold_midi(True)
    controller.hold_midi(False)
    controller.set_input("Scarlett")
    controller.set_channel("mix")
    controller.set_port(midi_channel=3)
    controller.silence()
    assert link.orders == [
        Configure(settings := replace(AT_FIRST, delay="accurate")),
        Configure(settings := replace(settings, decoder=DecoderSettings(62.0, 40.0, False), gate_db=-46.0)),
        Configure(settings := replace(settings, tuning_cents=-40.0)),
        Configure(settings := replace(settings, ignore_own=True)),
        Configure(settings := replace(settings, measure_tuning=True)),
        Configure(settings := replace(settings, show_spectrum=True)),
        Configure(settings := replace(settings, send_midi=False)),
        Configure(replace(settings, send_midi=True)),
        SetDevice(MicrophoneSource("Scarlett", "auto")),
        SetDevice(MicrophoneSource("Scarlett", "mix")),
        PortSettings("virtual", 3, 0),
        AllNotesOff(),
    ]


def test_another_microphone_after_a_pause_begins_with_what_was_changed_meanwhile(
    controller: Controller, link: FakeLink
):
    """And without the take that ended as the player paused: the engine remembers how it was then."""
    controller.session.apply(End(5.0, 5.0, 0, 0, "paused"), 0.0)
    controller.choose("tuning_cents", 20.0)
    controller.set_input("Scarlett")
    start = link.orders[-1]
    assert isinstance(start, Start)
    assert start == Start(MicrophoneSource("Scarlett", "auto"), settings=replace(AT_FIRST, tuning_cents=20.0))
    assert controller.session.state == "starting"


def test_a_gate_that_is_off_is_none(controller: Controller, link: FakeLink):
    """Not a very low one."""
    controller.set_decoder(gate_db=GATE_OFF_DB)
    assert link.orders == [Configure(AT_FIRST)]


def test_recording_begins_and_ends(controller: Controller, link: FakeLink, tmp_path: Path):
    """Not before a stream runs, and then at once."""
    controller.toggle_recording()
    assert link.orders == []
    link.news = [STREAM]
    controller.pump(100.0)
    link.news = [TakeStarted(tmp_path / "2026-11-21 10-00-00 Take 03")]
    controller.pump(100.1)
    assert controller.session.take_name == "Take 3"
    controller.toggle_recording()
    assert link.orders == [Record(tmp_path / "takes"), Record(None)]
    assert controller.session.take_name == ""


def test_recording_ends_though_the_engine_is_slow_to_begin(controller: Controller, link: FakeLink, tmp_path: Path):
    """Two presses are one take, begun and ended; a third one begins another."""
    link.news = [STREAM]
    controller.pump(100.0)
    controller.toggle_recording()
    controller.toggle_recording()
    assert link.orders == [Record(tmp_path / "takes"), Record(None)]
    link.news = [TakeStarted(tmp_path / "2026-11-21 10-00-00 Take 03")]
    controller.pump(100.1)
    assert controller.session.take is None
    controller.toggle_recording()
    link.news = [TakeStarted(tmp_path / "2026-11-21 10-00-05 Take 04")]
    controller.pump(100.2)
    assert controller.session.take_name == "Take 4"


def test_listening_stops_and_starts_again(controller: Controller, link: FakeLink):
    """By the same key."""
    link.news = [STREAM]
    controller.pump(100.0)
    controller.toggle_listening()
    link.news = [End(1.0, 1.0, 0, 0, "paused")]
    controller.pump(101.0)
    assert not controller.listening
    controller.toggle_listening()
    assert [type(order) for order in link.orders] == [Stop, Start]
    assert controller.listening


def test_the_themes_and_colours_go_round(controller: Controller):
    """And come back to the first."""
    themes, colours = [], []
    for _ in range(4):
        themes.append(controller.settings.theme)
        colours.append(controller.settings.colours)
        controller.next_theme()
        controller.next_colours()
    assert themes == ["night", "daylight", "contrast", "night"]
    assert colours == ["hands", "pitch", "velocity", "one"]


@pytest.mark.parametrize(("steps", "speed"), [(100, 400.0), (-100, 60.0)])
def test_the_speed_of_blocks_has_limits(controller: Controller, steps: int, speed: float):
    """60 to 400 px a second."""
    controller.change_speed(steps)
    assert controller.look.speed == speed


def test_settings_are_kept_when_it_closes(controller: Controller, link: FakeLink, tmp_path: Path):
    """And the link is closed."""
    controller.set_display(theme="daylight")
    controller.close()
    assert load(tmp_path / "settings.toml")[0].theme == "daylight"
    assert link.closed


def test_a_take_that_begins_while_it_closes_is_told(controller: Controller, link: FakeLink, tmp_path: Path):
    """To those who know that nobody waits for it."""
    told: list[object] = []
    controller.followers.append(lambda message, _now: told.append(message))
    link.news = [RunStarted(tmp_path, 3.0, 1), RunClosed(tmp_path)]
    controller.close()
    assert told == [RunStarted(tmp_path, 3.0, 1), RunClosed(tmp_path)]


def test_a_disk_that_takes_nothing_does_not_stop_the_end(link: FakeLink, controller: Controller, tmp_path: Path):
    """Settings in a place that is a file."""
    (tmp_path / "file").write_text("")
    Controller(controller.settings, link, tmp_path / "file" / "settings.toml").close()
    assert link.closed


def test_a_port_that_stays_closed_is_shown(controller: Controller, link: FakeLink):
    """When the supervisor misses it."""
    link.news = [PortState(False, "virtual", problem=plain("No MIDI system answers here."))]
    controller.pump(100.0)
    assert controller.session.faults.shown(100.0) is None
    link.news = [Notice("port_lost", plain("No MIDI system answers here."))]
    controller.pump(102.1)
    banner = controller.session.faults.shown(102.1)
    assert banner is not None
    assert banner.text == "No MIDI system answers here."


def test_an_engine_that_pauses_midi_is_obeyed_until_the_player_sends_again(controller: Controller, link: FakeLink):
    """The port is silenced, a banner stays, and a stream that begins anew stays silent too."""
    paused = replace(AT_FIRST, send_midi=False)
    link.news = [Configured(AT_FIRST, paused)]
    controller.pump(1.0)
    assert link.orders == [Configure(paused), AllNotesOff()]
    shown = controller.session.faults.shown(100.0)
    assert shown is not None
    assert shown.fault is Fault.MIDI_PAUSED
    link.news = [Configured(paused, AT_FIRST)]  # the pause has ended by itself
    controller.pump(2.0)
    assert link.orders[-1] == Configure(AT_FIRST)
    assert controller.session.faults.shown(100.0) is None
    link.news = [Configured(AT_FIRST, paused)]
    controller.pump(3.0)
    controller.listen()
    assert link.orders[-1] == Start(MicrophoneSource(), settings=paused)
    controller.send_midi(True)
    assert link.orders[-1] == Configure(AT_FIRST)
    assert controller.session.faults.shown(100.0) is None


def test_what_the_engine_refuses_is_not_chosen_any_more(controller: Controller, link: FakeLink):
    """A model may lack a delay. All that is right stays as it was chosen, and later changes are not refused as well."""
    before = replace(AT_FIRST, gate_db=-50.0, tuning_cents=10.0, decoder=DecoderSettings(60.0, 50.0, False))
    controller.set_decoder(gate_db=-50.0, sensitivity=60.0, min_note_ms=50.0, pedal=False)
    controller.set_tuning(10.0)
    controller.set_delay("fast")
    controller.send_midi(False)
    asked = replace(before, delay="fast", send_midi=False)
    assert link.orders[-1] == Configure(asked)
    link.news = [Configured(replace(asked, send_midi=True), before)]
    controller.pump(1.0)
    assert link.orders[-1] == Configure(asked)
    link.news = [Configured(asked, before)]
    controller.pump(1.1)
    assert link.orders[-1] == Configure(replace(before, send_midi=False))
    assert controller.settings.delay == "live"


@pytest.mark.parametrize("refused", [{"gate_db": 3.0}, {"tuning_cents": 90.0}, {"sensitivity": 200.0}])
def test_a_refused_number_becomes_what_it_was(controller: Controller, link: FakeLink, refused: dict[str, float]):
    """No gate is no gate again; MIDI that was to be sent again is."""
    controller.send_midi(False)
    paused = replace(AT_FIRST, send_midi=False)
    controller.settings = replace(controller.settings, **refused)
    controller.send_midi(True)
    asked = link.orders[-1]
    assert isinstance(asked, Configure)
    link.news = [Configured(asked.settings, paused)]
    controller.pump(1.0)
    assert link.orders[1:] == [asked, Configure(AT_FIRST)]


def test_a_clicked_key_is_seen_and_sent(controller: Controller, link: FakeLink):
    """And let go once."""
    controller.press(60, 72)
    assert controller.session.pressed == {60}
    controller.release_key(60)
    controller.release_key(60)
    assert controller.session.pressed == set()
    assert link.orders == [PlayNote(NoteOn(0.0, 0.0, 60, 72, 1.0)), PlayNote(NoteOff(0.0, 0.0, 60))]


def test_clicks_need_not_be_sent(controller: Controller, link: FakeLink):
    """VisibleRoll they are all the same."""
    controller.choose("click_plays", False)
    controller.press(60, 72)
    assert controller.session.pressed == {60}
    assert link.orders == []


def test_the_curve_goes_to_the_port(controller: Controller, link: FakeLink):
    """The transcribed velocities stay as they are."""
    controller.set_curve(VelocityCurve(0.5, 10, 100))
    assert link.orders == [PortSettings("virtual", 1, 0, VelocityCurve(0.5, 10, 100))]


def test_the_gate_is_set_to_the_room(controller: Controller, link: FakeLink):
    """Not before the room is known."""
    controller.gate_the_room()
    assert link.orders == []
    for _ in range(60):
        controller.session.noise.observe_level(-58.0, playing=False)
    controller.gate_the_room()
    assert controller.settings.gate_db == -50.0
    assert link.orders == [Configure(replace(AT_FIRST, gate_db=-50.0))]


def test_a_hand_is_hidden_and_shown_again(controller: Controller):
    """One at a time; the next start shows both."""
    for hand, hidden in (("left", "left"), ("right", "right"), ("right", "")):
        controller.toggle_hand(hand)
        assert controller.look.hidden == hidden


def test_the_look_follows_the_settings(controller: Controller):
    """Glow, keys, chords and reduced motion."""
    for name, value in (("glow", 40), ("keys", 61), ("chords", False), ("motion", "reduced")):
        controller.choose(name, value)
    look = controller.look
    assert (look.glow, len(look.keys), look.chords, look.calm) == (0.4, 61, False, True)


def test_reduced_motion_is_the_systems_unless_the_player_chose(controller: Controller):
    """On or off by the player counts; else what the system's settings ask for, whenever they report it."""
    calm: list[bool] = []
    controller.changed = lambda: calm.append(controller.look.calm)
    controller.system_wants(True)
    controller.set_display(motion="full")
    controller.set_display(motion="")
    controller.system_wants(False)
    controller.set_display(motion="reduced")
    assert calm == [True, False, True, False, True]
