"""A peer transcribes a file once."""

from __future__ import annotations

from pathlib import Path

import pytest

from realtime.notes import NoteTable
from training.evaluation.peer_cache import CACHED_COLUMNS, cached

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


def test_a_recording_is_transcribed_once_whatever_its_name(peer: Peer, audio: Path, tmp_path: Path):
    """The content counts: a copy is known, another recording is not."""
    transcribe = cached("peer", peer, tmp_path / "kept")
    copy, other = audio.with_name("b.wav"), audio.with_name("c.wav")
    copy.write_bytes(audio.read_bytes())
    other.write_bytes(b"another piano")
    for path in (audio, audio, copy, other):
        estimated = transcribe(path)
        for name in CACHED_COLUMNS:
            assert getattr(estimated, name).tolist() == getattr(HEARD, name).tolist()
            assert getattr(estimated, name).dtype == getattr(HEARD, name).dtype
    assert peer.asked == [audio, other]


def test_another_peer_or_version_transcribes_for_itself(
    peer: Peer, audio: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """An update of the package asks it again."""
    monkeypatch.setattr("training.evaluation.peer_cache.version", lambda package: "1.0")
    cached("peer", peer, tmp_path)(audio)
    cached("other", peer, tmp_path)(audio)
    monkeypatch.setattr("training.evaluation.peer_cache.version", lambda package: "1.1")
    cached("peer", peer, tmp_path)(audio)
    assert len(peer.asked) == 3


def test_what_went_wrong_is_not_kept(peer: Peer, audio: Path, tmp_path: Path):
    """A failure is tried again; for a kept file that a crash damaged the recording is transcribed anew."""
    transcribe = cached("peer", peer, tmp_path / "kept")
    audio.write_bytes(b"noise")
    for _ in range(2):
        with pytest.raises(RuntimeError, match="no piano"):
            transcribe(audio)
    audio.write_bytes(b"piano")
    transcribe(audio)
    next((tmp_path / "kept").rglob("*.npz")).write_bytes(b"torn")
    assert transcribe(audio).pitch.tolist() == HEARD.pitch.tolist()
    assert len(peer.asked) == 4
