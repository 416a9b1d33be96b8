"""What the commands of the keyboard do beside the main window itself. Those of takes and replays: `Gallery.obey`."""

from __future__ import annotations

from collections.abc import Callable

from gui.pages.companions import Companions
from gui.pages.pages import Pages
from gui.state.desk import Desk

Action = Callable[[], None]


def actions(desk: Desk, companions: Companions, pages: Pages) -> dict[str, Action]:
    """What each command does, by its name; those of the window itself are in `MainWindow.commands`."""
    return {
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
        "second": companions.toggle_second,
        "plots": companions.toggle_plots,
        "settings": companions.open_settings,
        "keys": companions.open_shortcut_table,
    }
