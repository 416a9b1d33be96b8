"""The echo test with real parts: a loudspeaker that plays what is sent is found; a silent room is not."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile

from realtime.engine import echo_test as echo
from realtime.engine.echo_test import echo_test
from realtime.engine.messages import MicrophoneSource, Start
from realtime.midi.port_server import PortSettings
from tests.e2e.test_listen import NOTE_ON, connected_receiver, received
from tests.fakes import FAKE_KEYS, fake_recording
from tests.rig import Rig

pytestmark = pytest.mark.rig

KEYS = (FAKE_KEYS[6], FAKE_KEYS[2])


@pytest.fixture
def room(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    """This process in the rig; the notes are two that the fake model knows, further apart for a busy computer."""
    for name, value in rig.env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(echo, "PITCHES", tuple(21 + key for key in KEYS) * 3)
    monkeypatch.setattr(echo, "APART_S", 0.8)
    yield rig


def start(model: Path) -> Start:
    return Start(MicrophoneSource(), model=model, device="cpu")


def test_a_silent_room_has_no_echo(room: Rig, fake_model_file: Path) -> None:
    """Nobody plays what is sent."""
    assert echo_test(start(fake_model_file), PortSettings()) is None


def test_a_loudspeaker_is_found_with_its_loop_time(room: Rig, fake_model_file: Path, tmp_path: Path) -> None:
    """A synthesiser that is connected to the port and stands beside the microphone."""
    for key in KEYS:
        soundfile.write(tmp_path / f"{21 + key}.wav", fake_recording([(key, 0.0, 0.2)], 0.25, 48_000), 48_000)
    silence = threading.Event()
    synthesiser = threading.Thread(target=synthesise, args=(room, tmp_path, silence))
    synthesiser.start()
    loop_s = echo_test(start(fake_model_file), PortSettings())
    silence.set()
    synthesiser.join()
    assert loop_s is not None
    assert 0.03 <= loop_s <= 1.0


def synthesise(room: Rig, samples: Path, silence: threading.Event) -> None:
    """Play a sample into the virtual microphone for each note that our port sends."""
    receiver = connected_receiver(room)
    players: list[subprocess.Popen[bytes]] = []
    while not silence.wait(0.005):
        for _, pitch in received(receiver, NOTE_ON)[len(players) :]:
            players.append(room.play(samples / f"{pitch}.wav"))
    for player in players:
        player.wait()
