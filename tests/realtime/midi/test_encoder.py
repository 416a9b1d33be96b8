"""The MIDI bytes of events, one by one, and that a receiver never keeps a hanging note."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from realtime.events import End, Event, Gap, NoteOff, NoteOn, Pedal, StreamStarted
from realtime.midi.encoder import MidiEncoder

STREAM = StreamStarted("m", "fast", 0.03, 48_000, "mic", "2026-11-21T10:00:00Z")
END = End(9.0, 9.0, 1, 0, "end of file")


def on(pitch: int, velocity: int = 64) -> NoteOn:
    return NoteOn(1.0, 1.05, pitch, velocity, 0.9)


def off(pitch: int) -> NoteOff:
    return NoteOff(2.0, 2.05, pitch)


def test_a_note_is_0x90_and_0x80_with_release_velocity_64() -> None:
    """Receivers mishandle note-ons of velocity 0, so a note-off is a real one."""
    encoder = MidiEncoder()
    assert [bytes((0x90, 60, 72))] == encoder.messages(on(60, 72))
    assert [bytes((0x80, 60, 64))] == encoder.messages(off(60))


def test_the_pedal_is_controller_64_with_its_own_value() -> None:
    """Down is 127, up is 0, and what lies between is sent as it is."""
    encoder = MidiEncoder(channel=2)
    for value in (127, 100, 64, 63, 1, 0):
        assert [bytes((0xB1, 64, value))] == encoder.messages(Pedal(0.0, 0.0, value))


def test_a_repeated_note_ends_before_it_begins_again() -> None:
    """Off first, then on."""
    encoder = MidiEncoder()
    encoder.messages(on(60))
    assert [bytes((0x80, 60, 64)), bytes((0x90, 60, 50))] == encoder.messages(on(60, 50))


def test_opening_release_and_all_notes_off() -> None:
    """The pedal goes up before All Notes Off; `all_notes_off` reaches all channels and all notes of ours."""
    encoder = MidiEncoder(channel=3)
    assert [bytes((0xB2, 64, 0)), bytes((0xB2, 123, 0))] == encoder.opening()
    encoder.messages(on(64))
    encoder.messages(on(60))
    offs = [bytes((0x82, 60, 64)), bytes((0x82, 64, 64))]
    controls = [bytes((0xB2, 64, 0)), bytes((0xB2, 123, 0)), bytes((0xB2, 120, 0))]
    encoder.messages(Pedal(0.0, 0.0, 127))
    assert [*offs, *controls] == encoder.release()
    assert encoder.messages(END) == []  # nothing sounds and the pedal is up
    everywhere = [bytes((0xB0 | channel, control, 0)) for channel in range(16) for control in (64, 123, 120)]
    assert [*everywhere, *(bytes((0x82, note, 64)) for note in range(128))] == encoder.all_notes_off()
    assert encoder.messages(END) == []


def test_channel_and_transposition() -> None:
    """Channel 16 is 15 in the bytes; a pitch that leaves the range of MIDI is not sent at all."""
    encoder = MidiEncoder(channel=16, transpose=24)
    assert [bytes((0x9F, 84, 64))] == encoder.messages(on(60))
    assert encoder.messages(on(108)) == []
    assert encoder.messages(off(108)) == []
    assert [bytes((0x90, 60, 127))] == MidiEncoder().messages(on(60, 200))
    assert [bytes((0x90, 60, 1))] == MidiEncoder().messages(on(60, 0))


def test_streams_release_what_an_earlier_one_left() -> None:
    """A new stream after a crash, and the end of one, release notes and pedal; otherwise they say nothing."""
    for boundary in (STREAM, END):
        encoder = MidiEncoder()
        assert encoder.messages(boundary) == []
        encoder.messages(Pedal(0.0, 0.0, 127))
        assert bytes((0xB0, 64, 0)) in encoder.messages(boundary)
        encoder.messages(on(60))
        assert bytes((0x80, 60, 64)) == encoder.messages(boundary)[0]
    assert MidiEncoder().messages(Gap(1.0, 1.0, 0.5)) == []


pitches = st.integers(21, 108)
events = st.one_of(
    pitches.map(on), pitches.map(off), st.integers(0, 127).map(lambda value: Pedal(0.0, 0.0, value)), st.just(END)
)


@given(played=st.lists(events, max_size=60), transpose=st.integers(-24, 24))
def test_a_receiver_sees_on_and_off_alternate(played: list[Event], transpose: int) -> None:
    """Whatever the events: never two note-ons of a pitch without an off between, and nothing sounds after release."""
    encoder = MidiEncoder(1, transpose)
    sounding: set[int] = set()
    for message in [*(m for event in played for m in encoder.messages(event)), *encoder.release()]:
        if message[0] == 0x90:
            assert message[1] not in sounding
            sounding.add(message[1])
        elif message[0] == 0x80:
            assert message[1] in sounding
            sounding.remove(message[1])
    assert not sounding
    assert not encoder.sounding


def test_the_last_offs_are_those_since_the_last_note_on() -> None:
    """And the pedal and all notes once more; nothing before the first note has ended."""
    encoder = MidiEncoder(channel=2, transpose=1)
    silence = [bytes((0xB1, controller, 0)) for controller in (64, 123, 120)]
    off = {pitch: bytes((0x81, pitch + 1, 64)) for pitch in (60, 64, 67)}
    assert encoder.last_offs() == []
    for pitch in (60, 64, 67):
        encoder.messages(NoteOn(0.5, 0.6, pitch, 72, 0.93))
        assert encoder.last_offs() == []
    encoder.messages(NoteOff(1.0, 1.1, 67))
    assert encoder.last_offs() == [off[67], *silence]
    encoder.release()
    assert encoder.last_offs() == [off[60], off[64], off[67], *silence]
    encoder.messages(NoteOn(1.5, 1.6, 64, 72, 0.93))
    assert encoder.last_offs() == []
