"""Replay: where it is, with sound and without, in loops, and what is visible of it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from gui.takes.outline import Outline
from gui.takes.piece import Piece, open_piece
from gui.takes.replay import Replay
from gui.takes.whole_roll import WholeRoll
from realtime.errors import FileError
from realtime.events import Event, NoteOff, NoteOn, Pedal
from realtime.midi.file import midi_bytes
from realtime.piano.speaker_messages import Answer, Loop, PlaybackFailed, PlaybackPosition, Sound
from realtime.takes.notes import TakeNotes
from realtime.words import plain
from tests.realtime.takes.test_folder import STREAM, recorded

NOTES: list[Event] = [
    *(NoteOn(1.0, 1.0, 60, 80, 1.0), Pedal(1.5, 1.5, 127), NoteOff(2.0, 2.0, 60)),
    *(NoteOn(3.0, 3.0, 64, 80, 1.0), NoteOff(4.0, 4.0, 64), Pedal(5.0, 5.0, 0)),
]


class FakeLoudspeaker:
    """A loudspeaker that plays when the test says so."""

    def __init__(self) -> None:
        self.orders: list[tuple[float, Loop | None] | str] = []
        self.sounds: list[Sound] = []
        self.pending: list[Answer] = []

    def prepare(self) -> None: ...

    def play(self, sound: Sound, at_s: float, loop: Loop | None = None) -> None:
        self.orders.append((at_s, loop))
        self.sounds.append(sound)

    def stop(self) -> None:
        self.orders.append("stop")

    def answers(self) -> list[Answer]:
        found, self.pending = self.pending, []
        return found

    def close(self) -> None: ...


def piece(source: str = "take", length_s: float = 6.0) -> Piece:
    notes = TakeNotes.of_stream(STREAM, NOTES, source)
    return Piece(source, WholeRoll(notes), Outline.of(notes), notes, length_s, Path(source))


@pytest.fixture
def loudspeaker() -> FakeLoudspeaker:
    return FakeLoudspeaker()


@pytest.fixture
def replay(loudspeaker: FakeLoudspeaker) -> Replay:
    replay = Replay(loudspeaker)
    replay.load(piece())
    return replay


def report_played(replay: Replay, loudspeaker: FakeLoudspeaker, played_s: float, at: float) -> None:
    loudspeaker.pending.append(PlaybackPosition(1, played_s, at))
    replay.tick(at)


def test_the_picture_waits_for_the_sound(replay: Replay, loudspeaker: FakeLoudspeaker):
    """It stands while the loudspeaker is being opened, then goes with the sound, and waits when that stalls."""
    replay.play(100.0)
    assert replay.position(102.0) == 0.0
    report_played(replay, loudspeaker, 0.02, 102.0)
    report_played(replay, loudspeaker, 0.52, 102.5)
    assert replay.position(102.6) == pytest.approx(0.62)
    assert replay.position(110.0) < 0.8


def test_without_sound_time_is_the_computers(replay: Replay, loudspeaker: FakeLoudspeaker):
    """While a take is recorded nothing is played aloud."""
    replay.play(100.0, audible=False)
    assert replay.position(102.5) == 2.5
    assert loudspeaker.orders == []


def test_a_loudspeaker_that_fails_stops_no_picture(replay: Replay, loudspeaker: FakeLoudspeaker):
    """It goes on from where it is, and says why it is silent."""
    replay.play(100.0)
    report_played(replay, loudspeaker, 1.0, 101.0)
    loudspeaker.pending.append(PlaybackFailed(1, plain("No loudspeaker.")))
    replay.tick(101.1)
    assert replay.problem == plain("No loudspeaker.")
    assert replay.position(102.1) == pytest.approx(2.1)


def test_pause_seek_and_play(replay: Replay, loudspeaker: FakeLoudspeaker):
    """Each from the place it left; beyond both ends there is nothing."""
    replay.play(100.0)
    report_played(replay, loudspeaker, 1.0, 101.0)
    replay.pause(101.0)
    assert replay.position(200.0) == 1.0
    replay.step(3.0, 200.0)
    assert replay.position(200.0) == 4.0
    replay.play(200.0)
    replay.seek(-5.0, 200.0)
    assert loudspeaker.orders == [(0.0, None), "stop", (4.0, None), (0.0, None)]
    replay.pause(200.0)
    replay.seek(99.0, 200.0)
    assert replay.position(200.0) == 6.0


@pytest.mark.parametrize(("tempo", "place"), [(50, 1.5), (100, 2.0), (150, 2.5)])
def test_the_picture_goes_at_the_tempo(replay: Replay, tempo: int, place: float):
    """From where it was when the tempo changed."""
    replay.play(100.0, audible=False)
    replay.set_tempo(tempo, 101.0)
    assert replay.position(102.0) == pytest.approx(place)


def test_at_another_tempo_the_notes_are_played_in_place_of_the_recording(loudspeaker: FakeLoudspeaker):
    """At their new times, from the same place on; at its own tempo the recording again."""
    replay = Replay(loudspeaker)
    recording = Path("audio.wav")
    replay.load(made := dataclasses.replace(piece(), recording=recording))
    replay.seek(2.0, 0.0)
    replay.set_flag("B", 0.0)
    replay.seek(1.0, 0.0)
    replay.play(100.0)
    replay.set_tempo(50, 100.0)
    slow = loudspeaker.sounds[-1]
    assert isinstance(slow, TakeNotes)
    assert (slow.onset.tolist(), slow.offset.tolist(), slow.pedal_time.tolist()) == (
        [2.0, 6.0],
        [4.0, 8.0],
        [3.0, 10.0],
    )
    assert loudspeaker.orders[-1] == (2.0, (0.0, 4.0))
    report_played(replay, loudspeaker, 0.02, 100.5)
    report_played(replay, loudspeaker, 0.52, 101.0)
    assert replay.position(101.0) == pytest.approx(1.26)
    replay.seek(1.0, 101.0)
    assert loudspeaker.sounds[-1] is slow
    replay.set_tempo(100, 101.0)
    assert loudspeaker.sounds[-1] == made.sound == recording


def test_the_tempo_has_limits_and_another_piece_its_own(replay: Replay):
    """A quarter and twice; a new piece is played as it was."""
    replay.set_tempo(5, 0.0)
    assert replay.tempo == 25
    replay.set_tempo(500, 0.0)
    assert replay.tempo == 200
    replay.load(piece())
    assert replay.tempo == 200
    replay.load(piece("other"))
    assert replay.tempo == 100


def test_it_stops_at_the_end_and_begins_anew(replay: Replay, loudspeaker: FakeLoudspeaker):
    """Play at the end is play from the begin."""
    replay.seek(5.5, 0.0)
    replay.play(100.0, audible=False)
    replay.tick(100.4)
    assert replay.playing
    replay.tick(100.6)
    assert not replay.playing
    assert replay.position(100.6) == 6.0
    replay.play(101.0, audible=False)
    assert replay.position(101.0) == 0.0


def test_a_loop_goes_round(replay: Replay, loudspeaker: FakeLoudspeaker):
    """Between the flags, and the loudspeaker knows; without flags round the whole; begun beyond its end, too."""
    replay.seek(2.0, 0.0)
    replay.set_flag("A", 0.0)
    replay.seek(4.0, 0.0)
    replay.set_flag("B", 0.0)
    assert replay.loop == (2.0, 4.0)
    replay.seek(3.0, 0.0)
    replay.play(100.0)
    assert loudspeaker.orders == [(3.0, (2.0, 4.0))]
    report_played(replay, loudspeaker, 1.0, 101.0)
    assert replay.position(101.0) == 2.0
    report_played(replay, loudspeaker, 3.5, 103.5)
    assert replay.position(103.5) == pytest.approx(2.5)
    replay.toggle_loop(103.5)
    assert loudspeaker.orders[-1] == (pytest.approx(2.5), None)
    replay.pause(103.5)
    replay.toggle_loop(0.0)
    replay.seek(5.0, 0.0)
    replay.play(100.0, audible=False)
    assert replay.position(100.5) == 2.5


@pytest.mark.parametrize(
    ("flags", "loop"),
    [([("B", 3.0)], (0.0, 3.0)), ([("A", 3.0)], (3.0, 6.0)), ([("B", 2.0), ("A", 3.0)], (3.0, 6.0)),
     ([("A", 3.0), ("B", 1.0)], (0.0, 1.0)), ([("A", 5.9)], (5.5, 6.0)), ([("B", 0.0)], (0.0, 0.5))],
)  # fmt: skip
def test_flags_never_make_a_loop_of_nothing(replay: Replay, flags: list[tuple[str, float]], loop: Loop):
    """Half a second at least; a flag that lies on the wrong side of the other moves it away."""
    for name, place in flags:
        replay.seek(place, 0.0)
        replay.set_flag(name, 0.0)
    assert replay.loop == loop


def test_another_version_stays_where_it_is(replay: Replay):
    """Before and after improving are compared at the same place; another piece begins at its begin."""
    replay.seek(3.0, 0.0)
    replay.toggle_loop(0.0)
    replay.load(piece())
    assert (replay.position(0.0), replay.looping) == (3.0, True)
    replay.load(piece("other"))
    assert (replay.position(0.0), replay.looping) == (0.0, False)


def test_what_is_in_sight(replay: Replay):
    """The key that sounds, and the notes of the next seconds."""
    replay.seek(1.5, 0.0)
    snapshot = replay.snapshot(0.0, 2.0)
    assert set(snapshot.held) == {60}
    assert [block.pitch for block in snapshot.blocks] == [60, 64]
    assert snapshot.pedal_down
    replay.load(None)
    assert not replay.snapshot(0.0, 2.0).blocks


def test_a_take_is_played_as_it_was_recorded(tmp_path: Path):
    """And on the piano when its sound has gone; its length is that of the longer one."""
    folder = recorded(tmp_path).folder
    found = open_piece(folder)
    assert (found.sound, found.title, found.recorded, found.length_s) == (folder / "audio.wav", "Take 1", True, 2.0)
    (folder / "audio.wav").unlink()
    assert not open_piece(folder).recorded


def test_a_midi_file_is_a_piece(tmp_path: Path):
    """The same notes and pedal as in the take that it came from; what is no MIDI file is said to be none."""
    (tmp_path / "song.MID").write_bytes(midi_bytes(STREAM, NOTES))
    found = open_piece(tmp_path / "song.MID")
    assert found.title == "song"
    assert [(b.pitch, b.onset, b.release) for b in found.roll.blocks] == [(60, 1.0, 2.0), (64, 3.0, 4.0)]
    assert [(span.down, span.up) for span in found.roll.pedal] == [(1.5, 5.0)]
    (tmp_path / "text.mid").write_text("hello")
    with pytest.raises(FileError, match="not a MIDI file"):
        open_piece(tmp_path / "text.mid")


def test_other_notes_of_a_take_are_played_at_once(loudspeaker: FakeLoudspeaker):
    """Before and after an improvement, at a tempo at which notes are played; a recording or another name goes on."""
    replay, first = Replay(loudspeaker), dataclasses.replace(piece(), recording=Path("audio.wav"))
    replay.load(first)
    replay.play(0.0)
    replay.load(second := dataclasses.replace(piece(), recording=Path("audio.wav")))
    replay.tick(0.1)
    assert loudspeaker.sounds == [Path("audio.wav")]
    replay.set_tempo(50, 0.2)
    replay.load(dataclasses.replace(second, title="Nocturne"))
    replay.tick(0.3)
    assert len(loudspeaker.sounds) == 2
    replay.load(first)
    replay.tick(0.4)
    replay.tick(0.5)
    assert len(loudspeaker.sounds) == 3
    assert loudspeaker.sounds[2] is not loudspeaker.sounds[1]
