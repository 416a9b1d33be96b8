"""Which key does what: every command with the keys that it has at first, and those that the player chose.

A key is written as Qt's portable text has it: "R", "Shift+R", "Ctrl+,", "Home".
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass

from gui.translation import mark, tr
from realtime.validation import shown

logger = logging.getLogger(__name__)
EVERYWHERE, LIVE, PAGES, LESSON = "everywhere", "live", "pages", "lesson"
# What is shown -> the places whose commands are meant.
PLACES = {LIVE: (EVERYWHERE, LIVE), PAGES: (EVERYWHERE, PAGES), LESSON: (EVERYWHERE, PAGES, LESSON)}
# What moves through a window, presses what has the focus and closes what is open stays as it is everywhere.
RESERVED = ("Esc", "Tab", "Shift+Tab", "Backtab", "Shift+Backtab", "Return", "Enter")
MODIFIERS = ("Meta", "Ctrl", "Alt", "Shift", "Num")  # in the order in which Qt writes them
KEY = re.compile(rf"(?:(?:{'|'.join(MODIFIERS)})\+)*(?:\S|[A-Z][\w ]+)")


@dataclass(frozen=True)
class Command:
    """Something that a key does. name: in the settings; keys: at first; place: LIVE while the live stage is shown,
    PAGES while another page is, LESSON while that of practice is, or EVERYWHERE; repeats: whether it goes on while the
    key is held."""

    name: str
    words: str
    keys: tuple[str, ...]
    place: str = EVERYWHERE
    repeats: bool = False


ESCAPE = Command("escape", mark("close what is open, leave full screen; else silence every note"), ("Esc",))
COMMANDS = (
    Command("listen", mark("listen or pause"), ("Space",), LIVE),
    Command("record", mark("record on or off"), ("R",)),
    Command("recent", mark("keep the last five minutes as a take"), ("Shift+R",)),
    Command("undo", mark("bring back the take that was deleted"), ("Ctrl+Z",)),
    Command("page", mark("next page"), ("Ctrl+Tab",)),
    Command(
        "files", mark("choose recordings to transcribe, a MIDI file to replay, or a piece to practise"), ("Ctrl+O",)
    ),
    Command("faster", mark("blocks faster"), ("Up",)),
    Command("slower", mark("blocks slower"), ("Down",)),
    Command("theme", mark("theme"), ("T",)),
    Command("colours", mark("colours of the notes"), ("C",)),
    Command("names", mark("note names"), ("N",)),
    Command("left", mark("the left hand alone"), ("1",)),
    Command("right", mark("the right hand alone"), ("2",)),
    Command("both", mark("both hands"), ("3",)),
    Command("panel", mark("fold the panel"), ("P",)),
    Command("full", mark("full screen"), ("F11",)),
    Command("second", mark("second screen"), ("Ctrl+Shift+D",)),
    Command("plots", mark("plots"), ("G",)),
    Command("settings", mark("settings"), ("Ctrl+,",)),
    Command("aloud", mark("read level and state aloud"), ("Ctrl+Shift+L",)),
    Command("keys", mark("this table"), ("F1", "?")),
    Command("play", mark("play or pause; in practice pass over what is not heard"), ("Space",), PAGES),
    Command("begin", mark("go to the start"), ("Home",), PAGES),
    Command("end", mark("go to the end; in practice finish the run"), ("End",), PAGES),
    Command("back", mark("five seconds back; in practice a bar"), ("Left",), PAGES, repeats=True),
    Command("forward", mark("five seconds on; in practice a bar"), ("Right",), PAGES, repeats=True),
    Command("loop", mark("loop on or off"), ("L",), PAGES),
    Command("loop_begin", mark("the loop begins here"), ("A",), PAGES),
    Command("loop_end", mark("the loop ends here"), ("B",), PAGES),
    Command("tempo_down", mark("replay or practise slower"), ("[",), PAGES, repeats=True),
    Command("tempo_up", mark("replay or practise faster"), ("]",), PAGES, repeats=True),
    Command("rename", mark("name the chosen take"), ("F2",), PAGES),
    Command("delete", mark("delete the chosen take"), ("Del", "Backspace"), PAGES),
    Command("report", mark("report of the chosen take"), ("Ctrl+R",), PAGES),
    Command("share", mark("share the chosen take"), ("Ctrl+E",), PAGES),
    Command("wait", mark("let the piece wait, or run by itself"), ("W",), LESSON),
    Command("follow", mark("let the piece follow"), ("F",), LESSON),
    Command("metronome", mark("show the beat, or not"), ("M",), LESSON),
    Command("view", mark("blocks, staff, or both"), ("V",), LESSON),
    Command("skip", mark("pass over what is waited for"), ("Shift+Space",), LESSON),
    Command("save", mark("save the notes as a MIDI file"), ("Ctrl+S",), PAGES),
)
BY_NAME = {command.name: command for command in (ESCAPE, *COMMANDS)}


class Keymap:
    """The keys in force. chosen: name of a command -> its key, "" for none, in place of those that it has at first.

    What is no command, no key, reserved, or the key of another command too, is left out and logged.
    """

    def __init__(self, chosen: Mapping[str, str]) -> None:
        written = {name: portable(key) if isinstance(key, str) else key for name, key in chosen.items()}
        self.chosen = {name: key for name, key in written.items() if _is_choice(name, key)}
        while (clash := self._clash()) is not None:
            logger.warning("settings: %s has two commands, so %s keeps its own keys", self.chosen[clash], clash)
            del self.chosen[clash]

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of a command; its first one is what is shown."""
        if name not in self.chosen:
            return BY_NAME[name].keys
        return (self.chosen[name],) if self.chosen[name] else ()

    def command(self, key: str, shown: str) -> Command | None:
        """What a key does. shown: LIVE, PAGES or LESSON."""
        places = PLACES[shown]
        return next((one for one in BY_NAME.values() if one.place in places and key in self.keys(one.name)), None)

    def taken(self, name: str, key: str) -> Command | None:
        """The other command that a key has, where both could be meant."""
        return next((one for one in COMMANDS if _meet(one, BY_NAME[name]) and key in self.keys(one.name)), None)

    def problem(self, name: str, key: str) -> str:
        """Why a command cannot have a key, in a sentence; "" when it can."""
        if key in RESERVED:
            return tr("{} moves through the window or closes what is open. Choose another key.", key_words(key))
        if key and (other := self.taken(name, key)) is not None:
            return tr(
                "{} is the key for “{}”. Choose another, or change that one first.", key_words(key), tr(other.words)
            )
        return ""

    def keys_text(self, name: str) -> str:
        """The first key of a command in words, "" when it has none."""
        return next((key_words(key) for key in self.keys(name)), "")

    def _clash(self) -> str | None:
        """A chosen key that another command has too: the one that was chosen last."""
        clashing = [name for name, key in self.chosen.items() if key and self.taken(name, key) is not None]
        return clashing[-1] if clashing else None


def title(command: Command) -> str:
    """The words of a command where they begin a line."""
    words = tr(command.words)
    return words[:1].upper() + words[1:]


def key_words(key: str) -> str:
    """A key as it is written on the keyboard, in the player's language."""
    modifiers, last = _parts(key)
    return "+".join(tr(WORDS.get(part, part)) for part in (*modifiers, last))


def portable(key: str) -> str:
    """A key as Qt's portable text has it, from one that was written by hand: "shift+ctrl+d" is "Ctrl+Shift+D"."""
    modifiers, last = _parts(key.strip())
    held = [modifier.strip().title() for modifier in modifiers]
    if set(held) <= set(MODIFIERS):
        held.sort(key=MODIFIERS.index)
    name = last.strip() or last
    letter = len(name.upper()) == 1 or FUNCTION_KEY.fullmatch(name) is not None
    return "+".join((*held, name.upper() if letter else NAMES.get(name.casefold(), name)))


WORDS = {
    "Ctrl": mark("Ctrl"),
    "Shift": mark("Shift"),
    "Alt": mark("Alt"),
    "Space": mark("Space"),
    "Esc": mark("Esc"),
    "Tab": mark("Tab"),
    "Return": mark("Enter"),
    "Home": mark("Home"),
    "End": mark("End"),
    "Del": mark("Del"),
    "Ins": mark("Ins"),
    "Backspace": mark("Backspace"),
    "PgUp": mark("Page up"),
    "PgDown": mark("Page down"),
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
}


FUNCTION_KEY = re.compile(r"[Ff]\d{1,2}")
NAMES = {name.casefold(): name for name in (*WORDS, *RESERVED)}


def _parts(key: str) -> tuple[list[str], str]:
    """What is held, and what is struck then."""
    *modifiers, last = key.split("+") if not key.endswith("+") else [*key[:-1].split("+")[:-1], "+"]
    return modifiers, last


def _is_choice(name: str, key: object) -> bool:
    fits = name in BY_NAME and name != ESCAPE.name and isinstance(key, str)
    fits = fits and (key == "" or (KEY.fullmatch(str(key)) is not None and key not in RESERVED))
    if not fits:
        logger.warning("settings: no shortcut can be made of %s = %s", name, shown(key))
    return fits


def _meet(one: Command, other: Command) -> bool:
    """Whether two commands can be meant at the same moment."""
    return one is not other and any({one.place, other.place} <= {*places} for places in PLACES.values())
