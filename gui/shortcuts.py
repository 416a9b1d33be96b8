"""Which key does what in the main window. Keys of a replay come first: `Pages.key`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from gui.window import Window

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
Action = Callable[[], None]


def action_of(window: Window, event: QKeyEvent) -> Action | None:
    """What a key press does, None for nothing. A key that is held down does it once."""
    if event.isAutoRepeat():
        return None
    if event.matches(QKeySequence.StandardKey.FullScreen):  # ⌃⌘F on macOS
        return window.toggle_full_screen
    plain = event.modifiers() & ~(SHIFT | Qt.KeyboardModifier.KeypadModifier)
    if plain == CONTROL:
        return _with_control(window).get(event.key())
    if plain == Qt.KeyboardModifier.NoModifier:
        return _alone(window, bool(event.modifiers() & SHIFT)).get(event.key())
    return None


def _with_control(window: Window) -> dict[int, Action]:
    key, companions, pages = Qt.Key, window.companions, window.pages
    return {
        key.Key_Comma: companions.open_settings,
        key.Key_D: companions.toggle_second,
        key.Key_L: window.announce,
        key.Key_Tab: pages.turn_on,
        key.Key_O: pages.choose_files,
    }


def _alone(window: Window, shift: bool) -> dict[int, Action]:
    key, desk, companions = Qt.Key, window.desk, window.companions
    return {
        key.Key_Space: desk.toggle_listening,
        key.Key_R: desk.save_recent if shift else desk.toggle_recording,
        key.Key_Escape: window.escape,
        key.Key_T: desk.next_theme,
        key.Key_C: desk.next_colours,
        key.Key_N: lambda: desk.set_display(names=not desk.settings.names),
        key.Key_1: lambda: desk.show_hands("left"),
        key.Key_2: lambda: desk.show_hands("right"),
        key.Key_3: lambda: desk.show_hands("both"),
        key.Key_P: window.fold,
        key.Key_Up: lambda: desk.change_speed(1),
        key.Key_Down: lambda: desk.change_speed(-1),
        key.Key_F11: window.toggle_full_screen,
        key.Key_G: companions.toggle_plots,
        key.Key_F1: companions.open_keys,
        key.Key_Question: companions.open_keys,
    }
