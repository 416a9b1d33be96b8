"""Packed rooms and noise: where a room's direct sound arrives, and what is no such folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from realtime.errors import FileError
from training.data.corpus.clips import read_clips
from training.data.sound.augment import AugmentationConfig, Augmenter
from training.data.sound.surroundings import Surroundings

ROOM = np.zeros(2000, np.float32)
ROOM[[300, 302, 420, 1500]] = 0.1, 0.5, 0.6, 0.2


def packed(folder: Path, entry: dict[str, Any], rate: int = 16_000, channels: int = 1) -> Path:
    """A folder of one clip."""
    folder.mkdir()
    soundfile.write(folder / f"{folder.name}.flac", np.stack([ROOM] * channels, 1), rate)
    (folder / f"{folder.name}.json").write_text(json.dumps({"sample_rate": 16_000, "clips": [entry]}))
    return folder


def test_a_room_that_does_not_say_when_its_sound_arrives_moves_no_onset(tmp_path: Path) -> None:
    """19 ms of silence before the direct sound: the stroke stays at its label all the same."""
    rooms = read_clips(packed(tmp_path / "rooms", {"start": 0, "frames": 2000, "name": "mine"}), "rooms")
    assert rooms[0].direct == 302
    given = read_clips(packed(tmp_path / "told", {"start": 100, "frames": 1900, "direct_ms": 12.5}), "rooms")
    assert given[0].direct == 200
    doses = AugmentationConfig(
        clean=0, equaliser=0, room=1, microphone=0, compression=0, clipping=0, noise=0, direct_db=(0.0, 0.0)
    )
    stroke = np.zeros(8000, np.float32)
    stroke[1000] = 1
    wet = Augmenter(doses, Surroundings(rooms))(stroke, np.random.default_rng(0))
    assert np.flatnonzero(np.abs(wet) > 0.05 * np.abs(wet).max()).tolist() == [998, 1000, 1118, 2198]


@pytest.mark.parametrize(
    ("entry", "rate", "channels", "words"),
    [
        ({"start": 0, "frames": 100}, 44_100, 1, "not mono with 16000"),
        ({"start": 0, "frames": 100}, 16_000, 2, "not mono with 16000"),
        ({"start": 1990, "frames": 100}, 16_000, 1, "is not in it"),
        ({"start": 0, "frames": 0}, 16_000, 1, "clips.1.frames is 0: Expected `int` >= 1"),
        ({"start": -1, "frames": 9}, 16_000, 1, "clips.1.start is -1: Expected `int` >= 0"),
        ({"start": 0, "frames": 9, "direct_ms": "1"}, 16_000, 1, 'clips.1.direct_ms is "1": Expected'),
        ({"start": 0, "frames": 9, "name": 5}, 16_000, 1, "clips.1.name is 5: Expected `str`"),
        ({"start": 0, "frames": 100, "direct_ms": 9}, 16_000, 1, "inside the clip"),
        ({"begin": 0}, 16_000, 1, "clips.1.start: it is missing"),
    ],
)
def test_a_folder_that_is_not_packed_clips_is_refused(
    tmp_path: Path, entry: dict[str, Any], rate: int, channels: int, words: str
) -> None:
    """Another rate than its table says would be a room of another size, without a word."""
    with pytest.raises(FileError, match=words):
        read_clips(packed(tmp_path / "noise", entry, rate, channels), "noise")
