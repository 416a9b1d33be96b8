"""Readers of performances: packed columns, an original folder, plain MIDI files."""

import csv
from pathlib import Path

import numpy as np
import pytest

from realtime.errors import FileError
from realtime.notes import NoteTable
from training.data.corpus.maestro import MaestroFolder, MaestroPack, open_performances
from training.data.corpus.midi import read_midi, write_midi
from training.data.corpus.paths import MissingCorpusError, data_folder

COLUMNS = ("onset", "offset", "pitch", "velocity", "pedal_time", "pedal_value")
SPLITS = ("train", "validation")
HEADER = ["canonical_composer", "canonical_title", "split", "year", "midi_filename", "audio_filename", "duration"]
FIRST = NoteTable.build([0.0, 0.5], [0.4, 1.0], [60, 64], [70, 80], [0.25], [127])
SECOND = NoteTable.build([0.1], [70.1], [21], [1])


def write_table(folder: Path) -> None:
    rows = [
        ["Bach", "Prelude", "train", "2018", "2018/a.midi", "2018/a.wav", "1.0"],
        ["Satie", "Gymnopédie", "test", "2018", "2018/b.midi", "2018/b.wav", "70.1"],
    ]
    with (folder / "maestro-v3.0.0.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])


def planes(name: str, values: list[int]) -> dict[str, np.ndarray]:
    column = np.array(values, np.int64)
    return {
        f"{name}_{part}": (column >> shift & 255).astype(np.uint8)
        for part, shift in (("lo", 0), ("hi", 8), ("top", 16))
    }


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """The two performances at 480 ticks a beat; in the second one the tempo halves after 480 ticks."""
    write_table(tmp_path)
    columns = planes("dt", [0, 480, 96]) | planes("dur", [384, 480, 96_000]) | planes("cc64_dt", [240])
    np.savez(
        tmp_path / "maestro-v3.0.0-lean.npz",
        files=np.array("2018/a.midi\n2018/b.midi"),
        tpq=np.array([480, 480]),
        tempo=np.array([[0, 500_000], [0, 500_000], [480, 1_000_000]]),
        tempo_file=np.array([0, 1, 1]),
        pitch=np.array([60, 64, 21], np.uint8),
        vel=np.array([70, 80, 1], np.uint8),
        n_notes=np.array([2, 1]),
        n_cc64=np.array([1, 0]),
        cc64_val=np.array([127], np.uint8),
        **columns,
    )
    return tmp_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_table(tmp_path)
    (tmp_path / "2018").mkdir()
    write_midi(FIRST, tmp_path / "2018" / "a.midi")
    write_midi(SECOND, tmp_path / "2018" / "b.midi")
    (tmp_path / "2018" / "b.wav").write_bytes(b"")
    return tmp_path


def same(a: NoteTable, b: NoteTable) -> bool:
    return all(np.allclose(getattr(a, n), getattr(b, n), atol=1e-9) for n in COLUMNS)


def test_packed_columns_become_seconds(packed: Path):
    """Ticks are summed as integers, then turned into seconds, across the change of tempo too."""
    maestro = open_performances(packed)
    assert isinstance(maestro, MaestroPack)
    assert same(maestro.performance(0), FIRST)
    second = maestro.performance(1)
    assert second.onset.tolist() == [0.1]
    assert second.offset.tolist() == pytest.approx([0.5 + (96 + 96_000 - 480) / 480])


def test_pack_without_its_table_is_named(packed: Path):
    """The columns alone do not say who belongs to which split."""
    (packed / "maestro-v3.0.0.csv").unlink()
    with pytest.raises(MissingCorpusError, match=r"lean\.npz but not the table maestro-v"):
        open_performances(packed)


def test_pack_with_another_table_is_refused(packed: Path):
    """A table that lacks a packed file ends in a sentence that names it."""
    table = packed / "maestro-v3.0.0.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("b.midi", "c.midi"), encoding="utf-8")
    with pytest.raises(FileError, match=r"does not name 2018/b\.midi"):
        open_performances(packed)


@pytest.mark.parametrize("damage", [b"", b"no archive", None])
def test_broken_pack_is_named(packed: Path, damage: bytes | None):
    """Empty, something else, or cut in half."""
    path = packed / "maestro-v3.0.0-lean.npz"
    path.write_bytes(path.read_bytes()[:1500] if damage is None else damage)
    with pytest.raises(FileError, match=r"lean\.npz is not a packed MAESTRO"):
        open_performances(packed)


def test_file_is_parsed_once(folder: Path):
    """However many files there are: what was read stays, to the last digit."""
    maestro = open_performances(folder)
    path = folder / "2018" / "b.midi"
    parsed, first = read_midi(path), maestro.performance(1)
    path.unlink()
    for name in COLUMNS:
        np.testing.assert_array_equal(getattr(maestro.performance(1), name), getattr(parsed, name), strict=True)
        np.testing.assert_array_equal(getattr(first, name), getattr(parsed, name), strict=True)


def test_broken_midi_file_is_named(folder: Path):
    """Not a traceback from the depths of a parser."""
    (folder / "2018" / "a.midi").write_bytes(b"MThd, or not")
    with pytest.raises(FileError, match=r"a\.midi"):
        open_performances(folder).performance(0)


def test_recording_may_have_become_flac(folder: Path):
    """The table says .wav; 120 GB of them are often kept as FLAC."""
    (folder / "2018" / "a.flac").write_bytes(b"")
    assert open_performances(folder).audio_path(0) == folder / "2018" / "a.flac"


def test_original_folder_gives_splits_and_audio_where_it_is(folder: Path):
    """The official table decides; the audio file is named only when it was downloaded."""
    maestro = open_performances(folder)
    assert isinstance(maestro, MaestroFolder)
    assert [maestro.indices(s) for s in ("train", "validation", "test")] == [[0], [], [1]]
    assert same(maestro.performance(0), FIRST)
    assert [maestro.audio_path(0), maestro.audio_path(1)] == [None, folder / "2018" / "b.wav"]


def test_file_of_the_table_that_is_not_there_is_named(folder: Path):
    """Half a download is reported at the first missing file."""
    (folder / "2018" / "a.midi").unlink()
    with pytest.raises(MissingCorpusError, match=r"a\.midi"):
        open_performances(folder).performance(0)


def test_table_without_its_columns_is_refused(tmp_path: Path):
    """Another CSV under that name does not pass."""
    (tmp_path / "maestro-v3.0.0.csv").write_text("name,split\nx,train\n")
    with pytest.raises(MissingCorpusError, match="midi_filename"):
        open_performances(tmp_path)
    columns = "split,midi_filename,audio_filename,duration,canonical_composer,canonical_title"
    (tmp_path / "maestro-v3.0.0.csv").write_text(f"{columns}\ntrain,a.mid,a.wav,long,Bach,Air\ntrain,b.mid\n")
    with pytest.raises(MissingCorpusError, match="not the table of MAESTRO"):
        open_performances(tmp_path)


def test_any_midi_files_are_split_by_their_order(tmp_path: Path):
    """Of six files the first and the last are for validation."""
    for name in "abcdef":
        write_midi(FIRST, tmp_path / f"{name}.mid")
    performances = open_performances(tmp_path)
    assert performances.indices("validation") == [0, 5]
    assert performances.indices("train") == [1, 2, 3, 4]
    assert performances.rows[1].duration == pytest.approx(1.0)


def test_takes_of_a_piece_stay_together(tmp_path: Path):
    """Six pieces: the first and the last are for validation, with all of their takes."""
    names = [f"{piece}.take{take}" for piece in "abcde" for take in range(3)] + ["f"]
    for name in names:
        write_midi(FIRST, tmp_path / f"{name}.mid")
    performances = open_performances(tmp_path)
    pieces = {split: {performances.rows[i].title for i in performances.indices(split)} for split in SPLITS}
    assert pieces == {"train": {"b", "c", "d", "e"}, "validation": {"a", "f"}}
    assert len(performances.indices("validation")) == 4


@pytest.mark.parametrize("make", [True, False])
def test_missing_performances_say_where_to_get_them(tmp_path: Path, make: bool):
    """An empty folder and one that does not exist."""
    path = tmp_path / "maestro"
    if make:
        path.mkdir()
    with pytest.raises(MissingCorpusError, match=r"no MIDI file" if make else r"magenta\.tensorflow\.org"):
        open_performances(path)


@pytest.mark.corpus
@pytest.mark.slow
@pytest.mark.skipif(not (data_folder() / "maestro").exists(), reason="needs MAESTRO")
def test_packed_maestro_has_the_official_counts():
    """Performances by split, and a last key release near the table's duration."""
    maestro = open_performances(data_folder() / "maestro")
    assert [len(maestro.indices(s)) for s in ("train", "validation", "test")] == [962, 137, 177]
    for index in (0, 500, 1275):
        assert maestro.performance(index).last_s == pytest.approx(maestro.rows[index].duration, abs=5.0)
