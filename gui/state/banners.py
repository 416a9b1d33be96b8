"""Banners: what is wrong in words, the worst first, and when it goes away."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from gui.translation import mark, tr
from realtime.words import Value


class Fault(Enum):
    """What can be wrong, worst first."""

    FAILED = "failed"
    NO_INPUT = "no_input"
    PERMISSION = "permission"
    UNPLUGGED = "unplugged"
    DISK = "take"
    RUN = "run"
    MIDI_PAUSED = "midi_paused"
    ECHO = "echo"
    WRONG_CHANNEL = "wrong_channel"
    TOO_SLOW = "too_slow"
    STOOD_STILL = "stood_still"
    DELIVERED_LATE = "delivered_late"
    NO_VIRTUAL_PORT = "no_virtual_port"
    PORT_LOST = "port_lost"
    NO_MIDI = "no_midi"
    REFUSED = "refused"
    TOO_LOUD = "too_loud"
    SPEECH = "speech"
    TOO_QUIET = "too_quiet"
    SETTINGS = "settings"
    RECOVERED = "recovered"


class Remedy(Enum):
    """What a banner's button does; the value is the button's text in English, with places for the fault's values."""

    CHOOSE_INPUT = mark("Choose input")
    EXAMPLE = mark("Hear and see an example")
    USE_ANOTHER_INPUT = mark("Use another input")
    OPEN_SETTINGS = mark("Open settings")
    TRY_AGAIN = mark("Try again")
    CHOOSE_PORT = mark("Choose port")
    LOOK_AGAIN = mark("Look again")
    SAVE_ELSEWHERE = mark("Save elsewhere")
    PAUSE_MIDI = mark("Pause MIDI")
    SEND_AGAIN = mark("Send again")
    USE_OTHER = mark("Use input {1}")
    KEEP = mark("Keep input {0}")
    SHOW_HOW = mark("Show me how")
    IGNORE = mark("Ignore")
    OPEN = mark("Open")
    HIDE = mark("Hide")


@dataclass(frozen=True)
class Banner:
    """What is wrong: a title, a text about what to do, and at most two buttons.

    values: what they name: an input or port, the numbers of inputs, or what a failure says.
    """

    fault: Fault
    values: tuple[Value, ...] = ()

    @property
    def title(self) -> str:
        """In the player's language."""
        return self._put_in(WORDS[self.fault].title)

    @property
    def text(self) -> str:
        """In the player's language."""
        return self._put_in(WORDS[self.fault].text)

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """What its buttons do."""
        return WORDS[self.fault].remedies

    def button(self, remedy: Remedy) -> str:
        """The words of a button, in the player's language."""
        return self._put_in(remedy.value)

    def _put_in(self, words: str) -> str:
        return tr(words, *self.values) if words else ""


class _Words(NamedTuple):
    """English, with places for a banner's values."""

    title: str
    text: str
    remedies: tuple[Remedy, ...]


def _words(fault: Fault, title: str, text: str, *remedies: Remedy) -> tuple[Fault, _Words]:
    return fault, _Words(title, text, remedies or (Remedy.HIDE,))


WORDS = dict(
    (
        _words(Fault.FAILED, mark("Listening has stopped."), "{}", Remedy.TRY_AGAIN),
        _words(
            Fault.NO_INPUT,
            mark("No microphone found."),
            mark("Connect one or choose another input."),
            Remedy.CHOOSE_INPUT,
            Remedy.EXAMPLE,
        ),
        _words(
            Fault.PERMISSION,
            mark("Liszten may not use the microphone."),
            mark("Allow it in System Settings › Privacy & Security › Microphone, then try again."),  # noqa: RUF001
            Remedy.OPEN_SETTINGS,
            Remedy.TRY_AGAIN,
        ),
        _words(
            Fault.UNPLUGGED,
            mark('"{}" was disconnected.'),
            mark("Your take is safe. Listening goes on when it is back."),
            Remedy.USE_ANOTHER_INPUT,
        ),
        _words(Fault.DISK, mark("The take cannot be saved."), "{}", Remedy.SAVE_ELSEWHERE, Remedy.HIDE),
        _words(Fault.RUN, mark("This run is not recorded."), "{}"),
        _words(
            Fault.MIDI_PAUSED,
            mark("No notes are sent."),
            mark("Use headphones or turn the speakers down, then send again."),
            Remedy.SEND_AGAIN,
            Remedy.HIDE,
        ),
        _words(
            Fault.ECHO,
            mark("Liszten hears its own notes from the speakers."),
            mark("Use headphones or turn the speakers down."),
            Remedy.PAUSE_MIDI,
            Remedy.IGNORE,
        ),
        _words(
            Fault.WRONG_CHANNEL,
            mark("Input {0} is silent, but input {1} has sound."),
            "",
            Remedy.USE_OTHER,
            Remedy.KEEP,
        ),
        _words(
            Fault.TOO_SLOW,
            mark("This computer cannot keep up."),
            mark("Some sound was lost. Close other programs, the plots and the second screen."),
        ),
        _words(Fault.STOOD_STILL, mark("This computer stood still."), mark("What was played meanwhile is lost.")),
        _words(
            Fault.DELIVERED_LATE,
            mark("Sound came too late."),
            mark("This computer's sound system held it back for a moment. It was left out."),
        ),
        _words(
            Fault.NO_VIRTUAL_PORT,
            mark("Windows has no virtual MIDI port yet."),
            mark("Create one with loopMIDI or Windows MIDI Services, then choose it here."),
            Remedy.SHOW_HOW,
            Remedy.LOOK_AGAIN,
        ),
        _words(
            Fault.PORT_LOST,
            mark('The MIDI port "{}" is gone.'),
            mark("Liszten opens it again as soon as it can."),
            Remedy.CHOOSE_PORT,
        ),
        _words(Fault.NO_MIDI, mark("No notes are sent."), "{}", Remedy.HIDE),
        _words(Fault.REFUSED, mark("This cannot be set."), "{}"),
        _words(
            Fault.TOO_LOUD,
            mark("The input is distorting."),
            mark("Turn the gain down until the meter stays below −6 dB."),  # noqa: RUF001
        ),
        _words(
            Fault.SPEECH,
            mark("Your computer seems to clean the sound for speech."),
            mark("That removes piano notes. Turn off noise suppression and automatic gain."),
            Remedy.SHOW_HOW,
            Remedy.HIDE,
        ),
        _words(
            Fault.TOO_QUIET, mark("The piano is very quiet."), mark("Move the microphone closer or raise the gain.")
        ),
        _words(Fault.SETTINGS, mark("The settings could not be read."), "{}"),
        _words(
            Fault.RECOVERED,
            mark("Liszten was closed unexpectedly."),
            mark("{} was saved."),
            Remedy.OPEN,
            Remedy.HIDE,
        ),
    )
)


class ActiveFaults:
    """The faults that are present, one shown at a time. A hidden one stays hidden until its cause has gone."""

    def __init__(self) -> None:
        self._present: dict[Fault, tuple[Banner, float | None]] = {}
        self._hidden: set[Fault] = set()

    def raise_(self, fault: Fault, *values: Value, until: float | None = None) -> None:
        """The fault is there. until: monotonic time in s at which it counts as gone; None: when `clear` says so."""
        self._present[fault] = (Banner(fault, values), until)

    def clear(self, *faults: Fault) -> None:
        """The causes are gone."""
        for fault in faults:
            self._present.pop(fault, None)
            self._hidden.discard(fault)

    def hide(self, fault: Fault) -> None:
        """The player does not want to see it."""
        self._hidden.add(fault)

    def shown(self, now: float) -> Banner | None:
        """The worst that is present and not hidden, at monotonic time `now`."""
        self.clear(*[fault for fault, (_, until) in self._present.items() if until is not None and until <= now])
        visible = [fault for fault in Fault if fault in self._present and fault not in self._hidden]
        return self._present[visible[0]][0] if visible else None
