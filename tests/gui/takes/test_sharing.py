"""A take given away in every form: what is written, and how an order fares in its process."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import av
import numpy as np
import pytest
import soundfile

from gui.takes.share_forms import Form, Order, missing, suffix, write
from gui.takes.sharing import Sharing
from gui.tools.screenshot_pages import demo_events
from realtime.errors import FileError
from realtime.events import Event
from realtime.takes.edits import take_from_recording
from realtime.takes.folder import MIDI, open_take
from realtime.takes.reader import read_take
from tests.realtime.takes.test_folder import STREAM

LIMIT_S = 60.0
NAME = "Nocturne"


@pytest.fixture
def take(tmp_path: Path) -> Path:
    """Eight seconds of the demo, as a take with a recording."""
    sound = tmp_path / "demo.flac"
    soundfile.write(sound, np.linspace(-0.5, 0.5, 8 * 8000), 8000)
    events: list[Event] = demo_events(8.0)
    return take_from_recording(tmp_path / "takes", sound, STREAM, events, NAME)


def written(form: Form, take: Path, to: Path) -> tuple[Path, list[float]]:
    """The file, and the shares that were told."""
    shares: list[float] = []
    path = to / f"it{suffix(form, take)}"
    write(Order(form, take, NAME, path, (320, 180)), shares.append)
    assert [entry.name for entry in to.iterdir() if entry.name.startswith("it")] == [path.name]
    return path, shares


def test_the_notes_and_the_sound_are_those_of_the_take(take: Path, tmp_path: Path):
    """MIDI and recording to the byte; how far it is ends with all of it."""
    midi, _ = written(Form.MIDI, take, tmp_path)
    assert midi.read_bytes() == (take / MIDI).read_bytes()
    midi.write_bytes(b"before")
    with midi.open("rb") as before:
        written(Form.MIDI, take, tmp_path)
        assert before.read() == b"before"  # replaced when the new one was whole, and never emptied
    assert midi.read_bytes() == (take / MIDI).read_bytes()
    midi.unlink()
    sound, shares = written(Form.RECORDING, take, tmp_path)
    assert (sound.name, shares) == ("it.flac", [1.0])
    assert sound.read_bytes() == open_take(take).audio.read_bytes()


def test_the_sampled_piano_plays_the_notes(take: Path, tmp_path: Path):
    """As long as they ring, and louder than nothing."""
    path, shares = written(Form.PIANO, take, tmp_path)
    sound, rate = soundfile.read(path)
    assert len(sound) / rate >= read_take(take).duration_s
    assert float(np.abs(sound).max()) > 0.05
    assert (shares == sorted(shares), shares[-1]) == (True, 1.0)


def test_a_film_has_its_size_and_its_sound(take: Path, tmp_path: Path):
    """And tells how far it is."""
    path, shares = written(Form.FILM, take, tmp_path)
    with av.open(path) as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        assert (video.width, video.height) == (320, 180)
        assert float(audio.duration * audio.time_base) > 8.0  # type: ignore[operator]
    assert (shares == sorted(shares), shares[-1]) == (True, 1.0)


def test_sheet_music_and_report_bear_the_name(take: Path, tmp_path: Path):
    """MusicXML that can be read, PDF pages, and a page for the browser."""
    pytest.importorskip("music21")
    music, _ = written(Form.MUSICXML, take, tmp_path)
    root = ElementTree.parse(music).getroot()
    assert (root.tag, root.findtext("work/work-title") or root.findtext("movement-title")) == ("score-partwise", NAME)
    music.unlink()
    pdf, _ = written(Form.PDF, take, tmp_path)
    assert pdf.read_bytes().startswith(b"%PDF")
    pdf.unlink()
    page, _ = written(Form.PAGE, take, tmp_path)
    assert f"<title>{NAME}" in page.read_text(encoding="utf-8")


def test_what_is_not_installed_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch):
    """Only of the forms that need it."""
    monkeypatch.setattr("gui.takes.share_forms.find_spec", lambda name: None if name == "reportlab" else object())
    lacks = {form: missing(form) for form in Form}
    assert [form for form, said in lacks.items() if said is not None] == [Form.PDF]
    assert str(lacks[Form.PDF]) == (
        "Sheet music needs packages that are not there. Install them: pip install 'liszten[score]'"
    )


def until(sharing: Sharing, there: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not there():
        assert time.monotonic() < deadline
        sharing.pump()
        time.sleep(0.02)


def test_an_order_is_carried_out_in_a_process(take: Path, tmp_path: Path):
    """A file at the end; one that cannot be written ends in a sentence; one that is cancelled leaves nothing."""
    sharing = Sharing()
    sharing.begin(Order(Form.MIDI, take, NAME, tmp_path / "it.mid"))
    assert sharing.running
    until(sharing, lambda: not sharing.running)
    assert (sharing.done, sharing.problem) == (True, None)
    assert (tmp_path / "it.mid").read_bytes() == (take / MIDI).read_bytes()
    sharing.begin(Order(Form.PIANO, take, NAME, tmp_path / "none" / "it.wav"))
    until(sharing, lambda: not sharing.running)
    assert not sharing.done
    assert str(sharing.problem) == (
        f"{tmp_path / 'none' / 'it.wav'} cannot be written: there is no such folder; create it or choose another one."
    )
    folder = tmp_path / "films"
    folder.mkdir()
    sharing.begin(Order(Form.FILM, take, NAME, folder / "it.mp4"))
    until(sharing, lambda: sharing.share > 0.0)
    sharing.cancel()
    assert (sharing.running, sharing.done, sharing.problem, sharing.order) == (False, False, None, None)
    until(sharing, lambda: list(folder.iterdir()) == [])


def test_a_process_that_dies_is_told(take: Path, tmp_path: Path):
    """In a sentence; what it was writing goes."""
    sharing = Sharing()
    sharing.begin(Order(Form.FILM, take, NAME, tmp_path / "it.mp4"))
    assert sharing._process is not None
    part = tmp_path / f".it.mp4.{sharing._process.pid}.part"
    part.touch()
    sharing._process.kill()
    until(sharing, lambda: not part.exists())
    until(sharing, lambda: not sharing.running)
    assert str(sharing.problem) == "It could not be written: the program that was writing it ended."


def test_a_take_without_notes_is_no_film(tmp_path: Path):
    """The core's own sentence."""
    sound = tmp_path / "none.wav"
    soundfile.write(sound, np.zeros(8000), 8000)
    take = take_from_recording(tmp_path / "takes", sound, STREAM, [], NAME)
    with pytest.raises(FileError, match="holds no notes"):
        write(Order(Form.FILM, take, NAME, tmp_path / "it.mp4", (320, 180)), lambda _share: None)
