"""A take as a film: what is written is decoded again, and compared with what was played."""

from __future__ import annotations

import errno
import io
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from gui.stage.stage import FALL_SPEED, Look, Stage
from gui.stage.theme import NIGHT, ONE, Palette, rgb
from gui.takes.mp4 import Mp4
from gui.takes.video import LEAD_S, Film, write_video
from realtime.cli import main as cli
from realtime.errors import FileError, UsageError
from realtime.events import Event, NoteOff, NoteOn, StreamStarted, to_json
from realtime.midi.file import midi_bytes

WIDTH, HEIGHT, FPS = 320, 180, 25
RATE = 16_000
STREAM = StreamStarted("model", "balanced", 0.058, RATE, "microphone", "2026-11-21T10:00:00Z")
PLAIN = Look(Palette(NIGHT, ONE), names=False, calm=True, falling=True, chords=False)
SMALL = Film(WIDTH, HEIGHT, FPS, PLAIN)
SOUND_RATE = 48_000


def note(pitch: int, onset: float, release: float) -> list[Event]:
    return [NoteOn(onset, onset, pitch, 100, 0.9), NoteOff(release, release, pitch)]


def take(folder: Path, events: list[Event], sound: npt.NDArray[np.float32] | None = None) -> Path:
    """A take's folder, with its recording if there is one."""
    folder.mkdir()
    lines = [to_json(event) for event in (STREAM, *events)]
    (folder / "notes.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if sound is not None:
        soundfile.write(folder / "audio.wav", sound, RATE, subtype="PCM_24")
    return folder


def clicks(length_s: float, *at: float) -> npt.NDArray[np.float32]:
    """Short tones that begin at given seconds, in silence."""
    sound = np.zeros(round(length_s * RATE), np.float32)
    for begin in at:
        first = round(begin * RATE)
        sound[first : first + 800] = 0.7 * np.sin(2 * np.pi * 1000 / RATE * np.arange(800))
    return sound


def pictures(film: Path) -> tuple[npt.NDArray[np.uint8], list[float]]:
    """(n, height, width, 3) and the time of each, s."""
    with av.open(str(film)) as container:
        frames = list(container.decode(video=0))
    return np.stack([frame.to_ndarray(format="rgb24") for frame in frames]), [float(frame.time) for frame in frames]


def sound_of(film: Path) -> npt.NDArray[np.float32]:
    """(samples,) of the left channel, 48 kHz."""
    with av.open(str(film)) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


def test_a_midi_file_becomes_a_film(tmp_path: Path):
    """One second of notes, two before them, one to ring on; every picture there, at its time, with the piano."""
    midi, film = tmp_path / "piece.mid", tmp_path / "piece.mp4"
    midi.write_bytes(midi_bytes(STREAM, [*note(60, 0.0, 0.5), *note(64, 0.5, 1.0)]))
    assert write_video(midi, film, SMALL) == LEAD_S + 2.0
    shown, times = pictures(film)
    assert shown.shape == (100, HEIGHT, WIDTH, 3)
    np.testing.assert_allclose(times, np.arange(100) / FPS, atol=1e-4)
    played = np.abs(sound_of(film))
    assert played[: round((LEAD_S - 0.1) * SOUND_RATE)].max() < 0.001
    assert played[round(LEAD_S * SOUND_RATE) : round((LEAD_S + 0.2) * SOUND_RATE)].max() > 0.05


def test_picture_and_sound_meet_within_a_picture(tmp_path: Path):
    """The recording sounds where it was, to a quarter of a millisecond; the key is lit in the next picture."""
    folder = take(tmp_path / "take", [*note(60, 0.51, 0.9), *note(60, 1.33, 1.6)], clicks(2.0, 0.51, 1.33))
    write_video(folder, tmp_path / "film.mp4", SMALL)
    shown, times = pictures(tmp_path / "film.mp4")
    lead_s = 38 / FPS  # so that the first note is two seconds away, in whole pictures
    played = [lead_s + 0.51, lead_s + 1.33]
    assert len(shown) == 38 + 2 * FPS
    key = Stage(WIDTH, HEIGHT, SMALL.scale, PLAIN).geometry.key(60)
    red, _, blue = shown[:, HEIGHT - 8, key.x + key.width // 2].astype(int).T
    blueness = blue - red
    lit = [times[index] for index in range(1, len(red)) if blueness[index] > 25 >= blueness[index - 1]]
    loud = np.abs(sound_of(tmp_path / "film.mp4")) > 0.2
    begins = [index / SOUND_RATE for index in np.flatnonzero(loud) if not loud[max(index - 4800, 0) : index].any()]
    assert begins == pytest.approx(played, abs=0.00025)
    assert len(lit) == len(played)
    assert all(0 <= at - onset <= 1 / FPS for at, onset in zip(lit, played, strict=True))


def test_the_film_has_the_colours_of_the_stage(tmp_path: Path):
    """What a player shows of the stage and of a block is their colour, but for a few steps of the encoding."""
    folder = take(tmp_path / "take", note(60, 2.0, 4.0), clicks(4.0, 2.0))
    write_video(folder, tmp_path / "film.mp4", Film(1280, 720, 10, PLAIN))
    shown, _ = pictures(tmp_path / "film.mp4")
    stage = Stage(1280, 720, 0.8, PLAIN).geometry
    x, width = stage.lane(60)
    block = shown[25, stage.hit - 60, x + width // 2].astype(int)
    expected = PLAIN.palette.block_colour(60, 96)
    assert np.abs(block - expected).max() <= 6
    assert np.abs(shown[25, 300, stage.key(40).x + 5].astype(int) - rgb(NIGHT.stage)).max() <= 4


def test_a_take_without_its_recording_is_played_on_the_piano(tmp_path: Path):
    """Named by its events."""
    folder = take(tmp_path / "take", note(60, 0.1, 0.5))
    write_video(folder / "notes.jsonl", tmp_path / "film.mp4", SMALL)
    assert np.abs(sound_of(tmp_path / "film.mp4")).max() > 0.05


def test_a_take_without_notes_is_no_film(tmp_path: Path):
    """And leaves no file."""
    folder = take(tmp_path / "take", [], clicks(1.0, 0.5))
    with pytest.raises(FileError, match="no notes"):
        write_video(folder, tmp_path / "film.mp4", SMALL)
    assert not (tmp_path / "film.mp4").exists()


@pytest.mark.parametrize("stopped", [KeyboardInterrupt, MemoryError])
def test_what_is_broken_off_leaves_nothing(tmp_path: Path, stopped: type[BaseException]):
    """Ctrl-C in the midst: the film that was there stays, and no half one lies beside it."""
    folder, film = take(tmp_path / "take", note(60, 0.1, 0.5)), tmp_path / "films" / "film.mp4"
    film.parent.mkdir()
    film.write_bytes(b"an earlier one")

    def stop(share: float) -> None:
        if share > 0.5:
            raise stopped

    with pytest.raises(stopped):
        write_video(folder, film, SMALL, stop)
    assert {path.name: path.read_bytes() for path in film.parent.iterdir()} == {"film.mp4": b"an earlier one"}


class FullDisk(io.BytesIO):
    """Takes so many bytes and no more."""

    def write(self, data: object) -> int:
        if self.tell() > 4000:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)  # type: ignore[arg-type]


def test_a_full_disk_is_an_error_of_the_disk():
    """Whenever it fills, and not a word of the encoder's."""
    noise = np.random.default_rng(1).integers(0, 255, (20, HEIGHT, WIDTH, 4), np.uint8)
    with pytest.raises(OSError) as raised, Mp4(FullDisk(), WIDTH, HEIGHT, FPS, RATE) as film:
        for picture in noise:
            film.picture(picture)
    assert raised.value.errno == errno.ENOSPC


@pytest.mark.parametrize(("width", "height", "fps"), [(321, 180, 25), (320, 178, 25), (7682, 4320, 25), (320, 180, 9)])
def test_what_cannot_be_a_film_is_refused_at_once(width: int, height: int, fps: int):
    """Odd, too small, too large, too slow."""
    with pytest.raises(UsageError, match="Give"):
        Film(width, height, fps)


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720), (3840, 2160), (1080, 1920), (1080, 1080)])
def test_a_film_of_any_shape_shows_four_to_six_seconds(width: int, height: int):
    """On a tall picture blocks fall faster; on the others as fast as in the window."""
    stage = Film(width, height).stage()
    assert 4 <= stage.sight_s <= 6.01
    assert (stage.look.speed == FALL_SPEED) == (width > height)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["TAKE", "-o", "film.avi"], 2, "ends in .mp4"),
        (["TAKE", "-o", "film.mp4", "--size", "large"], 2, "Give width and height"),
        (["TAKE", "-o", "film.mp4", "--size", "99x99"], 2, "Give even numbers"),
        (["TAKE", "-o", "there.mp4"], 5, "--overwrite"),
        (["nothing", "-o", "film.mp4"], 5, "does not exist"),
        (["TAKE", "-o", "no folder/film.mp4"], 5, "cannot be written"),
    ],
)
def test_every_fault_is_one_sentence(
    arguments: list[str],
    status: int,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """Told on standard error, with a way out and its own exit status."""
    monkeypatch.chdir(tmp_path)
    take(tmp_path / "TAKE", note(60, 0.1, 0.2))
    (tmp_path / "there.mp4").touch()
    assert cli.run(["video", *arguments]) == status
    said = capsys.readouterr()
    assert words in said.err
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert not (tmp_path / "film.mp4").exists()


def test_the_command_makes_a_film(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """And says how long it is, on standard error."""
    folder, film = take(tmp_path / "take", note(60, 0.1, 0.2)), tmp_path / "film.mp4"
    assert cli.run(["video", str(folder), "-o", str(film), "--size", "320x180", "--fps", "10"]) == 0
    assert "3.1 s of video" in capsys.readouterr().err
    assert len(pictures(film)[0]) == 31
