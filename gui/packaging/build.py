"""`python gui/packaging/build.py [FOLDER]`: build the bundle with PyInstaller, then start it as a player would.

Needs the extra `bundle`; on Linux also Xvfb, a screen that nobody sees. The bundle is FOLDER/liszten, by default
dist/liszten, with a picture of its window beside it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from PIL import Image, ImageGrab

PACKAGING = Path(__file__).resolve().parent
ROOT = PACKAGING.parents[1]
WINDOW_S, END_S, SCREEN = 60.0, 20.0, "1600x1000x24"
ENDED = 128 + signal.SIGTERM
DEMO = ("--headless", "--seconds", "2", "--midi-out", "none")
STAGE = (0x0A, 0x0D, 0x13)  # of the theme Night: what most of the window is
STAGE_SHARE = 0.15


def build(folder: Path) -> Path:
    """Build into `folder`; the program."""
    with tempfile.TemporaryDirectory(prefix="liszten-build-") as scratch:
        command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
        command += ["--distpath", str(folder), "--workpath", scratch, str(PACKAGING / "liszten.spec")]
        subprocess.run(command, check=True, cwd=ROOT)
    return folder / "liszten" / ("liszten.exe" if os.name == "nt" else "liszten")


def smoke(program: Path, folder: Path) -> None:
    """Start the program in its main ways; raises when one fails."""
    with tempfile.TemporaryDirectory(prefix="liszten-home-") as home:
        bare = _bare_environment(Path(home))
        version = _run(program, bare, "--version")
        assert version.startswith("liszten ") and version != "liszten 0", version
        _say(f"{version}, {_megabytes(program.parent):.0f} MB")
        events = [json.loads(line) for line in _run(program, bare, "demo", *DEMO).splitlines()]
        notes = sum(event["event"] == "note_on" for event in events)
        assert (events[0]["event"], events[-1]["event"]) == ("stream", "end") and notes, events
        _say(f"demo: {notes} notes from {events[0]['model']}")
        take, film = ROOT / "assets" / "demo" / "demo.mid", Path(home) / "film.mp4"
        _run(program, bare, "video", str(take), "-o", str(film), "--size", "320x180", "--fps", "10")
        _say(f"video: {film.stat().st_size} bytes")
        if sys.platform.startswith("linux"):
            _look_at_window(program, bare, folder / "window.png")


def _look_at_window(program: Path, environment: dict[str, str], picture: Path) -> None:
    """Open the window on a screen of its own, wait until it is drawn, close it, and see that nothing is left."""
    with _screen() as display:
        begun = time.monotonic()
        window = subprocess.Popen([program], env={**environment, "DISPLAY": display}, start_new_session=True)
        try:
            while _share_of_stage(seen := ImageGrab.grab(xdisplay=display)) < STAGE_SHARE:
                assert window.poll() is None, f"the window ended with status {window.returncode}"
                assert time.monotonic() - begun < WINDOW_S, f"no window within {WINDOW_S:.0f} s"
                time.sleep(0.2)
            _say(f"window after {time.monotonic() - begun:.1f} s")
            seen.save(picture)
            children = psutil.Process(window.pid).children(recursive=True)
        finally:
            window.terminate()
            status = window.wait(timeout=END_S)
    assert status == ENDED, f"the window closed with status {status}"
    _, left = psutil.wait_procs(children, timeout=END_S)
    assert not left, f"processes outlived the window: {left}"


def _bare_environment(home: Path) -> dict[str, str]:
    """What a desktop gives a program; nothing of Python, and no settings of whoever runs this."""
    kept = ("PATH", "LANG", "SYSTEMROOT", "TEMP", "TMPDIR", "XDG_RUNTIME_DIR", "PULSE_SERVER", "JACK_DEFAULT_SERVER")
    return {"HOME": str(home), "LIBGL_ALWAYS_SOFTWARE": "1"} | {k: os.environ[k] for k in kept if k in os.environ}


def _run(program: Path, environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [program, *arguments], env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert done.returncode == 0, f"{' '.join(arguments)}: status {done.returncode}\n{done.stderr}"
    return done.stdout.strip()


@contextmanager
def _screen() -> Iterator[str]:
    """The name of an X display that nobody sees."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", SCREEN, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    try:
        with os.fdopen(reader) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def _share_of_stage(picture: Image.Image) -> float:
    pixels = picture.convert("RGB").resize((200, 125), Image.Resampling.NEAREST)
    near = sum(count for count, colour in pixels.getcolors(25_000) or [] if _distance(colour) <= 4)
    return near / (pixels.width * pixels.height)


def _distance(colour: object) -> int:
    assert isinstance(colour, tuple)
    return max(abs(int(a) - b) for a, b in zip(colour, STAGE, strict=True))


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink()) / 1e6


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.platform.startswith("linux") and not shutil.which("Xvfb"):
        sys.exit("Install Xvfb first: sudo apt install xvfb")
    target = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "dist").resolve()
    smoke(build(target), target)
