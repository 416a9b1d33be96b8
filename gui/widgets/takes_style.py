"""The style sheet of the pages of takes, files and practice."""

from __future__ import annotations

from gui.stage.theme import Theme, rgb
from gui.widgets.style import tinted


def takes_sheet(theme: Theme, text: float = 1.0) -> str:
    """What goes after the window's own sheet. text: how large words are."""
    t = theme

    def px(size: int) -> str:
        return f"{round(size * text)}px"

    raised = tinted(t.text, t.card, 0.06)
    chosen = tinted(t.accent, t.panel, 0.22) if t.name != "contrast" else t.accent
    chosen_text = tinted(t.accent, t.text, 0.35) if t.name != "contrast" else t.on_accent
    veil = ", ".join(map(str, rgb(tinted(t.accent, t.window, 0.16))))
    return f"""
QWidget#page, QWidget#gallery {{ background: {t.window}; }}
QLabel#title {{ font-size: {px(18)}; font-weight: 700; }}
QLabel#empty {{ font-size: {px(15)}; font-weight: 600; }}
QListView#takes {{ background: {t.window}; border: none; }}
QListView#takes:focus {{ border: none; }}
QLineEdit {{ background: {t.window}; border: 1px solid {t.accent}; border-radius: 6px; padding: 0 8px;
    selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit#rename {{ font-size: {px(14)}; font-weight: 600; }}
QScrollArea#files {{ background: {t.window}; }}
QPushButton#tab {{ border: 2px solid transparent; background: transparent; border-radius: 16px; padding: 0 16px;
    min-height: {px(28)}; color: {t.second}; font-weight: 600; }}
QPushButton#tab:hover {{ color: {t.text}; background: {raised}; }}
QPushButton#tab:checked {{ background: {chosen}; color: {chosen_text}; }}
QPushButton#tab:focus {{ border: 2px solid {t.accent}; }}
QPushButton#main {{ background: {t.accent}; border-color: {t.accent}; color: {t.on_accent}; font-weight: 600;
    min-height: {px(34)}; }}
QPushButton#main:hover {{ background: {tinted(t.text, t.accent, 0.15)}; }}
QPushButton#main:disabled {{ background: {t.card}; border-color: {t.line}; color: {t.third}; }}
QPushButton#main:focus {{ border: 2px solid {t.text}; }}
QPushButton#back {{ border: 1px solid transparent; background: transparent; text-align: left; padding: 0 4px;
    color: {t.second}; font-weight: 600; }}
QPushButton#back:hover {{ color: {t.text}; background: {raised}; }}
QPushButton#back:focus {{ border: 2px solid {t.accent}; }}
QPushButton#round:checked {{ border-color: {t.accent}; background: {tinted(t.accent, t.panel, 0.14)}; }}
QPushButton#round:disabled {{ background: transparent; }}
QPushButton#tempo {{ border: 2px solid transparent; background: transparent; border-radius: 7px; padding: 0;
    min-width: {px(48)}; font-weight: 700; }}
QPushButton#tempo:hover {{ background: {raised}; }}
QPushButton#tempo:disabled {{ color: {t.third}; }}
QPushButton#tempo:focus {{ border-color: {t.accent}; }}
QFrame#tile {{ background: {t.card}; border: 1px dashed {t.edge}; border-radius: 8px; }}
QFrame#tile:hover {{ border-color: {t.accent}; background: {raised}; }}
QFrame#zone {{ background: {tinted(t.accent, t.window, 0.05)}; border: 2px dashed {t.edge}; border-radius: 12px; }}
QFrame#card {{ background: {t.card}; border: 1px solid {t.line}; border-radius: 8px; }}
QFrame#next {{ background: {tinted(t.accent, t.card, 0.1)}; border: 1px solid {tinted(t.accent, t.card, 0.4)};
    border-left: 3px solid {t.accent}; border-radius: 8px; }}
QLabel#next {{ color: {t.accent}; font-weight: 700; border: none; background: transparent; }}
QFrame#notice {{ background: {t.card}; border: 1px solid {t.warning}; border-radius: 8px; }}
QLabel#end {{ font-size: {px(12)}; }}
QLabel#aspect {{ font-size: {px(11)}; font-weight: 600; color: {t.third}; }}
QFrame#toast {{ background: {t.text}; border: none; border-radius: 10px; }}
QFrame#toast QLabel {{ color: {t.window}; font-weight: 600; }}
QFrame#toast QPushButton {{ color: {tinted(t.accent, t.window, 0.6)}; background: transparent; }}
QFrame#veil {{ background: rgba({veil}, 220); border: 3px dashed {t.accent}; border-radius: 16px; }}
QFrame#lessonCard, QFrame#lessonPill {{ background: {t.panel}; border: 1px solid {t.line}; border-radius: 10px; }}
QFrame#lessonPill {{ border: 1px solid {t.accent}; border-radius: 20px; }}
QFrame#lessonCard QLabel, QFrame#lessonPill QLabel {{ border: none; }}
QPushButton#shareForm:checked {{ border-color: {t.accent}; background: {chosen}; color: {chosen_text};
    font-weight: 600; }}
QPushButton#shareForm:disabled {{ color: {t.edge}; }}
QPushButton#shareForm:focus {{ border: 2px solid {t.accent}; }}
QFrame#takeCard {{ background: {t.panel}; border: 1px solid {t.accent}; border-radius: 12px; }}
QFrame#takeCard QLabel {{ border: none; }}
QLabel#cardTitle {{ font-size: {px(15)}; font-weight: 700; }}
QLabel#beat {{ font-size: {px(22)}; color: {t.accent}; }}
QPushButton#suggestion {{ background: {tinted(t.accent, t.card, 0.1)}; border: 1px solid {t.line};
    border-left: 3px solid {t.accent}; text-align: left; padding: 8px 12px; font-weight: 600; }}
QPushButton#suggestion:hover {{ border-color: {t.accent}; }}
QPushButton#suggestion:focus {{ border: 2px solid {t.accent}; }}
QSplitter#views::handle {{ background: {t.line}; height: 5px; }}
QSplitter#views::handle:hover {{ background: {t.accent}; }}
QListWidget#takes {{ background: {t.window}; border: none; }}
QProgressBar {{ background: {t.edge}; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
"""
