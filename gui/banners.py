"""What the player is told when something is wrong: the words, the worst first, and when they go away. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gui.translation import mark, tr


class Fault(Enum):
    """What can be wrong, worst first."""

    FAILED = "failed"
    NO_INPUT = "no_input"
    PERMISSION = "permission"
    UNPLUGGED = "unplugged"
    DISK = "take"
    TOO_SLOW = "too_slow"
    NO_VIRTUAL_PORT = "no_virtual_port"
    PORT_LOST = "port_lost"
    NO_MIDI = "no_midi"
    TOO_LOUD = "too_loud"
    TOO_QUIET = "too_quiet"
    SETTINGS = "settings"


class Remedy(Enum):
    """What a banner's button does; the value is the button's text in English."""

    CHOOSE_INPUT = mark("Choose input")
    USE_ANOTHER_INPUT = mark("Use another input")
    OPEN_SETTINGS = mark("Open settings")
    TRY_AGAIN = mark("Try again")
    CHOOSE_PORT = mark("Choose port")
    LOOK_AGAIN = mark("Look again")
    CHOOSE_FAST = mark("Choose Fast")
    SAVE_ELSEWHERE = mark("Save elsewhere")
    HIDE = mark("Hide")


@dataclass(frozen=True)
class Banner:
    """A title, a text that says what to do, and at most two buttons."""

    fault: Fault
    title: str
    text: str
    remedies: tuple[Remedy, ...] = (Remedy.HIDE,)


def banner(fault: Fault, detail: str = "") -> Banner:
    """The banner for a fault. detail: name of the input or port, or the sentence of a failure."""
    words = WORDS[fault]
    return Banner(fault, tr(words.title).format(detail), tr(words.text).format(detail), words.remedies)


def _words(fault: Fault, title: str, text: str, *remedies: Remedy) -> tuple[Fault, Banner]:
    return fault, Banner(fault, title, text, remedies or (Remedy.HIDE,))


WORDS = dict(
    (
        _words(Fault.FAILED, mark("Listening has stopped."), "{}", Remedy.TRY_AGAIN),
        _words(
            Fault.NO_INPUT,
            mark("No microphone found."),
            mark("Connect one or choose another input."),
            Remedy.CHOOSE_INPUT,
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
        _words(
            Fault.TOO_SLOW,
            mark("This computer cannot keep up."),
            mark("Some sound was lost. Close other programs or choose Fast."),
            Remedy.CHOOSE_FAST,
            Remedy.HIDE,
        ),
        _words(
            Fault.NO_VIRTUAL_PORT,
            mark("Windows has no virtual MIDI port yet."),
            mark("Create one with loopMIDI or Windows MIDI Services, then choose it here."),
            Remedy.LOOK_AGAIN,
            Remedy.HIDE,
        ),
        _words(
            Fault.PORT_LOST,
            mark('The MIDI port "{}" is gone.'),
            mark("Liszten opens it again as soon as it can."),
            Remedy.CHOOSE_PORT,
        ),
        _words(Fault.NO_MIDI, mark("No notes are sent."), "{}", Remedy.HIDE),
        _words(
            Fault.TOO_LOUD,
            mark("The input is distorting."),
            mark("Turn the gain down until the meter stays below −6 dB."),  # noqa: RUF001
        ),
        _words(
            Fault.TOO_QUIET, mark("The piano is very quiet."), mark("Move the microphone closer or raise the gain.")
        ),
        _words(Fault.SETTINGS, mark("The settings could not be read."), "{}"),
    )
)


class FaultBoard:
    """The faults that are present, one shown at a time. A hidden one stays hidden until its cause has gone."""

    def __init__(self) -> None:
        self._present: dict[Fault, tuple[Banner, float | None]] = {}
        self._hidden: set[Fault] = set()

    def raise_(self, fault: Fault, detail: str = "", until: float | None = None) -> None:
        """The fault is there. until: monotonic time in s at which it counts as gone; None: when `clear` says so."""
        self._present[fault] = (banner(fault, detail), until)

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
