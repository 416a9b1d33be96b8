"""What the commands of the keyboard do beside the main window itself. Those of takes and replays: `Gallery.obey`."""

from __future__ import annotations

from collections.abc import Callable

from gui.pages.pages import Pages
from gui.pages.secondary_windows import SecondaryWindows
from gui.state.controller import Controller

Action = Callable[[], None]


def actions(controller: Controller, secondary_windows: SecondaryWindows, pages: Pages) -> dict[str, Action]:
    """What each command does, by its name; those of the window itself are in `MainWindow.commands`."""
    return {
        "listen": controller.toggle_listening,
        "record": pages.record,
        "recent": controller.save_recent,
        "undo": pages.undo_delete,
        "page": pages.turn_on,
        "files": pages.choose_files,
        "faster": lambda: controller.change_speed(1),
        "slower": lambda: controller.change_speed(-1),
        "theme": controller.next_theme,
        "colours": controller.next_colours,
        "names": lambda: controller.set_display(names=not controller.settings.names),
        "left": lambda: controller.show_hands("left"),
        "right": lambda: controller.show_hands("right"),
        "both": lambda: controller.show_hands("both"),
        "second": secondary_windows.toggle_second,
        "plots": secondary_windows.toggle_plots,
        "settings": secondary_windows.open_settings,
        "keys": secondary_windows.open_shortcut_table,
    }
