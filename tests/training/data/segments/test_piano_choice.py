"""Which pianos a split uses: none in both where there are several; named ones as named."""

import warnings
from pathlib import Path

import pytest

from training.data.corpus.paths import MissingCorpusError
from training.data.segments.piano_choice import choose_pianos
from training.data.segments.source_config import SourceConfig

OURS = ["headroom_close", "kawai_upright", "petrof_upright", "salamander", "splendid"]


def folder_of(root: Path, banks: list[str]) -> Path:
    for name in banks:
        (root / name).mkdir()
        (root / name / f"{name}.json").write_text("{}")
    return root


def choices(root: Path, banks: list[str], **settings: tuple[str, ...]) -> tuple[list[str], list[str]]:
    folder = folder_of(root, banks)
    train, validation = (SourceConfig(split=split, **settings) for split in ("train", "validation"))
    with warnings.catch_warnings(action="error"):
        return choose_pianos(train, folder), choose_pianos(validation, folder)


@pytest.mark.parametrize(
    ("banks", "train", "validation"),
    [
        (OURS, ["headroom_close", "kawai_upright", "salamander"], ["petrof_upright", "splendid"]),
        (["bosendorfer", "fazioli"], ["bosendorfer"], ["fazioli"]),
        (["kawai_upright", "salamander"], ["salamander"], ["kawai_upright"]),
        (["petrof_upright", "splendid"], ["petrof_upright"], ["splendid"]),
        (["headroom_close", "headroom_decca", "salamander"], ["salamander"], ["headroom_close", "headroom_decca"]),
    ],
)
def test_validation_has_a_piano_for_itself(tmp_path: Path, banks: list[str], train: list[str], validation: list[str]):
    """Ours for that, or of several the one that training would draw least often, with all of its microphones."""
    assert choices(tmp_path, banks) == (train, validation)


@pytest.mark.parametrize(
    ("named", "validation"),
    [
        (("salamander", "kawai_upright"), ["petrof_upright", "splendid"]),
        (("splendid",), ["petrof_upright"]),
        (("petrof_upright", "splendid"), ["headroom_close"]),
    ],
)
def test_named_pianos_train_and_others_validate(tmp_path: Path, named: tuple[str, ...], validation: list[str]):
    """What training was given by name is not taken from it, and validation looks elsewhere."""
    assert choices(tmp_path, OURS, pianos=named) == (list(named), validation)


def test_named_validation_pianos_are_those(tmp_path: Path):
    """They are held out of what is not named, and may be training's where both are named."""
    held = [name for name in OURS if name != "salamander"]
    assert choices(tmp_path, OURS, validation_pianos=("salamander",)) == (held, ["salamander"])
    both = SourceConfig(pianos=("splendid",), validation_pianos=("splendid",), split="validation")
    assert choose_pianos(both, tmp_path) == ["splendid"]


@pytest.mark.parametrize(
    ("banks", "named"),
    [
        (["bosendorfer"], ()),
        (["headroom_close", "headroom_decca"], ()),
        (["fazioli", "steinway"], ("steinway", "fazioli")),
    ],
)
def test_nothing_left_for_validation_is_warned_of(tmp_path: Path, banks: list[str], named: tuple[str, ...]):
    """One piano, one under two microphones, or all of them named: validation uses them, with a warning."""
    folder = folder_of(tmp_path, banks)
    with pytest.warns(UserWarning, match="pianos of training"):
        chosen = choose_pianos(SourceConfig(pianos=named, split="validation"), folder)
    assert chosen == choose_pianos(SourceConfig(pianos=named), folder) == list(named or banks)


def test_missing_banks_are_named(tmp_path: Path):
    """Of training those that validation will want too: not after half an hour of training."""
    folder_of(tmp_path, ["fazioli"])
    for settings in ({"pianos": ("broadwood",)}, {"validation_pianos": ("broadwood",)}):
        with pytest.raises(MissingCorpusError, match="no bank broadwood"):
            choose_pianos(SourceConfig(**settings), tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(MissingCorpusError, match="Salamander"):
        choose_pianos(SourceConfig(), tmp_path / "empty")
