"""MIDI files as programs write them: what the format forbids and players play is read; what is lost is told."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime.errors import FileError
from realtime.midi.reader import midi_notes
from realtime.midi.smf import parse
from realtime.takes.reader import read_take
from tests.cases import CASES, needs_cases

END = b"\x00\xff\x2f\x00"
ON, OFF = b"\x00\x90\x3c\x50", b"\x83\x60\x80\x3c\x40"  # C4 for 480 ticks
SECOND_OF_C4 = [(0.0, 0.5, 60, 80)]

Rows = list[tuple[float, float, int, int]]


def header(tracks: int, division: bytes = b"\x01\xe0", kind: int = 1) -> bytes:
    return b"MThd\0\0\0\6" + kind.to_bytes(2) + tracks.to_bytes(2) + division


def chunk(events: bytes, name: bytes = b"MTrk", length: int | None = None) -> bytes:
    return name + (len(events) if length is None else length).to_bytes(4) + events


def rows(content: bytes) -> Rows:
    table = midi_notes(parse(content)).table
    columns = (table.onset, table.offset, table.pitch, table.velocity)
    return sorted(zip(*(column.round(9).tolist() for column in columns), strict=True))


def told(content: bytes) -> list[str]:
    return [str(remark) for remark in midi_notes(parse(content)).remarks]


SCALE = [60, 62, 64, 65, 67, 69, 71, 72, 71, 69, 67, 65, 64, 62, 60, 67]
SIXTEEN = [(i / 2, i / 2 + 0.5, pitch, 50 + 3 * i) for i, pitch in enumerate(SCALE)]
TEN = [
    (0.0, 0.5, 60, 80),
    (0.5, 1.0, 62, 80),
    *((1 + onset, 1 + offset, pitch, velocity) for onset, offset, pitch, velocity in SIXTEEN[:8]),
]
WRONG_LENGTH = ["The MIDI file gives a wrong length for track 1."]


@needs_cases
@pytest.mark.parametrize(
    ("name", "expected", "remarks"),
    [
        ("keysig_1byte.mid", SIXTEEN, []),
        ("keysig_empty.mid", SIXTEEN, []),
        ("tempo_empty.mid", SIXTEEN, []),
        ("timesig_empty.mid", SIXTEEN, []),
        ("chanprefix_empty.mid", SIXTEEN, []),
        ("smpteoffset_short.mid", SIXTEEN, []),
        ("unknown_chunk.mid", SIXTEEN, []),
        ("rmid.rmi", SIXTEEN, []),
        ("len_too_long.mid", SIXTEEN, WRONG_LENGTH),
        ("no_eot_lenffff.mid", SIXTEEN, WRONG_LENGTH),
        ("ntrks_fewer.mid", SIXTEEN, ["Tracks in the MIDI file: 2, although it says 1."]),
        ("running_after_sysex.mid", TEN, []),
    ],
)
def test_odd_files_are_read_whole(name: str, expected: Rows, remarks: list[str]) -> None:
    """Every note with its times, and a remark where the file contradicts itself."""
    notes = read_take(CASES / "midi" / name)
    columns = (notes.onset, notes.offset, notes.pitch, notes.velocity)
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == expected
    assert [str(remark) for remark in notes.remarks] == remarks


@needs_cases
def test_a_time_that_no_number_holds_is_one_sentence() -> None:
    """A delta time of 1,300 bytes."""
    with pytest.raises(FileError, match=r"lasts for more than a day"):
        read_take(CASES / "midi" / "delta_beyond_float.mid")


def variable(number: int) -> bytes:
    """A variable-length quantity."""
    parts = [number & 0x7F]
    while number := number >> 7:
        parts.insert(0, number & 0x7F | 0x80)
    return bytes(parts)


class Writer:
    """Writes a song of random notes with the faults that are asked for. notes: what a reader must find, at 1 ms a
    tick; each fault leaves them whole."""

    def __init__(self, seed: int, faults: set[str]) -> None:
        self.draw = random.Random(seed)
        self.faults = faults
        self.notes: Rows = []

    def song(self) -> bytes:
        count = self.draw.randint(1, 3)
        tracks = [self.track(channel, channel == count - 1) for channel in range(count)]
        said = self.draw.choice([0, count + 1, 65_535]) if "count" in self.faults else count
        content = header(said, b"\x01\xf4", kind=0 if count == 1 else 1)
        if "header" in self.faults:
            content = b"MThd\0\0\0\x09" + content[8:] + b"\1\2\3"
        content += b"".join(self.aliens() + track for track in tracks) + self.aliens()
        if "cut" in self.faults and "no end" not in self.faults:
            content = content[:-1]
        if "riff" in self.faults:
            content = (
                b"RIFF"
                + (len(content) + 12).to_bytes(4, "little")
                + b"RMIDdata"
                + len(content).to_bytes(4, "little")
                + content
                + b"\0" * (len(content) % 2)
            )
        return content

    def aliens(self) -> bytes:
        if "chunks" not in self.faults:
            return b""
        names = (b"XFIH", b"CASM", b"MTrk", b"ab d")
        return b"".join(chunk(self.junk(), name) for name in self.draw.sample(names, 2) if name != b"MTrk")

    def junk(self) -> bytes:
        return self.draw.randbytes(self.draw.randint(0, 9)) + b"MTrk" * self.draw.randint(0, 1)

    def track(self, channel: int, last: bool) -> bytes:
        """One note after another; each key is struck again at the tick of its release now and then."""
        events, tick, running = bytearray(), 0, 0
        for _ in range(self.draw.randint(1, 6)):
            pitch, velocity = self.draw.randint(21, 108), self.draw.randint(1, 127)
            wait, length = self.draw.choice((0, 1, 300)), self.draw.randint(1, 20_000)
            self.notes.append(((tick + wait) / 1000, (tick + wait + length) / 1000, pitch, velocity))
            tick += wait + length
            for delta, status, values in ((wait, 0x90, (pitch, velocity)), (length, *self.release(pitch))):
                events += self.others() + variable(delta)
                if status | channel != running or self.draw.random() < 0.3:
                    events.append(status | channel)
                running = status | channel
                events += bytes(values)
        events += self.others()
        return self.closed(bytes(events), last)

    def release(self, pitch: int) -> tuple[int, tuple[int, int]]:
        return self.draw.choice(((0x80, (pitch, self.draw.randint(0, 127))), (0x90, (pitch, 0))))

    def others(self) -> bytes:
        """Events between the notes, which do not end a running status for those who write so."""
        found = b""
        if "metas" in self.faults:
            kind = self.draw.choice([k for k in range(128) if k != 0x2F])
            value = self.draw.randbytes(self.draw.randint(0, 2 if kind == 0x51 else 7))
            found += b"\0\xff" + bytes([kind]) + variable(len(value)) + value
        if "sysex" in self.faults:
            value = self.draw.randbytes(self.draw.randint(0, 200))
            found += b"\0" + self.draw.choice((b"\xf0", b"\xf7")) + variable(len(value)) + value
        if "system" in self.faults:
            found += b"\0" + self.draw.choice((b"\xf1\x05", b"\xf2\x01\x02", b"\xf3\x07", b"\xf6", b"\xf8", b"\xfe"))
        return found

    def closed(self, events: bytes, last: bool) -> bytes:
        wrong = {"zero": 0, "long": len(events) + 40, "endless": 2**32 - 1, "short": max(len(events) - 7, 0)}
        faulty = [length for name, length in wrong.items() if name in self.faults]
        if "no end" in self.faults:
            return chunk(events)
        if "padded" in self.faults:
            return chunk(events + END + b"\0" * self.draw.randint(1, 9))
        return chunk(events + END, length=self.draw.choice(faulty) if faulty else None)


FAULTS = (
    *("metas", "sysex", "system", "chunks", "header", "count", "riff", "cut"),
    *("no end", "padded", "zero", "long", "endless", "short"),
)


@settings(max_examples=400, deadline=None)
@given(seed=st.integers(0, 2**32), faults=st.sets(st.sampled_from(FAULTS), max_size=4))
def test_no_fault_around_whole_notes_loses_one(seed: int, faults: set[str]) -> None:
    """Notes of a random song with any mixture of faults, against those that were written."""
    writer = Writer(seed, faults)
    content = writer.song()
    found = midi_notes(parse(content)).table
    expected = sorted(writer.notes)
    assert rows(content) == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_written(fault: str) -> None:
    """Else the test above tests nothing."""
    assert any(Writer(seed, {fault}).song() != Writer(seed, set()).song() for seed in range(5))


TRACK_OF_C4 = chunk(ON + OFF + END)
TEMPO_OF_1_S = b"\0\xff\x51\x03\x0f\x42\x40"


@pytest.mark.parametrize(
    ("content", "expected", "remarks"),
    [
        (header(1) + TRACK_OF_C4, SECOND_OF_C4, []),
        (b"\0" * 128 + header(1) + TRACK_OF_C4, SECOND_OF_C4, []),  # MacBinary
        (header(1) + TRACK_OF_C4 + b"\r\n" + b"\0" * 90, SECOND_OF_C4, []),
        (b"RIFF\0\0\0\0RMIDdata\x14\0\0\0" + header(1) + TRACK_OF_C4, SECOND_OF_C4, []),  # a length within it
        (header(1) + chunk(ON + OFF), SECOND_OF_C4, []),
        (header(1, kind=5) + TRACK_OF_C4, SECOND_OF_C4, []),
        (header(1, kind=2) + TRACK_OF_C4, SECOND_OF_C4, []),
        # tempo in the last track, with a byte too many; in a file of type 2 whose other track plays
        (header(2) + TRACK_OF_C4 + chunk(b"\0\xff\x51\x04\x0f\x42\x40\1" + END), [(0.0, 1.0, 60, 80)], []),
        (header(2, kind=2) + TRACK_OF_C4 + chunk(TEMPO_OF_1_S + END), [(0.0, 1.0, 60, 80)], []),
        # a tempo of nothing, and one that is replaced at its own tick
        (header(1) + chunk(b"\0\xff\x51\x03\0\0\0" + ON + OFF + END), SECOND_OF_C4, []),
        (header(1) + chunk(TEMPO_OF_1_S + b"\0\xff\x51\x03\x07\xa1\x20" + ON + OFF + END), SECOND_OF_C4, []),
        # frames: 29.97, 25 and 30 a second, with ticks of their own
        (header(1, b"\xe3\x50") + TRACK_OF_C4, [(0.0, 6 * 1001 / 30000, 60, 80)], []),
        (header(1, b"\xe7\x28") + TRACK_OF_C4, [(0.0, 0.48, 60, 80)], []),
        (header(1, b"\xe2\x04") + TRACK_OF_C4, [(0.0, 4.0, 60, 80)], []),
        # the file ends within the last event: its time counts
        (header(1) + chunk(ON + OFF, length=12)[:-2], SECOND_OF_C4, ["DAMAGED 0.5 s only (byte 26)"]),
        (header(1) + TRACK_OF_C4[:-1], SECOND_OF_C4, ["DAMAGED 0.5 s only (byte 31)"]),
        # a track that a spliced one follows; an end that is not the end; what is no event behind it
        (header(1) + chunk(ON + OFF + END + ON + OFF + END), [*SECOND_OF_C4, (0.5, 1.0, 60, 80)], []),
        (
            header(1) + chunk(ON + OFF + END + b"\0\x90\x3c"),
            SECOND_OF_C4,
            ["After the end of track 1 3 bytes were left out."],
        ),
        # an event larger than its track; a second file
        (header(1) + chunk(ON + OFF + b"\0\xff\1\x40ab"), SECOND_OF_C4, ["DAMAGED 0.5 s only (byte 31)"]),
        (
            (header(1) + TRACK_OF_C4) * 2,
            SECOND_OF_C4,
            ["A second MIDI file in the same file was left out."],
        ),
        # no status at all; one from the track before
        (header(1) + chunk(ON[:1] + ON[2:] + b"\x83\x60\x3c\0" + END), SECOND_OF_C4, ["GUESSED 1"]),
        (header(2) + chunk(ON + END) + chunk(b"\x83\x60\x3c\0" + END), SECOND_OF_C4, ["GUESSED 2"]),
        (header(1) + chunk(b"\0\x90\x3c\x85" + OFF + END), [(0.0, 0.5, 60, 127)], ["CLIPPED 1"]),
    ],
)
def test_what_is_odd_by_hand(content: bytes, expected: Rows, remarks: list[str]) -> None:
    """One oddity each; 480 ticks at 120 beats a minute are half a second."""
    words = {
        "DAMAGED": "Track 1 of the MIDI file could be read to",
        "GUESSED 1": "Track 1 of the MIDI file does not say what its first events are; that was guessed.",
        "GUESSED 2": "Track 2 of the MIDI file does not say what its first events are; that was guessed.",
        "CLIPPED 1": "Values beyond 127 in track 1 were taken for 127: 1.",
    }
    for word, sentence in words.items():
        remarks = [remark.replace(word, sentence) + "." * (word == "DAMAGED" and word in remark) for remark in remarks]
    assert rows(content) == [(round(on, 9), round(off, 9), pitch, velocity) for on, off, pitch, velocity in expected]
    assert told(content) == remarks


def test_separate_pieces_follow_one_another() -> None:
    """Each at its own tempo; the second begins when the first is over."""
    first = chunk(TEMPO_OF_1_S + ON + OFF + b"\x83\x60\xff\x2f\0")
    assert rows(header(2, kind=2) + first + TRACK_OF_C4) == [(0.0, 1.0, 60, 80), (2.0, 2.5, 60, 80)]
    assert told(header(2, kind=2) + first + TRACK_OF_C4) == [
        "The MIDI file holds 2 separate pieces (type 2); they follow one another."
    ]


def test_a_hundred_faults_are_told_in_few_sentences() -> None:
    """Eight, and how many more."""
    remarks = told(header(100) + chunk(b"\0\x90\x3c\x85" + OFF + END) * 100)
    assert len(remarks) == 9
    assert remarks[-1] == "The MIDI file has 92 more faults."


@pytest.mark.parametrize("content", [b"", b"MThd", header(1), header(1)[:-1] + TRACK_OF_C4[:3], b"MTrk" + b"\0" * 40])
def test_without_header_or_track_it_is_no_midi_file(content: bytes) -> None:
    """A clock is needed, and something to play."""
    with pytest.raises(ValueError, match="it has no"):
        parse(content)
