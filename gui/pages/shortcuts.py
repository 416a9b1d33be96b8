"""Which command a key press means."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from gui.state.keymap import BY_NAME, Command, Keymap

PORTABLE = QKeySequence.SequenceFormat.PortableText
NOT_KEYS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_unknown)


def command_of(keymap: Keymap, event: QKeyEvent, shown: str) -> Command | None:
    """What a key press means. shown: as `Keymap.command` has it.

    A key that means nothing with Shift means what it does without: on some keyboards digits and "?" need Shift. A sign
    that is typed with AltGr, which Windows reports as Ctrl and Alt, or with Option means itself: so is "[" in German.
    """
    if event.key() in NOT_KEYS:
        return None
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    without = modifiers & ~Qt.KeyboardModifier.ShiftModifier
    tried = (modifiers, without) if without == Qt.KeyboardModifier.NoModifier else (modifiers,)
    keys = [_text(event.key(), held) for held in tried]
    if modifiers & Qt.KeyboardModifier.AltModifier and not event.text().isalnum():
        keys.append(event.text())
    found = (keymap.command(key, shown) for key in keys)
    by_system = event.matches(QKeySequence.StandardKey.FullScreen) and "full" not in keymap.chosen  # ⌃⌘F on macOS
    return next((command for command in found if command is not None), BY_NAME["full"] if by_system else None)


def _text(key: int, held: Qt.KeyboardModifier) -> str:
    return QKeySequence(held.value | key).toString(PORTABLE)
