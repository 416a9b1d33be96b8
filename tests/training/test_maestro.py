"""Readers of performances: packed columns, an original folder, plain MIDI files."""

import csv
from pathlib import Path

import numpy as np
import pytest

from training.data.maestro import MaestroFolder, MaestroPack, open_performances
from training.data.midi import write_midi
from training.data.notes import Performance
from training.data.paths import MissingCorpusError, data_folder

HEADER = ["canonical_composer", "canonical_title", "split", "year", "midi_filename", "audio_filename", "duration"]
FIRST = Performance.build([0.0, 0.5], [0.4, 1.0], [60, 64], [70, 80], [0.25], [127])
SECOND = Performance.build([0.1], [70.1], [21], [1])


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


def same(a: Performance, b: Performance) -> bool:
    names = ("onset", "offset", "pitch", "velocity", "pedal_time", "pedal_value")
    return all(np.allclose(getattr(a, n), getattr(b, n), atol=1e-9) for n in names)


def test_packed_columns_become_seconds(packed: Path):
    """Ticks are summed as integers, then turned into seconds, across the change of tempo too."""
    maestro = open_performances(packed)
    assert isinstance(maestro, MaestroPack)
    assert same(maestro.performance(0), FIRST)
    second = maestro.performance(1)
    assert second.onset.tolist() == [0.1]
    assert second.offset.tolist() == pytest.approx([0.5 + (96 + 96_000 - 480) / 480])


def test_original_folder_gives_splits_and_audio_where_it_is(folder: Path):
    """The official table decides; the audio file is named only when it was downloaded."""
    maestro = open_performances(folder)
    assert isinstance(maestro, MaestroFolder)
    assert [maestro.indices(s) for s in ("train", "validation", "test")] == [[0], [], [1]]
    assert same(maestro.performance(0), FIRST)
    assert [maestro.audio_path(0), maestro.audio_path(1)] == [None, folder / "2018" / "b.wav"]


def test_file_of_the_table_that_is_not_there_is_named(folder: Path):
    """Half a download is told at the first missing file."""
    (folder / "2018" / "a.midi").unlink()
    with pytest.raises(MissingCorpusError, match=r"a\.midi"):
        open_performances(folder).performance(0)


def test_table_without_its_columns_is_refused(tmp_path: Path):
    """Another CSV under that name does not pass."""
    (tmp_path / "maestro-v3.0.0.csv").write_text("name,split\nx,train\n")
    with pytest.raises(ValueError, match="midi_filename"):
        open_performances(tmp_path)


def test_any_midi_files_are_split_by_their_order(tmp_path: Path):
    """Of six files the first and the last are for validation."""
    for name in "abcdef":
        write_midi(FIRST, tmp_path / f"{name}.mid")
    performances = open_performances(tmp_path)
    assert performances.indices("validation") == [0, 5]
    assert performances.indices("train") == [1, 2, 3, 4]
    assert performances.rows[1].duration == pytest.approx(1.0)


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
        assert maestro.performance(index).duration == pytest.approx(maestro.rows[index].duration, abs=5.0)
