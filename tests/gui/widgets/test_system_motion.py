"""Reduced motion by the system's settings: the desktop portal is asked; one that is not there is no fault."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gui.widgets.system_motion import ask_for_calm

PORTAL = """
import sys
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection, QDBusVariant
from gui.widgets.system_motion import GNOME, GNOME_ANIMATIONS, PORTAL, PORTAL_PATH, ask_for_calm

@ClassInfo({"D-Bus Interface": "org.freedesktop.portal.Settings"})
class Settings(QObject):
    @Slot(str, str, result=QDBusVariant)
    def Read(self, group, key):
        assert (group, key) == (GNOME, GNOME_ANIMATIONS)
        return QDBusVariant(QDBusVariant(sys.argv[1] == "animated"))

app, settings, bus = QCoreApplication([]), Settings(), QDBusConnection.sessionBus()
assert bus.registerObject(PORTAL_PATH, settings, QDBusConnection.RegisterOption.ExportAllSlots)
assert bus.registerService(PORTAL)
ask_for_calm(lambda calm: (print("calm" if calm else "lively"), app.quit()))
QTimer.singleShot(8000, app.quit)
app.exec()
"""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="no message bus to start")
@pytest.mark.parametrize(("animations", "expected"), [("animated", "lively"), ("still", "calm")])
def test_the_portal_is_asked(animations: str, expected: str):
    """A portal on a bus of its own; no animations on the desktop are less motion here."""
    command = ["dbus-run-session", "--", sys.executable, "-c", PORTAL, animations]
    root = Path(__file__).resolve().parents[3]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root)}
    answer = subprocess.run(command, capture_output=True, text=True, timeout=30, env=environment, cwd=root)
    assert answer.stdout.split() == [expected], answer.stderr


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_a_system_that_does_not_tell_is_no_fault(platform: str, monkeypatch: pytest.MonkeyPatch):
    """Without a bus, and with libraries that are not there: no answer, and nothing raised."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    answers: list[bool] = []
    ask_for_calm(answers.append, platform)
    assert answers == []
