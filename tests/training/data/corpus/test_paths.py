"""Where the corpus lies, and the error when its folder is not named."""

from __future__ import annotations

from pathlib import Path

import pytest

from realtime.errors import LisztenError
from training.data.corpus.paths import MissingCorpusError, data_folder, require
from training.data.segments.source_config import SourceConfig
from training.evaluation.evaluate import find_sets


@pytest.mark.parametrize("named", [None, ""])
def test_the_error_for_an_unnamed_folder_names_the_ways_out(named: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence with the variable and the other ways; where a program lies says nothing about where data lies."""
    monkeypatch.delenv("LISZTEN_DATA")
    if named is not None:
        monkeypatch.setenv("LISZTEN_DATA", named)
    for ask in (
        data_folder,
        lambda: find_sets([]),
        lambda: find_sets(["maps-dev"]),
        lambda: SourceConfig().folder("rooms"),
    ):
        with pytest.raises(MissingCorpusError) as error:
            ask()
        assert str(error.value) == (
            "Where the corpus lies is not known: set LISZTEN_DATA to its folder, or name what is needed by its own "
            "path, in the [corpus] table of a run or by --set"
        )


def test_what_is_named_by_its_path_needs_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A set and a part of the corpus."""
    monkeypatch.delenv("LISZTEN_DATA")
    (tmp_path / "a.flac").touch()
    (tmp_path / "a.mid").touch()
    assert find_sets([str(tmp_path)]) == {tmp_path.name: tmp_path}
    assert SourceConfig(rooms=str(tmp_path)).folder("rooms") == tmp_path


def test_the_folder_is_the_one_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that is not in it: where to get it, as a failure like any other, with the status of files."""
    monkeypatch.setenv("LISZTEN_DATA", str(tmp_path))
    assert data_folder() == tmp_path
    with pytest.raises(LisztenError, match="magenta") as error:
        require(tmp_path / "maestro", "maestro")
    assert error.value.exit_code == 5
