"""Takes: their names and contents, and that they open after a crash."""

from __future__ import annotations

import errno
import gc
import os
import shutil
import time
import tracemalloc
from pathlib import Path

import mido
import numpy as np
import pytest
import soundfile

from realtime.errors import FileError
from realtime.events import End, Event, Gap, Kept, NoteOff, NoteOn, Pedal, StreamStarted, to_json
from realtime.takes import recorder as take_module
from realtime.takes.folder import finish_take, is_left_behind, new_take_folder, open_take, read_events
from realtime.takes.reader import read_take
from realtime.takes.recorder import TakeSink

RATE = 8_000
STREAM = StreamStarted("m", "fast", 0.03, RATE, "mic", "2026-11-21T10:00:00Z")
MANY_NOTES = 1000
EVENTS: list[Event] = [NoteOn(0.5, 0.6, 60, 72, 0.93), NoteOff(1.5, 1.6, 60), End(2.0, 2.0, 1, 0, "stopped")]


def recorded(parent: Path, close: bool = True) -> TakeSink:
    """A take of two seconds."""
    sink = TakeSink(parent)
    sink.open(STREAM)
    sink.audio(0, np.full(RATE, 0.25, np.float32))
    sink.audio(RATE, np.full(RATE, -0.25, np.float32))
    for event in EVENTS:
        sink.send(event)
    if close:
        sink.close()
    return sink


def test_the_midi_file_holds_every_event_of_the_take(tmp_path: Path) -> None:
    """Also the last one before the end, whatever it is; 960 ticks are a second."""
    on, off = NoteOn(0.5, 0.6, 60, 72, 0.93), NoteOff(1.0, 1.1, 60)
    note = [(480, "note_on", 60, 72), (960, "note_off", 60, 64)]
    down, up = Pedal(0.75, 0.8, 127), Pedal(1.25, 1.3, 0)
    last_on, last_off = NoteOn(1.5, 1.6, 64, 127, 0.8), NoteOff(2.0, 2.0, 64)
    end = End(2.0, 2.0, 2, 0, "stopped")
    pedal = [(720, "control_change", 64, 127), (1200, "control_change", 64, 0)]
    held = [(1440, "note_on", 64, 127), (1920, "note_off", 64, 64)]
    for events, expected in (
        ([on, down, off, up], sorted([*note, *pedal])),
        ([on, down, off, up, last_on, last_off, end], sorted([*note, *pedal, *held])),
        ([on, off], note),
    ):
        sink = TakeSink(tmp_path)
        sink.open(STREAM)
        for event in events:
            sink.send(event)
        sink.close()
        assert open_take(sink.folder).events == tuple(events)
        tick, seen = 0, []
        for message in mido.MidiFile(sink.folder / "notes.mid").tracks[1]:
            tick += message.time
            if not message.is_meta:
                seen.append((tick, message.type, *message.bytes()[1:]))
        assert sorted(seen) == expected


def test_a_long_take_keeps_no_events_in_memory(tmp_path: Path) -> None:
    """Those of an hour would be 10 MB; the MIDI file is made of what is on the disk, and has them all."""
    sink = TakeSink(tmp_path)
    sink.open(STREAM)
    held = []
    tracemalloc.start()
    for index in range(2 * MANY_NOTES):
        at_s = 0.2 * index
        sink.send(NoteOn(at_s, at_s + 0.044, 60, 72, 0.93))
        sink.send(NoteOff(at_s + 0.1, at_s + 0.2, 60))
        sink.keep(Kept(NoteOn(at_s, at_s + 0.3, 60, 72, 0.93)))
        sink.keep(Kept(NoteOff(at_s + 0.1, at_s + 0.4, 60)))
        if index in (MANY_NOTES - 1, 2 * MANY_NOTES - 1):
            gc.collect()
            held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    last_s = 0.4 * MANY_NOTES
    sink.send(End(last_s, last_s, 7, 7, "stopped"))
    sink.keep(Kept(End(last_s, last_s, 7, 7, "stopped")))
    sink.close()
    assert held[1] - held[0] < 50 * MANY_NOTES
    take = open_take(sink.folder)
    assert take.events[-1] == End(last_s, last_s, 2 * MANY_NOTES, 0, "stopped")
    strikes = [message for message in mido.MidiFile(take.midi).tracks[1] if message.type == "note_on"]
    assert len(strikes) == 2 * MANY_NOTES


def test_takes_are_numbered_on(tmp_path: Path) -> None:
    """After the highest number there and of those that can be brought back, whatever else lies in the folder."""
    (tmp_path / ".deleted" / "2026-01-02 03-04-05 Take 07").mkdir(parents=True)
    (tmp_path / "2026-01-02 03-04-05 Take 06").mkdir()
    (tmp_path / "holiday Take 99").mkdir()
    first, second = new_take_folder(tmp_path), new_take_folder(tmp_path)
    assert first.name.endswith(" Take 08")
    assert second.name.endswith(" Take 09")
    assert len(first.name) == len("2026-11-21 10-00-00 Take 08")


def test_takes_that_begin_at_once_have_folders_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last minutes are kept while a take begins: each makes its folder in a thread."""
    make = Path.mkdir
    others: list[Path] = []

    def overtaken(folder: Path, *arguments: int, **options: bool) -> None:
        if not others and folder.parent == tmp_path:
            others.append(folder)
            make(folder)
        make(folder, *arguments, **options)

    monkeypatch.setattr(Path, "mkdir", overtaken)
    folder = new_take_folder(tmp_path)
    assert folder.name.endswith(" Take 02")
    assert others[0].name.endswith(" Take 01")


def test_a_folder_that_cannot_be_listed_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, whatever the system error."""

    def iterdir(_folder: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", iterdir)
    with pytest.raises(FileError, match="you may not write there"):
        new_take_folder(tmp_path)


def test_a_take_holds_sound_events_and_midi(tmp_path: Path) -> None:
    """All three, and `opened` gets the folder as soon as it is there."""
    opened: list[Path] = []
    sink = TakeSink(tmp_path, opened=opened.append)
    sink.open(STREAM)
    assert opened == [sink.folder]
    sink.close()
    sink = recorded(tmp_path)
    take = open_take(sink.folder)
    assert (STREAM, tuple(EVENTS)) == (take.stream, take.events)
    sound, _ = soundfile.read(take.audio)
    assert pytest.approx((sound[0], sound[-1]), abs=1e-6) == (0.25, -0.25)
    assert [m.note for m in mido.MidiFile(take.midi).tracks[1] if m.type == "note_on"] == [60]


def test_a_killed_process_leaves_a_take_that_opens(tmp_path: Path) -> None:
    """Sound and events up to the kill; the torn last line is left out; the MIDI file is made from the events."""
    sink = recorded(tmp_path, close=False)
    with (sink.folder / "notes.jsonl").open("a") as file:
        file.write('{"event":"note_on","ti')
    take = open_take(sink.folder)
    assert tuple(EVENTS) == take.events
    assert soundfile.info(take.audio).frames == 2 * RATE
    assert [m.note for m in mido.MidiFile(take.midi).tracks[1] if m.type == "note_on"] == [60]


def test_a_take_of_a_dead_process_is_finished(tmp_path: Path) -> None:
    """What sounds ends where the sound does, the End counts what there is, the MIDI file is made, and nothing of the
    process stays; a take that is complete is left as it is."""
    sink = TakeSink(tmp_path)
    sink.open(STREAM)
    held, pedal = NoteOn(0.5, 0.6, 60, 72, 0.93), Pedal(0.7, 0.8, 127)
    short, off = NoteOn(1.0, 1.1, 62, 80, 0.9), NoteOff(1.2, 1.25, 62)
    for event in (held, pedal, short, off):
        sink.send(event)
    sink.audio(0, np.zeros(2 * RATE, np.float32))
    with (sink.folder / "notes.jsonl").open("a") as file:
        file.write('{"event":"note_on","ti')
    (sink.folder / ".notes.mid.4711.part").touch()
    finish_take(sink.folder)
    ends = (NoteOff(2.0, 2.0, 60), Pedal(2.0, 2.0, 0), End(2.0, 2.0, 2, 0, "cut off"))
    assert open_take(sink.folder).events == (held, pedal, short, off, *ends)
    assert sorted(path.name for path in sink.folder.iterdir()) == ["audio.wav", "notes.jsonl", "notes.mid"]
    whole = (sink.folder / "notes.jsonl").read_bytes()
    finish_take(sink.folder)
    assert (sink.folder / "notes.jsonl").read_bytes() == whole


@pytest.mark.parametrize("how", ["removed", "moved", "replaced", "sound removed"])
def test_a_take_whose_files_are_gone_is_told_while_it_is_recorded(tmp_path: Path, how: str) -> None:
    """Writing to them succeeds: so that they are there is looked at once a second of sound, and at the end."""
    for at_the_end in (False, True):
        sink = TakeSink(tmp_path / how / str(at_the_end))
        sink.open(STREAM)
        sink.audio(0, np.zeros(10, np.float32))
        if how == "sound removed":
            (sink.folder / "audio.wav").unlink()
        elif how == "removed":
            shutil.rmtree(sink.folder)
        else:
            sink.folder.rename(tmp_path / f"moved {how} {at_the_end}")
        if how == "replaced":
            shutil.copytree(tmp_path / f"moved {how} {at_the_end}", sink.folder)
        sink.audio(10, np.zeros(10, np.float32))
        with pytest.raises(FileError) as raised:
            sink.close() if at_the_end else sink.audio(RATE, np.zeros(10, np.float32))
        assert str(raised.value) == (
            f"The take cannot be saved any further: its folder {sink.folder} was removed or moved."
        )
        if not at_the_end:
            with pytest.raises(FileError):
                sink.close()
        assert not list(tmp_path.rglob("*.part"))
        assert not list(tmp_path.rglob("*.mid"))


def test_a_midi_file_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the words of the take; no empty file waits for notes that are still being put together."""
    sink = recorded(tmp_path, close=False)
    there: list[str] = []

    def full(stream: StreamStarted, events: list[Event]) -> bytes:
        there.extend(sorted(path.name for path in sink.folder.iterdir()))
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(take_module, "midi_bytes", full)
    with pytest.raises(FileError) as raised:
        sink.close()
    assert str(raised.value) == (
        "The take cannot be saved any further: the disk is full; free some space or choose another folder. "
        f"What was recorded is kept in {sink.folder}."
    )
    assert there == ["audio.wav", "notes.jsonl"]


def test_a_take_that_begins_later_counts_from_its_own_begin(tmp_path: Path) -> None:
    """Sound and times begin at zero; note-on and note-off of a note struck before are left out; the counts of the
    End and the start are the take's, not the stream's."""
    sink = TakeSink(tmp_path, begin=10 * RATE)
    sink.open(STREAM)
    sink.audio(10 * RATE, np.zeros(100, np.float32))
    for event in (
        NoteOn(9.98, 10.02, 59, 72, 0.9),
        NoteOn(10.5, 10.6, 60, 72, 0.9),
        NoteOff(10.7, 10.8, 59),
        NoteOff(11.0, 11.1, 60),
        End(12.0, 12.0, 57, 3, "stopped"),
    ):
        sink.send(event)
    sink.close()
    take = open_take(sink.folder)
    own = (NoteOn(0.5, 0.6, 60, 72, 0.9), NoteOff(1.0, 1.1, 60), End(2.0, 2.0, 1, 0, "stopped"))
    assert own == take.events
    assert take.stream.started == "2026-11-21T10:00:10Z"
    assert soundfile.info(take.audio).frames == 100


SENT: list[Event] = [
    NoteOn(9.9, 9.95, 59, 60, 0.9),
    NoteOn(10.5, 10.55, 60, 72, 0.93, "fast"),
    NoteOff(10.6, 10.7, 59),
    NoteOn(10.8, 10.9, 66, 30, 0.5, "accurate"),  # nobody struck it
    NoteOff(11.0, 11.1, 60),
    NoteOff(11.0, 11.1, 66),
]
KEPT: list[Event] = [
    NoteOn(9.9, 10.2, 59, 60, 0.9),
    NoteOn(10.51, 10.81, 60, 70, 0.99),
    NoteOff(10.61, 10.91, 59),
    NoteOff(11.2, 11.5, 60),
    NoteOn(11.3, 11.6, 62, 40, 0.8),
    Pedal(11.4, 11.7, 127),
]


def test_a_take_holds_what_was_sent_and_what_is_kept(tmp_path: Path) -> None:
    """Line by line as it came; a take that ends while its stream goes on keeps the notes up to its end, also those that
    come after it, and neither sound nor notes of later. What reads the take reads what is kept."""
    sink = TakeSink(tmp_path, begin=10 * RATE)
    sink.open(STREAM)
    sink.audio(10 * RATE, np.zeros(2 * RATE, np.float32))
    for event in (*SENT, *KEPT[:4]):
        sink.keep(Kept(event)) if event in KEPT else sink.send(event)
    sink.send(End(12.0, 12.0, 57, 3, "take ended"))
    sink.audio(12 * RATE, np.zeros(RATE, np.float32))
    sink.send(NoteOn(11.99, 12.04, 70, 50, 0.9))
    for event in (*KEPT[4:], NoteOn(12.0, 12.3, 71, 50, 0.9), NoteOff(12.1, 12.4, 62), Gap(12.2, 12.2, 0.1)):
        sink.keep(Kept(event))
    sink.keep(Kept(End(12.0, 12.0, 57, 3, "take ended")))
    sink.close()
    live: list[Event] = [
        NoteOn(0.5, 0.55, 60, 72, 0.93, "fast"),
        NoteOn(0.8, 0.9, 66, 30, 0.5, "accurate"),
        NoteOff(1.0, 1.1, 60),
        NoteOff(1.0, 1.1, 66),
    ]
    first: list[Event] = [NoteOn(0.51, 0.81, 60, 70, 0.99), NoteOff(1.2, 1.5, 60)]
    last: list[Event] = [
        NoteOn(1.3, 1.6, 62, 40, 0.8),
        Pedal(1.4, 1.7, 127),
        NoteOff(2.0, 2.0, 62),
        Pedal(2.0, 2.0, 0),
        End(2.0, 2.0, 2, 0, "take ended"),
    ]
    lines = (sink.folder / "notes.jsonl").read_text().splitlines()
    assert lines[1:] == [
        *(to_json(event, "live") for event in live),
        *(to_json(event, "kept") for event in first),
        to_json(End(2.0, 2.0, 2, 0, "take ended"), "live"),
        *(to_json(event, "kept") for event in last),
    ]
    take = open_take(sink.folder)
    assert take.events == (*first, *last)
    assert soundfile.info(take.audio).frames == 2 * RATE
    assert [m.note for m in mido.MidiFile(take.midi).tracks[1] if m.type == "note_on"] == [60, 62]
    assert read_take(sink.folder).onset.tolist() == [0.51, 1.3]


def test_what_was_sent_stands_in_for_what_is_not_kept(tmp_path: Path) -> None:
    """At the end of a take of a dead process, and of one whose sound stood still: the kept notes as far as they go,
    then those that were sent, each once. Before it is finished it reads the same."""
    after = [NoteOn(12.0, 12.05, 72, 50, 0.9, "fast"), NoteOn(12.1, 12.15, 62, 40, 0.7), NoteOff(12.2, 12.3, 72)]
    expected = [
        NoteOn(0.51, 0.81, 60, 70, 0.99),
        NoteOff(1.2, 1.5, 60),
        NoteOn(1.3, 1.6, 62, 40, 0.8),
        Pedal(1.4, 1.7, 127),
        NoteOn(2.0, 2.05, 72, 50, 0.9, "fast"),
        NoteOff(2.1, 2.15, 62),
        NoteOn(2.1, 2.15, 62, 40, 0.7),
        NoteOff(2.2, 2.3, 72),
    ]
    for killed in (False, True):
        sink = TakeSink(tmp_path, begin=10 * RATE)
        sink.open(STREAM)
        sink.audio(10 * RATE, np.zeros(3 * RATE, np.float32))
        for event in SENT:
            sink.send(event)
        for event in KEPT:
            sink.keep(Kept(event))
        for event in after:
            sink.send(event)
        assert list(read_events(sink.folder / "notes.jsonl"))[1:] == expected
        if killed:
            finish_take(sink.folder)
        else:
            sink.send(End(13.0, 13.0, 0, 0, "take ended"))
            sink.close()
        end = End(3.0, 3.0, 4, 0, "cut off" if killed else "take ended")
        take = open_take(sink.folder)
        assert take.events == (*expected, NoteOff(3.0, 3.0, 62), Pedal(3.0, 3.0, 0), end)
        last = (sink.folder / "notes.jsonl").read_text().splitlines()[-1]
        assert last == to_json(end, "kept")
        assert [m.note for m in mido.MidiFile(take.midi).tracks[1] if m.type == "note_on"] == [60, 62, 72, 62]


def test_a_take_of_which_nothing_is_kept_is_empty(tmp_path: Path) -> None:
    """All that was sent was noise: so says the End of what is kept."""
    sink = TakeSink(tmp_path)
    sink.open(STREAM)
    for event in EVENTS:
        sink.send(event)
    sink.keep(Kept(EVENTS[-1]))  # type: ignore[arg-type]
    sink.close()
    assert open_take(sink.folder).events == (End(2.0, 2.0, 0, 0, "stopped"),)


def test_takes_of_the_first_version_are_read(tmp_path: Path) -> None:
    """Their lines name no stage: finished or cut off, they are as they were, and what finishes them names none."""
    first = (
        """{"event":"stream","version":1,"model":"m","delay":"live","delay_s":0.1,"sample_rate":8000,"source":"mic","""
    )
    first += """"started":"2026-11-21T10:00:00Z"}"""
    for events in (EVENTS, EVENTS[:1]):
        folder = new_take_folder(tmp_path)
        lines = [first, *map(to_json, events)]
        (folder / "notes.jsonl").write_text("\n".join(lines) + "\n")
        assert list(read_events(folder / "notes.jsonl"))[1:] == events
        finish_take(folder)
        written = (folder / "notes.jsonl").read_text().splitlines()
        ends = [] if events is EVENTS else [NoteOff(0.6, 0.6, 60), End(0.6, 0.6, 1, 0, "cut off")]
        assert written == [*lines, *map(to_json, ends)]
        take = open_take(folder)
        assert (take.stream.version, take.events) == (1, (*events, *ends))


def test_a_full_disk_is_one_sentence_and_keeps_whole_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line that did not fit is not there by half, and the take opens."""

    def full(file: object, data: bytes) -> None:
        file.write(data[: len(data) // 2])  # type: ignore[attr-defined]
        raise OSError(errno.ENOSPC, "No space left on device")

    sink = TakeSink(tmp_path)
    sink.open(STREAM)
    sink.send(EVENTS[0])
    monkeypatch.setattr(take_module, "write_all", full)
    with pytest.raises(FileError, match=r"^The take cannot be saved any further: the disk is full.* is kept in "):
        sink.send(EVENTS[1])
    sink.close()
    assert (EVENTS[0],) == open_take(sink.folder).events


def test_a_folder_without_a_take_is_one_sentence(tmp_path: Path) -> None:
    """An empty folder, and events that do not begin with a stream."""
    with pytest.raises(FileError, match="is no take"):
        open_take(tmp_path)
    (tmp_path / "notes.jsonl").write_text("{}\n")
    with pytest.raises(FileError, match="is no take"):
        open_take(tmp_path)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"pitch":60', '"pitch":"C4"'),
        ('"pitch":60', '"pitch":120'),
        ('"pitch":60', '"pitch":true'),
        ('"velocity":72', '"velocity":500'),
        ('"time":0.5', '"time":null'),
        ('"time":0.5', '"time":NaN'),
        ('"time":0.5', f'"time":{"9" * 400}'),
        ('"source":"mic"', '"source":["mic"]'),
        ('"source":"mic"', '"source":"\\ud83d"'),
    ],
)
def test_a_damaged_take_is_a_failure(tmp_path: Path, right: str, wrong: str) -> None:
    """It is not opened in part: one sentence, and the file stays as it is."""
    events = recorded(tmp_path, close=False).folder / "notes.jsonl"
    damaged = events.read_text().replace(right, wrong, 1)
    events.write_text(damaged)
    with pytest.raises(FileError, match=rf"is damaged: event . says {wrong.partition(':')[0]}"):
        open_take(events.parent)
    assert events.read_text() == damaged
    assert not (events.parent / "notes.mid").exists()


def test_a_take_is_left_behind_when_nothing_of_it_is_written(tmp_path: Path) -> None:
    """A minute without notes is still recording; after a clock was set back a take is found all the same."""
    folder = recorded(tmp_path, close=False).folder
    now, old = time.time(), time.time() - 60
    assert not is_left_behind(folder)
    for events_at, audio_at, left in ((old, now, False), (old, old, True), (now + 3600, old, True)):
        os.utime(folder / "notes.jsonl", (events_at, events_at))
        os.utime(folder / "audio.wav", (audio_at, audio_at))
        assert is_left_behind(folder) == left
    open_take(folder)
    assert not is_left_behind(folder)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    """One sentence that names the obstacle."""
    (tmp_path / "takes").write_text("")
    with pytest.raises(FileError, match="a file is in the way"):
        new_take_folder(tmp_path / "takes")
