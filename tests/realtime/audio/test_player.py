"""A recording in place of a microphone, in real time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from realtime.audio import player as player_module
from realtime.audio.libsndfile import SoundFileAudio
from realtime.audio.player import FilePlayer
from realtime.audio.ring import Dropout
from realtime.audio.source import Losses
from realtime.clock import wall_clock
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


def test_sound_is_captured_when_it_is_due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the pace of a microphone. The process stands still for 2 s after half a second: what is due meanwhile is
    played on from half a second before the end of it, nothing is left out, and what follows is that much later."""
    begin = wall_clock()
    stood_still = [0.0]
    monkeypatch.setattr(player_module, "wall_clock", lambda: wall_clock() + stood_still[0])
    soundfile.write(tmp_path / "a.wav", np.zeros(8_000), 8_000)
    player = FilePlayer(tmp_path / "a.wav")
    read = 0
    while read < 4_000:
        read += len(player.read(50))  # type: ignore[arg-type]
        time.sleep(0.001)
    stood_still[0] = 2.0
    while not player.ended:
        read += len(player.read(50))  # type: ignore[arg-type]
        time.sleep(0.001)
    player.close()
    assert (read, player.losses) == (8_000, Losses())
    assert player.captured(3_000) == pytest.approx(begin + 0.375, abs=0.1)
    assert player.captured(7_000) == pytest.approx(begin + 0.875 + 1.5, abs=0.1)
    assert player.captured(8_000) - player.captured(7_000) == pytest.approx(0.125)


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
    monkeypatch.setattr(SoundFileAudio, "pieces", broken)
    player = FilePlayer(tmp_path / "a.wav")
    player._player.join()
    assert not player.ended
    with pytest.raises(FileError, match="broken"):
        player.read(80)
    player.close()


def broken(_audio: SoundFileAudio) -> Iterator[FloatArray]:
    raise FileError("The file is broken.")
    yield np.zeros((0, 1), np.float32)
