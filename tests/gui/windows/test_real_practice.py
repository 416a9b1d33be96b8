"""Practice in a real window: a sampled piano plays into the microphone and walks through a piece, by keys alone."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from realtime.events import Event, NoteOff, NoteOn
from realtime.notes import NoteTable
from realtime.piano.render import write_rendering
from realtime.piano.sampler import Sampler, shipped_piano
from realtime.practice.library import bundled
from realtime.practice.play import Rounds
from realtime.practice.reading import read_score
from realtime.practice.runs import Run, read_runs
from realtime.practice.score import Group
from tests.gui.windows.screen import Screen
from tests.gui.windows.test_real_takes import LIMIT_S, Player, player, screen

__all__ = ["Screen", "player", "screen"]
PIECE = next(piece for piece in bundled() if piece.title == "Mary Had a Little Lamb")
RATE = 48_000
HEARD_S = 0.25  # from paplay until the first sample is heard
pytestmark = [pytest.mark.slow, pytest.mark.rig]


def performance(path: Path, strokes: Iterable[tuple[float, Group]]) -> Path:
    """Groups at their times, s, as a recording."""
    events: list[Event] = []
    for at, group in strokes:
        for pitch in group.pitches:
            events += [NoteOn(at, at, pitch, 76, 1.0), NoteOff(at + 0.35, at + 0.35, pitch)]
    ordered = sorted(events, key=lambda event: (event.time, isinstance(event, NoteOn)))
    write_rendering(Sampler(NoteTable.from_events(ordered), shipped_piano(), RATE), path)
    return path


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


def test_a_piece_is_practised_in_every_way(player: Player, tmp_path: Path):
    """It waits for the right hand from key to key to the end; runs with a verdict on each note of both hands; follows,
    and goes back with the player."""
    score = read_score(PIECE.path)
    melody = score.hand("right")
    slowly = performance(tmp_path / "slowly.wav", ((0.1 + 0.8 * group.index, group) for group in melody.groups))
    in_time = performance(tmp_path / "in_time.wav", ((score.seconds(group.beat), group) for group in score.groups))
    again = [*melody.groups[:14], *melody.groups[7:]]
    back = performance(tmp_path / "back.wav", ((0.1 + 0.6 * count, group) for count, group in enumerate(again)))
    practice = Practice(player)
    practice.begin()
    player.open()
    time.sleep(4.0)  # PortAudio, the model
    player.press("ctrl+Tab")
    time.sleep(3.0)
    player.press("Return")
    player.until(lambda: practice.opened)
    time.sleep(2.0)
    for key in ("2", "space"):
        player.press(key)
        time.sleep(0.5)
    player.rig.play(slowly).wait()
    waited = practice.run(1)
    assert (waited.mode, waited.hands, waited.result.missed) == ("wait", "right", 0)
    assert waited.result.right == len(melody.groups)
    for key in ("3", "w"):
        player.press(key)
        time.sleep(0.5)
    player.press("space")
    counted_in = Rounds().first(score, 0.0).start_s
    time.sleep(counted_in - HEARD_S)
    player.rig.play(in_time).wait()
    played = practice.run(2)
    written = sum(len(group.pitches) for group in score.groups)
    assert (played.mode, played.hands, played.tempo) == ("play", "both", 1.0)
    assert played.result.right + played.result.early_late >= 0.9 * written
    assert played.result.spread_ms < 60
    for key in ("2", "f", "space"):
        player.press(key)
        time.sleep(0.5)
    player.rig.play(back).wait()
    time.sleep(1.0)
    player.press("End")
    followed = practice.run(3)
    assert followed.mode == "follow"
    assert followed.result.right >= 0.9 * len(again)  # the bars that were played again among them
    assert followed.result.wrong + followed.result.extra <= 0.1 * len(again)
