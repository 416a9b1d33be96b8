"""Practice in a real window: a sampled piano plays into the microphone, and walks through a piece in every way."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import numpy.typing as npt
import pytest

from gui.stage.theme import NIGHT, rgb
from gui.widgets.style import tinted
from realtime.events import Event, NoteOff, NoteOn
from realtime.notes import NoteTable
from realtime.piano.render import write_rendering
from realtime.piano.sampler import Sampler, shipped_piano
from realtime.practice.library import bundled
from realtime.practice.play import Round, Rounds
from realtime.practice.play_mode import SETTLED_S
from realtime.practice.reading import read_score
from realtime.practice.runs import Run, read_runs
from realtime.practice.score import Group, Score
from tests.gui.windows.screen import Screen
from tests.gui.windows.test_real_takes import LIMIT_S, Player, player, screen
from tests.gui.windows.test_real_window import look
from tests.waiting import wait_until

__all__ = ["Screen", "player", "screen"]
PIECE = next(piece for piece in bundled() if piece.title == "Minuet in G")
RATE = 48_000
HEARD_S = 0.25  # from paplay until the first sample is heard
KEY_S = 0.1
SEEN_S = 0.15  # until what has begun is seen
FRAME_S = 0.03  # until the window sees that a round has ended
TEMPO = 1.2
LISTENING, FIRST_PIECE, FINISH, FASTER = (20, 986), (900, 200), (140, 935), (1556, 290)
STRIP = SimpleNamespace(left=500, top=910, right=1584, bottom=962)
THIN = 150  # a thin line is mixed with what lies under it
FLAG_ROW, MARK_ROWS = 8, slice(40, 48)
pytestmark = [pytest.mark.slow, pytest.mark.rig]


def performance(path: Path, strokes: Iterable[tuple[float, Group]]) -> Path:
    """Groups at their times, s, as a recording."""
    events: list[Event] = []
    for at, group in strokes:
        for pitch in group.pitches:
            events += [NoteOn(at, at, pitch, 76, 1.0), NoteOff(at + 0.3, at + 0.3, pitch)]
    ordered = sorted(events, key=lambda event: (event.time, isinstance(event, NoteOn)))
    write_rendering(Sampler(NoteTable.from_events(ordered), shipped_piano(), RATE), path)
    return path


def strokes(groups: Iterable[Group], apart_s: float) -> Iterator[tuple[float, Group]]:
    """Groups at a distance of their own."""
    return ((0.1 + apart_s * count, group) for count, group in enumerate(groups))


def counted_in(score: Score, tempo: float) -> float:
    """Length of the count-in, s."""
    return Rounds(tempo).first(score, 0.0).start_s


def in_time(score: Score, *tempos: float) -> Iterator[tuple[float, Group]]:
    """A score round after round, each at its tempo, from the end of the first count-in on."""
    start_s = 0.0
    for tempo in tempos:
        ran = Round(score, start_s, tempo)
        yield from ((ran.time(group.beat), group) for group in score.groups)
        start_s = ran.end_s + SETTLED_S + FRAME_S + counted_in(score, tempo)


def press(player: Player, *keys: str) -> None:
    """One after the other."""
    for key in keys:
        player.press(key)
        time.sleep(KEY_S)


def begin(player: Player) -> None:
    """Begin; a busy computer takes its time until it does what the keys say."""
    player.press("space")
    wait_until(lambda: player.seen(*FINISH) == rgb(NIGHT.text))


class Practice:
    """What lies on disk of a player's practice."""

    def __init__(self, player: Player) -> None:
        self._data = Path(player.rig.env["HOME"]) / ".local" / "share" / "liszten"
        self.recent = self._data / "recent.json"

    def begin(self) -> None:
        """The piece was practised before: it is the first of the list."""
        self.recent.parent.mkdir(parents=True)
        self.recent.write_text(
            json.dumps({"version": 1, "places": [{"path": str(PIECE.path), "title": PIECE.title, "opened": "before"}]})
        )

    @property
    def opened(self) -> bool:
        """Whether the piece is on the stage."""
        return bool(json.loads(self.recent.read_text())["places"][0]["opened"] != "before")

    def run(self, number: int) -> Run:
        """The first, second ... run, once it has ended."""
        deadline = time.monotonic() + LIMIT_S
        while len(found := read_runs(self._data / "practice")) < number:
            assert time.monotonic() < deadline, f"{len(found)} runs"
            time.sleep(0.5)
        return found[number - 1]


def strip(player: Player) -> npt.NDArray[np.int_]:
    """The strip of the bars as it is seen, R G B."""
    return look(player.screen)[STRIP.top : STRIP.bottom, STRIP.left : STRIP.right].astype(int)


def like(picture: npt.NDArray[np.int_], colour: str, far: int = 0) -> npt.NDArray[np.bool_]:
    """Where it has a colour of the theme, or one not far from it."""
    found: npt.NDArray[np.bool_] = np.abs(picture - rgb(colour)).sum(axis=-1) <= far
    return found


def loop_of(player: Player) -> tuple[int, int]:
    """Columns of the strip between which the loop lies, by its flags."""
    flags = np.flatnonzero(like(strip(player)[FLAG_ROW], NIGHT.accent))
    return int(flags[0]), int(flags[-1]) + 1


def mark(player: Player, begin: float, end: float) -> str:
    """The colour of the mark between two columns of the strip, "" for none."""
    signs = strip(player)[MARK_ROWS, round(begin) : round(end)]
    return next((colour for colour in (NIGHT.good, NIGHT.error) if like(signs, colour, THIN).any()), "")


def drag(player: Player, begin: int, end: int) -> None:
    """A flag of the loop, between two columns of the strip."""
    player.click((STRIP.left + begin, STRIP.top + FLAG_ROW), 0)
    for words in ("mousedown 1", f"mousemove {STRIP.left + end} {STRIP.top + FLAG_ROW}", "mouseup 1"):
        player.xdo(*words.split())


def test_a_piece_is_practised_in_every_way(player: Player, tmp_path: Path):
    """It waits for the right hand from key to key, round and round two bars that are set by keys, and each gets its
    mark; one bar, set by the mouse, runs with a verdict on each note of both hands; without a loop it follows, and goes
    back with the player."""
    score = read_score(PIECE.path)
    melody = score.hand("right").groups
    two_bars = score.between(1, 2).hand("right").groups
    second = score.between(2, 2)
    slowly = performance(tmp_path / "slowly.wav", strokes([*two_bars] * 2, 0.4))
    clean = performance(tmp_path / "clean.wav", in_time(second, TEMPO, TEMPO))
    again = [*melody[:9], *melody[3:12]]
    back = performance(tmp_path / "back.wav", strokes(again, 0.36))
    practice = Practice(player)
    practice.begin()
    player.open()
    player.until(lambda: player.seen(*LISTENING) == rgb(NIGHT.good))
    player.press("ctrl+Tab")
    player.until(lambda: like(np.array(player.seen(*FIRST_PIECE)), tinted(NIGHT.accent, NIGHT.card, 0.1), 12))
    player.press("Return")
    player.until(lambda: practice.opened)
    press(player, "2", "A", "Right", "B", "Home")
    begin(player)
    player.rig.play(slowly).wait()
    press(player, "End")
    waited = practice.run(1)
    assert (waited.mode, waited.hands, waited.first_bar, waited.last_bar) == ("wait", "right", 1, 2)
    assert (waited.result.right, waited.result.missed) == (2 * len(two_bars), 0)
    left, right = loop_of(player)
    bar = (right - left) / 2
    assert [mark(player, left + bar * at, left + bar * (at + 1)) for at in range(3)] == [
        *(NIGHT.error if row.wrong or row.extra else NIGHT.good for row in waited.bars),
        "",
    ]
    press(player, "3", "w", *["bracketright"] * 4)
    drag(player, left + 4, round(left + 1.5 * bar))
    player.click(FASTER)
    player.until(lambda: loop_of(player)[0] == pytest.approx(left + bar, abs=2))
    begin(player)
    time.sleep(counted_in(second, TEMPO) - HEARD_S - SEEN_S)
    player.rig.play(clean).wait()
    time.sleep(SETTLED_S)
    press(player, "End")
    played = practice.run(2)
    assert (played.mode, played.hands, played.first_bar, played.last_bar) == ("play", "both", 2, 2)
    # How well the player keeps the window's time depends on how busy the computer is; test_play.py has the verdicts.
    assert played.tempo >= TEMPO
    written = sum(len(group.pitches) for group in second.groups)
    assert played.result.right + played.result.early_late + played.result.missed >= written
    assert played.result.right + played.result.early_late > 0
    press(player, "l", "2", "f", "Home")
    begin(player)
    player.rig.play(back).wait()
    time.sleep(1.0)
    press(player, "End")
    followed = practice.run(3)
    assert (followed.mode, followed.hands) == ("follow", "right")
    assert followed.result.right >= len(again) - 3  # the bars that were played again among them
    assert followed.result.wrong + followed.result.extra <= 0.1 * len(again)
