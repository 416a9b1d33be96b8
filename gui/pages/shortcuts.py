"""What the commands of the keyboard do in the main window. Those of takes and replays come first: `Gallery.obey`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from gui.state.keymap import BY_NAME, Command, Keymap

if TYPE_CHECKING:
    from gui.pages.window import Window

Action = Callable[[], None]
PORTABLE = QKeySequence.SequenceFormat.PortableText
NOT_KEYS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_unknown)


def command_of(keymap: Keymap, event: QKeyEvent, live: bool) -> Command | None:
    """What a key press means. live: whether the live stage is shown.

    A key that means nothing with Shift means what it does without: on some keyboards digits and "?" need Shift. A sign
    that is typed with AltGr, which Windows tells as Ctrl and Alt, or with Option means itself: so is "[" in German.
    """
    if event.key() in NOT_KEYS:
        return None
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    without = modifiers & ~Qt.KeyboardModifier.ShiftModifier
    tried = (modifiers, without) if without == Qt.KeyboardModifier.NoModifier else (modifiers,)
    keys = [_text(event.key(), held) for held in tried]
    if modifiers & Qt.KeyboardModifier.AltModifier and not event.text().isalnum():
        keys.append(event.text())
    found = (keymap.command(key, live) for key in keys)
    by_system = event.matches(QKeySequence.StandardKey.FullScreen) and "full" not in keymap.chosen  # ⌃⌘F on macOS
    return next((command for command in found if command is not None), BY_NAME["full"] if by_system else None)


def actions(window: Window) -> dict[str, Action]:
    """What each command does in the main window, by its name."""
    desk, companions, pages = window.desk, window.companions, window.pages
    return {
        "escape": window.escape,
        "listen": desk.toggle_listening,
        "record": desk.toggle_recording,
        "recent": desk.save_recent,
        "page": pages.turn_on,
        "files": pages.choose_files,
        "faster": lambda: desk.change_speed(1),
        "slower": lambda: desk.change_speed(-1),
        "theme": desk.next_theme,
        "colours": desk.next_colours,
        "names": lambda: desk.set_display(names=not desk.settings.names),
        "left": lambda: desk.show_hands("left"),
        "right": lambda: desk.show_hands("right"),
        "both": lambda: desk.show_hands("both"),
        "panel": window.fold,
        "full": window.toggle_full_screen,
        "second": companions.toggle_second,
        "plots": companions.toggle_plots,
        "settings": companions.open_settings,
        "aloud": window.announce,
        "keys": companions.open_keys,
    }


def _text(key: int, held: Qt.KeyboardModifier) -> str:
    return QKeySequence(held.value | key).toString(PORTABLE)
