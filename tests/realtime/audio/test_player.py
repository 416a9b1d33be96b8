"""A recording in place of a microphone, in real time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from realtime.audio.files import SoundFileAudio
from realtime.audio.player import FilePlayer
from realtime.audio.ring import Dropout
from realtime.contract import FloatArray
from realtime.errors import FileError


def test_a_file_plays_in_real_time_and_ends(tmp_path: Path) -> None:
    """Every sample once and in order, none before its time, and `ended` becomes true when all was read."""
    sound = np.linspace(-1, 1, 4_000, dtype=np.float32)
    soundfile.write(tmp_path / "a.wav", np.column_stack((sound, -sound)), 8_000, subtype="FLOAT")
    begin = time.monotonic()
    player = FilePlayer(tmp_path / "a.wav")
    assert (player.name, player.rate, player.channels) == ("a.wav", 8_000, 2)
    blocks = [np.empty((0, 2), np.float32)]
    while not player.ended:
        block = player.read(50)
        assert not isinstance(block, Dropout)
        blocks.append(block)
        assert sum(map(len, blocks)) <= (time.monotonic() - begin) * 8_000 + 80
        time.sleep(0.001)
        assert time.monotonic() - begin < 5.0
    assert np.array_equal(np.concatenate(blocks)[:, 1], -sound)
    assert time.monotonic() - begin >= 0.49
    player.close()


def test_a_file_can_be_stopped(tmp_path: Path) -> None:
    """Closing does not wait for the end."""
    soundfile.write(tmp_path / "a.wav", np.zeros(80_000), 8_000)
    player = FilePlayer(tmp_path / "a.wav")
    begin = time.monotonic()
    player.close()
    assert time.monotonic() - begin < 2.0
    assert not player.ended


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """The same sentence as everywhere."""
    with pytest.raises(FileError, match="There is no file"):
        FilePlayer(tmp_path / "a.wav")


def test_a_file_that_breaks_has_not_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It breaks just after all that came before was read: that is an error and not the end."""
    soundfile.write(tmp_path / "a.wav", np.zeros(8_000), 8_000)
    monkeypatch.setattr(SoundFileAudio, "blocks", broken)
    player = FilePlayer(tmp_path / "a.wav")
    player._player.join()
    assert not player.ended
    with pytest.raises(FileError, match="broken"):
        player.read(80)
    player.close()


def broken(_audio: SoundFileAudio) -> Iterator[FloatArray]:
    raise FileError("The file is broken.")
    yield np.zeros((0, 1), np.float32)
