"""Pieces from MIDI files and takes, and files of any kind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import mido
import pytest

from realtime.errors import FileError
from realtime.events import End, NoteOff, NoteOn, StreamStarted, jsonl_bytes
from realtime.practice.reading import read_score
from realtime.practice.score import Score
from tests.realtime.practice.musicxml import ONE_STAFF, attributes, document, note, part

# (onset, length, pitch), in quarters
Played = tuple[float, float, int]
UPPER: list[Played] = [(0.0, 1.0, 72), (1.0, 0.5, 74), (1.5, 0.5, 76), (2.0, 1.0, 77), (2.0, 1.0, 81), (3.0, 1.0, 79)]
LOWER: list[Played] = [(0.0, 2.0, 48), (2.0, 1 / 3, 52), (2 + 1 / 3, 1 / 3, 55), (2 + 2 / 3, 1 / 3, 52), (3.0, 1.0, 47)]


def midi(
    path: Path, tracks: Sequence[list[Played]], head: Sequence[tuple[float, mido.MetaMessage]] = (), **how: int
) -> Path:
    """A file of 480 ticks a quarter. head: (quarters, message)."""
    file = mido.MidiFile(type=1, ticks_per_beat=480)
    file.tracks.append(_track([(at, message) for at, message in head]))
    for number, played in enumerate(tracks):
        ons = [(at, mido.Message("note_on", channel=number, note=pitch, velocity=70)) for at, _, pitch in played]
        offs = [(at + length, mido.Message("note_off", channel=number, note=pitch)) for at, length, pitch in played]
        file.tracks.append(_track([*offs, *ons]))
    file.save(path)
    return path


def _track(messages: Sequence[tuple[float, mido.Message | mido.MetaMessage]]) -> mido.MidiTrack:
    track, now = mido.MidiTrack(), 0
    for at, message in sorted(messages, key=lambda entry: entry[0]):
        track.append(message.copy(time=round(480 * at) - now))
        now = round(480 * at)
    return track


def notes(score: Score) -> list[tuple[float, float, int, str]]:
    return [(n.beat, round(n.length, 3), n.pitch, n.hand) for group in score.groups for n in group.notes]


def test_hands_by_track(tmp_path: Path) -> None:
    """The higher track is the right hand's, whichever comes first; beats are the file's."""
    expected = sorted(
        [(at, round(length, 3), pitch, "right") for at, length, pitch in UPPER]
        + [(round(at * 24) / 24, round(length, 3), pitch, "left") for at, length, pitch in LOWER],
        key=lambda row: (row[0], row[2]),
    )
    for order in ((UPPER, LOWER), (LOWER, UPPER)):
        score = read_score(midi(tmp_path / "Study.mid", order))
        assert notes(score) == expected
        assert (score.title, score.remarks) == ("Study", ())
        assert score.tempos == ((0.0, 120.0),)
        assert [(bar.number, bar.beat, bar.length) for bar in score.bars] == [(1, 0.0, 4.0)]


def test_tempo_and_bars_of_the_file(tmp_path: Path) -> None:
    """An upbeat of a quarter before bars of three, and a tempo that changes within one."""
    head = [
        (0.0, mido.MetaMessage("time_signature", numerator=1, denominator=4)),
        (0.0, mido.MetaMessage("set_tempo", tempo=600_000)),
        (1.0, mido.MetaMessage("time_signature", numerator=3, denominator=4)),
        (2.0, mido.MetaMessage("set_tempo", tempo=1_000_000)),
    ]
    score = read_score(midi(tmp_path / "a.mid", (UPPER, LOWER), head))
    assert [(bar.number, bar.beat, bar.length) for bar in score.bars] == [(0, 0.0, 1.0), (1, 1.0, 3.0)]
    assert score.tempos == ((0.0, 100.0), (2.0, 60.0))
    assert [group.bar for group in score.groups] == [0, 1, 1, 1, 1, 1, 1]
    assert score.seconds(4.0) == pytest.approx(1.2 + 2.0)


def test_two_channels_of_one_track_are_two_hands(tmp_path: Path) -> None:
    """As in files of type 0."""
    file = mido.MidiFile(type=0)
    messages = [(at, mido.Message("note_on", channel=0, note=pitch, velocity=70)) for at, _, pitch in UPPER]
    messages += [(at, mido.Message("note_on", channel=1, note=pitch, velocity=70)) for at, _, pitch in LOWER]
    file.tracks.append(_track(messages))
    file.save(tmp_path / "a.mid")
    hands = {(n.pitch, n.hand) for group in read_score(tmp_path / "a.mid").groups for n in group.notes}
    assert hands == {*((pitch, "right") for *_, pitch in UPPER), *((pitch, "left") for *_, pitch in LOWER)}


def test_hands_of_one_track_are_estimated(tmp_path: Path) -> None:
    """And said to be."""
    wide = [(float(beat), 1.0, pitch) for beat in range(4) for pitch in (40, 76)]
    score = read_score(midi(tmp_path / "a.mid", (wide,)))
    assert {(n.pitch, n.hand) for group in score.groups for n in group.notes} == {(40, "left"), (76, "right")}
    assert "estimated" in str(score.remarks[0])


def test_notes_nearly_at_once_are_one_group(tmp_path: Path) -> None:
    """A written file whose program rounds."""
    late = [(beat + 3 / 480, 0.9, 48) for beat in range(4)]
    score = read_score(midi(tmp_path / "a.mid", ([(float(beat), 1.0, 72) for beat in range(4)], late)))
    assert [(group.beat, group.pitches) for group in score.groups] == [(float(beat), (48, 72)) for beat in range(4)]


def played_twice() -> list[Played]:
    """Four bars of quarters at 100 a minute by a person, in quarters of 120 a minute."""
    shaky = (0.013, -0.021, 0.008, 0.017, -0.011, 0.005, -0.018, 0.011)
    return [
        (0.5 + 1.2 * beat + shaky[(beat + index) % 8], 1.0, pitch + (beat % 4))
        for beat in range(16)
        for index, pitch in enumerate((48, 72))
    ]


def test_a_performance_is_drafted(tmp_path: Path) -> None:
    """A file that was played, and not written: beats and hands are estimated, chords are one group."""
    score = read_score(midi(tmp_path / "a.mid", (played_twice(),)))
    assert [group.pitches for group in score.groups] == [(48 + beat % 4, 72 + beat % 4) for beat in range(16)]
    steps = {after.beat - before.beat for before, after in zip(score.groups, score.groups[1:], strict=False)}
    assert len(steps) == 1
    assert steps.pop() * 60 / score.tempos[0][1] == pytest.approx(0.6, rel=0.05)
    assert str(score.remarks[-1]) == "Rhythm, bars and hands were estimated from how it was played."


def test_an_upbeat_of_a_performance(tmp_path: Path) -> None:
    """Whatever metre is found, the piece begins with its first note, and every note lies in the bar that it names."""
    shaky = (0.013, -0.021, 0.008, 0.017, -0.011)
    waltz = [(0.5 + 1.2 * beat + shaky[beat % 5], 1.0, 72 + beat % 4) for beat in range(25)]
    bass = [(0.5 + 1.2 * beat, 3.0, pitch) for beat in range(1, 25, 3) for pitch in (36, 43, 48)]
    score = read_score(midi(tmp_path / "a.mid", ([*waltz, *bass],)))
    assert (score.groups[0].beat, score.groups[0].bar, score.bars[0].number) == (0.0, 0, 0)
    assert [bar.end for bar in score.bars[:-1]] == [bar.beat for bar in score.bars[1:]]
    assert score.bars[0].length < score.bars[1].length
    assert len({bar.length for bar in score.bars[1:]}) == 1
    assert [score.bar_at(group.beat).number for group in score.groups] == [group.bar for group in score.groups]
    assert score.groups[-1].beat < score.end


def test_a_take_of_ones_own(tmp_path: Path) -> None:
    """Its folder, or its lines alone."""
    events = [
        event
        for at, length, pitch in played_twice()
        for event in (
            NoteOn(1 + at / 2, 1 + at / 2, pitch, 60, 0.9),
            NoteOff(1 + (at + length) / 2, 1 + (at + length) / 2, pitch),
        )
    ]
    events.sort(key=lambda event: event.time)
    stream = StreamStarted("m", "studio", 0.318, 48_000, "mic", "2026-11-21T10:00:00Z")
    lines = jsonl_bytes(stream, [*events, End(30.0, 30.0, 32, 0, "duration")])
    folder = tmp_path / "2026-11-21 10-00-00 Take 03"
    folder.mkdir()
    (folder / "notes.jsonl").write_bytes(lines)
    (tmp_path / "lines.jsonl").write_bytes(lines)
    score = read_score(folder)
    assert [group.pitches for group in score.groups] == [(48 + beat % 4, 72 + beat % 4) for beat in range(16)]
    assert read_score(tmp_path / "lines.jsonl").groups == score.groups


def test_what_a_file_holds_counts_and_not_its_name(tmp_path: Path) -> None:
    """MusicXML called a MIDI file, and a MIDI file without an ending."""
    (tmp_path / "a.mid").write_text(document(part({"1": attributes(staves=ONE_STAFF) + note("C4", 16)})))
    assert [group.pitches for group in read_score(tmp_path / "a.mid").groups] == [(60,)]
    midi(tmp_path / "b.mid", (UPPER,)).rename(tmp_path / "b")
    assert len(read_score(tmp_path / "b").groups) == 5


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.musicxml", None, "does not exist"),
        ("a.txt", b"Alle meine Entchen", "is no piece that Liszten can read"),
        ("a.mid", b"Alle meine Entchen", "not a MIDI file, although it is called one"),
        ("a.mid", b"MThd\0\0\0\6\0\0\0\0\1\xe0", "is a broken MIDI file"),
    ],
)
def test_what_is_no_piece(name: str, content: bytes | None, sentence: str, tmp_path: Path) -> None:
    """A sentence for each."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(FileError, match=sentence):
        read_score(tmp_path / name)


def test_an_empty_midi_file(tmp_path: Path) -> None:
    """Nothing to practise."""
    with pytest.raises(FileError, match="too few notes"):
        read_score(midi(tmp_path / "a.mid", ([],)))


def test_damaged_times_do_not_make_bars_for_ever(tmp_path: Path) -> None:
    """A note of a day at bars of a 64th."""
    head = [(0.0, mido.MetaMessage("time_signature", numerator=1, denominator=64))]
    far = [(0.0, 1.0, 60), (1.0, 1.0, 64), (2.0, 1.0, 67), (3.0, 1.0, 72), (100_000.0, 1.0, 60)]
    score = read_score(midi(tmp_path / "a.mid", (far,), head))
    assert "estimated" in str(score.remarks[-1])
