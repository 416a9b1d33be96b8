"""A take from disk: folders, lines and MIDI files, also those that are odd, damaged or something else."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import mido
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realtime.errors import FileError
from realtime.events import EVENT_TYPES, End, Event, NoteOff, NoteOn, Pedal, StreamStarted, to_json
from realtime.midi.file import midi_bytes
from realtime.notes import COLUMNS
from realtime.report.measures.summary import measure
from realtime.report.panel.impressions import NO_RELEASES
from realtime.report.report import build_report
from realtime.takes.reader import read_take
from tests.any_data import any_json

STREAM = StreamStarted("m", "studio", 0.318, 48_000, "mic", "2026-11-21T10:00:00Z")
EVENTS: list[Event] = [
    NoteOn(0.5, 0.6, 60, 72, 0.93),
    Pedal(0.75, 0.8, 127),
    NoteOff(1.5, 1.6, 60),
    End(9.0, 9.0, 1, 0, "stopped"),
]


def lines(events: list[Event]) -> str:
    return "".join(to_json(event) + "\n" for event in (STREAM, *events))


def midi(path: Path, *tracks: list[mido.Message], kind: int = 1, ticks_per_beat: int = 480) -> Path:
    file = mido.MidiFile(type=kind, ticks_per_beat=ticks_per_beat)
    file.tracks.extend(mido.MidiTrack(track) for track in tracks)
    file.save(path)
    return path


def on(note: int, time: int = 0, velocity: int = 64, channel: int = 0) -> mido.Message:
    return mido.Message("note_on", note=note, time=time, velocity=velocity, channel=channel)


def test_a_take_is_its_folder_or_its_lines(tmp_path: Path) -> None:
    """Both have the name of the take; a file of another name its own."""
    folder = tmp_path / "2026-11-21 10-00-00 Take 03"
    folder.mkdir()
    (folder / "take.json").write_text('{"name": "Bach, slowly"}')
    (folder / "notes.jsonl").write_text(lines(EVENTS))
    (tmp_path / "piano.jsonl").write_text(lines(EVENTS))
    taken = ("Bach, slowly", folder.name)
    named = {folder: taken, folder / "notes.jsonl": taken, tmp_path / "piano.jsonl": ("piano", "piano")}
    for path, expected in named.items():
        notes = read_take(path)
        assert (notes.name, notes.id) == expected
        assert (len(notes), notes.pedal_source, notes.duration_s) == (1, "transcribed", 9.0)
        assert notes.started == STREAM.started


def test_a_take_that_was_cut_off_is_read_up_to_there(tmp_path: Path) -> None:
    """A killed process leaves half a line; other programs' lines and levels are skipped."""
    path = tmp_path / "cut.jsonl"
    path.write_text(lines(EVENTS[:1]) + '{"event":"level","peak":-6}\n' + lines([])[:-20])
    assert len(read_take(path)) == 1
    path.write_text(lines(EVENTS[:1]) + '{"event":"level","peak":-6}\n' + to_json(EVENTS[2]) + "\n")
    assert read_take(path).offset.tolist() == [1.5]


def test_a_midi_file_by_hand(tmp_path: Path) -> None:
    """Ticks through a change of tempo, a note-on of velocity 0 as release, the pedal, a note that is never released."""
    track = [
        mido.MetaMessage("set_tempo", tempo=1_000_000),
        on(60),
        mido.Message("control_change", control=64, value=100, time=240),
        on(60, 240, velocity=0),
        mido.MetaMessage("set_tempo", tempo=250_000),
        on(64, 480, velocity=99),
        mido.MetaMessage("end_of_track", time=960),
    ]
    notes = read_take(midi(tmp_path / "hand.mid", track))
    assert (notes.onset.tolist(), notes.offset.tolist()) == ([0.0, 1.25], [1.0, 1.75])
    assert (notes.pitch.tolist(), notes.velocity.tolist()) == ([60, 64], [64, 99])
    assert (notes.pedal_time.tolist(), notes.pedal_value.tolist()) == ([0.5], [100])
    assert (notes.pedal_source, notes.confidence, notes.started, notes.name) == ("cc64", None, None, "hand")


def test_a_file_without_releases_has_no_articulation(tmp_path: Path) -> None:
    """Each note ends with the next onset of its key; one such note in ten is accepted."""
    track = [on(60 + i % 12, 240, 60 + i % 5) for i in range(60)]
    notes = read_take(midi(tmp_path / "on.mid", track))
    assert not notes.releases_known
    report = build_report(notes)
    assert (report.status, report.reasons[0]) == ("insufficient", NO_RELEASES())
    assert report.figures["held_ratio"] is None
    released = [each for i in range(19) for each in (on(40 + i, 240), on(40 + i, 240, velocity=0))]
    assert read_take(midi(tmp_path / "some.mid", [*released, on(80)])).releases_known


def test_the_pedal_of_our_own_midi_files_is_transcribed(tmp_path: Path) -> None:
    """They name the program."""
    path = tmp_path / "own.mid"
    path.write_bytes(midi_bytes(STREAM, EVENTS))
    notes = read_take(path)
    assert (notes.pedal_source, notes.onset.tolist(), notes.offset.tolist()) == ("transcribed", [0.5], [1.5])


def test_sixteen_channels_are_one_piano(tmp_path: Path) -> None:
    """Without the drums, which are a remark; two channels on one key are one note."""
    track = [on(60, channel=c) for c in range(16)] + [on(60, 480 if c == 0 else 0, 0, channel=c) for c in range(16)]
    notes = read_take(midi(tmp_path / "all.mid", track))
    assert (notes.onset.tolist(), notes.offset.tolist()) == ([0.0], [0.5])
    assert [str(remark) for remark in notes.remarks] == ["Notes of the drum channel were left out: 1."]


def test_frames_instead_of_beats(tmp_path: Path) -> None:
    """25 frames a second of 40 ticks: 1000 ticks are a second, whatever the tempo says."""
    track = [mido.MetaMessage("set_tempo", tempo=1_000_000), on(60, 500), on(60, 1000, 0)]
    notes = read_take(midi(tmp_path / "film.mid", track, ticks_per_beat=(-25 << 8) + 40))
    assert (notes.onset.tolist(), notes.offset.tolist()) == ([0.5], [1.5])


def test_a_midi_file_without_notes_is_an_empty_take(tmp_path: Path) -> None:
    """Nothing is wrong with it."""
    assert len(read_take(midi(tmp_path / "empty.mid", []))) == 0


def test_a_midi_file_that_is_no_music_is_a_failure(tmp_path: Path) -> None:
    """Nothing of it can be read."""
    path = tmp_path / "noise.mid"
    path.write_bytes(b"MThd" + bytes(range(200)))
    with pytest.raises(FileError, match=r"broken MIDI file"):
        read_take(path)


def test_a_midi_file_that_is_cut_off_is_read_up_to_there(tmp_path: Path) -> None:
    """Its notes, and a remark; one that has none is a failure."""
    path = midi(tmp_path / "cut.mid", [on(60), on(60, 480, 0), on(64), on(64, 480, 0)])
    whole = path.read_bytes()
    path.write_bytes(whole[:-6])
    notes = read_take(path)
    assert (notes.pitch.tolist(), notes.offset.tolist()) == ([60, 64], [0.5, 1.0])
    assert [str(remark) for remark in notes.remarks] == [
        "Track 1 of the MIDI file could be read to 1.0 s only (byte 33)."
    ]
    path.write_bytes(whole[:24])
    with pytest.raises(FileError, match=r"broken MIDI file"):
        read_take(path)


def test_a_midi_file_larger_than_any_music_is_a_failure(tmp_path: Path) -> None:
    """Whatever it holds is not read."""
    path = midi(tmp_path / "large.mid", [on(60)])
    with path.open("ab") as file:
        file.truncate(16_000_001)
    with pytest.raises(FileError, match=r"larger than 16 MB"):
        read_take(path)


@pytest.mark.parametrize("name", ["whole.rmi", "riff.mid", "mac.mid", "any name"])
def test_a_midi_file_may_lie_in_another(tmp_path: Path, name: str) -> None:
    """RIFF under any name; what Macintosh programs put in front, under the name of a MIDI file."""
    content = midi(tmp_path / "a.mid", [on(60), on(60, 480, 0)]).read_bytes()
    size = len(content).to_bytes(4, "little")
    before = b"\0" * 128 if name == "mac.mid" else b"RIFF" + size + b"RMIDdata" + size
    (tmp_path / name).write_bytes(before + content)
    assert read_take(tmp_path / name).offset.tolist() == [0.5]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(flips=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_midi_file_is_read_or_a_failure(tmp_path: Path, flips: list[tuple[int, int]]) -> None:
    """Whatever bytes are wrong: a take that can be measured, or one sentence."""
    content = bytearray(midi_bytes(STREAM, EVENTS))
    for place, value in flips:
        content[place % len(content)] = value
    path = tmp_path / "damaged.mid"
    path.write_bytes(content)
    with suppress(FileError):
        assert measure(read_take(path)).strikes_per_s >= 0


def test_lines_of_other_kinds_are_skipped(tmp_path: Path) -> None:
    """Levels, kinds of a later version, and JSON that is no event at all."""
    others = ('{"event":"level","left":NaN}', '{"event":["a"]}', '{"event":{}}', "[]", "3", '"note_on"', "null")
    (tmp_path / "notes.jsonl").write_text("".join(line + "\n" for line in others) + lines(EVENTS))
    assert len(read_take(tmp_path)) == 1


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from([*EVENT_TYPES, "song", ["a"]]),
    values=st.dictionaries(st.sampled_from(["time", "emitted", "pitch", "velocity", "p", "value"]), any_json()),
    card=any_json() | st.fixed_dictionaries({"name": any_json()}),
)
def test_any_line_and_any_name_is_read_or_a_failure(
    tmp_path: Path, kind: object, values: dict[str, object], card: object
) -> None:
    """Whatever the files hold: a take that can be measured, or one sentence."""
    (tmp_path / "take.json").write_text(json.dumps(card))
    (tmp_path / "notes.jsonl").write_text(lines(EVENTS) + json.dumps({"event": kind, **values}))
    with suppress(FileError):
        take = read_take(tmp_path)
        assert measure(take).strikes_per_s >= 0
        take.name.encode()


def test_a_take_does_not_last_for_days(tmp_path: Path) -> None:
    """A damaged clock would ask for all the memory there is."""
    far = 200_000_000
    with pytest.raises(FileError, match="more than a day"):
        read_take(midi(tmp_path / "days.mid", [on(60, far), on(60, 480, 0)]))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("piano.flac", b"fLaC\x00\x00", "liszten transcribe"),
        ("song.mid", b"RIFFnothing", "not a MIDI file"),
        ("empty.mid", b"", "not a MIDI file"),
        ("empty.jsonl", b"", "neither a take nor a MIDI file"),
        ("other.json", b'{"name": "other"}\n', "tells of no stream"),
        ("two.jsonl", (lines(EVENTS) * 2).encode(), "several streams"),
        ("words.jsonl", lines(EVENTS).replace('"pitch":60', '"pitch":"C4"').encode(), "damaged"),
        ("torn.jsonl", lines(EVENTS).replace('"pitch":60,', "").encode(), 'event 2 says "pitch": -'),
        ("huge.jsonl", lines(EVENTS).replace("60", "9" * 5_000).encode(), 'event 2 says {"event":"note_on","time":0.5'),
        ("endless.jsonl", lines(EVENTS).replace("1.5", "Infinity").encode(), "damaged"),
    ],
)
def test_a_file_that_is_no_take_is_a_failure(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    """And what to do instead."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileError, match=words):
        read_take(path)


def test_a_file_that_cannot_be_opened_is_a_failure(tmp_path: Path) -> None:
    """A missing file, a folder that is no take, a clock of zero ticks, and of frames that have none."""
    with pytest.raises(FileError, match="does not exist"):
        read_take(tmp_path / "missing.mid")
    with pytest.raises(FileError, match="cannot be read"):
        read_take(tmp_path / ("x" * 300))
    with pytest.raises(FileError, match="is no take"):
        read_take(tmp_path)
    with pytest.raises(FileError, match="stands still"):
        read_take(midi(tmp_path / "still.mid", [on(60)], ticks_per_beat=0))
    with pytest.raises(FileError, match="stands still"):
        read_take(midi(tmp_path / "frames.mid", [on(60)], ticks_per_beat=-25 << 8))


@pytest.mark.parametrize(
    ("damage", "count"),
    [
        (b"\x00" * 512, 1),
        (b'{"event":"note_on","ti\n{"event":', 2),
        (b"[" * 100_000, 1),
        (b"x" * (3 << 20), 1),
        (b" " * (1 << 20) + b"1", 1),
    ],
    ids=["zeros", "two halves", "nested", "endless", "a value beyond the longest line"],
)
def test_a_damaged_line_costs_only_itself(tmp_path: Path, damage: bytes, count: int) -> None:
    """What follows it is read, and that something is missing is told; of a last line without end nothing is."""
    path, whole = tmp_path / "piano.jsonl", lines(EVENTS).encode()
    path.write_bytes(whole)
    before = read_take(path)
    first = whole.index(b"\n") + 1
    path.write_bytes(whole[:first] + damage + b"\n" + whole[first:] + damage.split(b"\n")[0])
    after = read_take(path)
    assert {name: list(getattr(after, name)) for name in COLUMNS} == {
        name: list(getattr(before, name)) for name in COLUMNS
    }
    assert after.duration_s == before.duration_s
    assert before.remarks == ()
    assert [str(remark) for remark in after.remarks] == [
        f"Lines of piano.jsonl that could not be read were left out: {count}."
    ]
