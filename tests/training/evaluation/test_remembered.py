"""What peers heard is heard once."""

from __future__ import annotations

from pathlib import Path

import pytest

from realtime.notes import NoteTable
from training.evaluation.remembered import KEPT, remembering

HEARD = NoteTable.build([1.0, 0.5], [1.5, 2.0], [60, 64], [70, 80], [0.1, 0.9], [127, 0])


class Peer:
    """Hears the same in everything, and counts."""

    def __init__(self) -> None:
        self.asked: list[Path] = []

    def __call__(self, audio: Path) -> NoteTable:
        self.asked.append(audio)
        if b"noise" in audio.read_bytes():
            raise RuntimeError("no piano")
        return HEARD


@pytest.fixture
def peer() -> Peer:
    return Peer()


@pytest.fixture
def audio(tmp_path: Path) -> Path:
    path = tmp_path / "a.wav"
    path.write_bytes(b"piano")
    return path


def test_a_recording_is_heard_once_whatever_it_is_called(peer: Peer, audio: Path, tmp_path: Path):
    """The content counts: a copy is known, another recording is not."""
    hear = remembering("peer", peer, tmp_path / "kept")
    copy, other = audio.with_name("b.wav"), audio.with_name("c.wav")
    copy.write_bytes(audio.read_bytes())
    other.write_bytes(b"another piano")
    for path in (audio, audio, copy, other):
        heard = hear(path)
        for name in KEPT:
            assert getattr(heard, name).tolist() == getattr(HEARD, name).tolist()
            assert getattr(heard, name).dtype == getattr(HEARD, name).dtype
    assert peer.asked == [audio, other]


def test_another_peer_or_version_hears_for_itself(
    peer: Peer, audio: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """An update of the package asks it again."""
    monkeypatch.setattr("training.evaluation.remembered.version", lambda package: "1.0")
    remembering("peer", peer, tmp_path)(audio)
    remembering("other", peer, tmp_path)(audio)
    monkeypatch.setattr("training.evaluation.remembered.version", lambda package: "1.1")
    remembering("peer", peer, tmp_path)(audio)
    assert len(peer.asked) == 3


def test_what_went_wrong_is_not_kept(peer: Peer, audio: Path, tmp_path: Path):
    """A failure is tried again; a kept file that a crash spoilt is heard anew."""
    hear = remembering("peer", peer, tmp_path / "kept")
    audio.write_bytes(b"noise")
    for _ in range(2):
        with pytest.raises(RuntimeError, match="no piano"):
            hear(audio)
    audio.write_bytes(b"piano")
    hear(audio)
    next((tmp_path / "kept").rglob("*.npz")).write_bytes(b"torn")
    assert hear(audio).pitch.tolist() == HEARD.pitch.tolist()
    assert len(peer.asked) == 4
