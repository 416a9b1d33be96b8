"""The themes as Qt sees them: the style sheet, the typeface, and icons drawn as vectors in any colour."""

from __future__ import annotations

import functools
from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.stage.lettering import WEIGHTS
from gui.stage.theme import Theme, mix, rgb

FAMILY = "Inter"
# Drawn on 24 × 24 with strokes of 1.8.
SHAPES = {
    "microphone": '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>',
    "sliders": '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>',
    "midi": '<circle cx="12" cy="12" r="9"/><g fill="{0}" stroke="none"><circle cx="7.5" cy="12" r="1.2"/>'
    '<circle cx="9" cy="8.5" r="1.2"/><circle cx="15" cy="8.5" r="1.2"/><circle cx="16.5" cy="12" r="1.2"/>'
    '<circle cx="12" cy="7" r="1.2"/></g><path d="M10 20.5v-2h4v2"/>',
    "display": '<rect x="3" y="4.5" width="18" height="12" rx="2"/><path d="M9 20h6M12 16.5V20"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.2l3.2 2"/>',
    "night": '<path d="M20 14.2A8.2 8.2 0 0 1 9.8 4 8.2 8.2 0 1 0 20 14.2z" fill="{0}" stroke="none"/>',
    "daylight": '<circle cx="12" cy="12" r="4.2"/><path d="M12 2.5v2.6M12 18.9v2.6M2.5 12h2.6M18.9 12h2.6M5.3 5.3l1.8 '
    '1.8M16.9 16.9l1.8 1.8M18.7 5.3l-1.8 1.8M7.1 16.9l-1.8 1.8"/>',
    "contrast": '<circle cx="12" cy="12" r="8.6"/><path d="M12 3.4a8.6 8.6 0 0 1 0 17.2z" fill="{0}" stroke="none"/>',
    "panel": '<rect x="3" y="4" width="18" height="16" rx="3"/><path d="M15 4v16h3a3 3 0 0 0 3-3V7a3 3 0 0 0-3-3z" '
    'fill="{0}" stroke="none"/>',
    "full": '<path d="M4 9V5a1 1 0 0 1 1-1h4M15 4h4a1 1 0 0 1 1 1v4M20 15v4a1 1 0 0 1-1 1h-4"/>'
    '<path d="M9 20H5a1 1 0 0 1-1-1v-4"/>',
    "record": '<circle cx="12" cy="12" r="7" fill="{0}" stroke="none"/>',
    "stop": '<rect x="6" y="6" width="12" height="12" rx="2" fill="{0}" stroke="none"/>',
    "listen": '<path d="M8 5.5v13l11-6.5z" fill="{0}" stroke-linejoin="round"/>',
    "pause": '<path d="M8.5 6v12M15.5 6v12" stroke-width="3.4"/>',
    "warning": '<path d="M12 4 2.8 20h18.4z" stroke-linejoin="round"/><path d="M12 10v4.6M12 17.2v.2"/>',
    "refresh": '<path d="M19.5 12a7.5 7.5 0 1 1-2.4-5.5M19.8 3.5v4h-4"/>',
    "check": '<path d="m5 12.5 4.6 4.6L19.5 7.2"/>',
    "wait": '<circle cx="12" cy="12" r="7.5" stroke-dasharray="2.6 3.3"/>',
    "missed": '<circle cx="12" cy="12" r="6.5" stroke-width="2.6"/>',
    "late": '<path d="M7 5v14l11-7z" fill="{0}" stroke-linejoin="round"/>',
    "early": '<path d="M17 5v14L6 12z" fill="{0}" stroke-linejoin="round"/>',
    "metronome": '<path d="M9 3.5h6l3.5 17h-13z" stroke-linejoin="round"/><path d="M6.6 15.5h10.8M12 15.5l5.5-9"/>',
    "staff": '<path d="M3 6h18M3 10h18M3 14h18M3 18h18"/><ellipse cx="9" cy="14" rx="2.4" ry="1.9" fill="{0}"/>'
    '<path d="M11.2 14V5"/>',
    "blocks": '<rect x="4" y="4" width="4.5" height="8" rx="1.4"/><rect x="10" y="9" width="4.5" height="8" rx="1.4"/>'
    '<rect x="16" y="5" width="4.5" height="6" rx="1.4"/><path d="M3 20.5h18"/>',
    "both": '<rect x="3.5" y="4" width="17" height="16" rx="2.5"/><path d="M3.5 12h17M7 8h6M8 14v3.5M13 14v2.5"/>',
    "skip": '<path d="M18 5v14"/><path d="M5 5.5v13L15 12z" fill="{0}" stroke-linejoin="round"/>',
    "quiet": '<path d="M4 12h16"/>',
    "down": '<path d="m6 9.5 6 6 6-6"/>',
    "begin": '<path d="M6 5v14"/><path d="M19 5.5v13L9 12z" fill="{0}" stroke-linejoin="round"/>',
    "loop": '<path d="M4 12V9.5A3.5 3.5 0 0 1 7.5 6H19M16 3l3 3-3 3M20 12v2.5a3.5 3.5 0 0 1-3.5 3.5H5M8 21l-3-3 3-3"/>',
    "share": '<path d="M12 14V3.5M8 7.5l4-4 4 4M6.5 11H5.2A1.2 1.2 0 0 0 4 12.2v7.1a1.2 1.2 0 0 0 1.2 1.2h13.6a1.2 1.2 '
    '0 0 0 1.2-1.2v-7.1a1.2 1.2 0 0 0-1.2-1.2h-1.3"/>',
    "ramp": '<path d="M4 19h4.5v-4H13v-4h4.5V7H21"/><path d="M4 11.5 11 4.5M6.5 4.5H11V9"/>',
    "back": '<path d="m14.5 5.5-6.5 6.5 6.5 6.5"/>',
    "bin": '<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10.2 10.5v6M13.8 10.5v6"/>',
    "folder": '<path d="M3.5 18V6.5A1.5 1.5 0 0 1 5 5h4.5l2 2.5H19A1.5 1.5 0 0 1 20.5 9v9a1.5 1.5 0 0 1-1.5 1.5H5A1.5 '
    '1.5 0 0 1 3.5 18z"/>',
    "save": '<path d="M12 4v11M7.5 11 12 15.5 16.5 11M4.5 19.5h15"/>',
    "drop": '<path d="M12 15V4M7.5 8.5 12 4l4.5 4.5M4 15v3.5A1.5 1.5 0 0 0 5.5 20h13a1.5 1.5 0 0 0 1.5-1.5V15"/>',
    "waveform": '<path d="M4 12h2l2-6 3.5 12L14.5 8l2 6 1.2-2H20"/>',
    "close": '<path d="m6.5 6.5 11 11M17.5 6.5l-11 11"/>',
    "file": '<path d="M7 3.5h7l4 4V20a.8.8 0 0 1-.8.8H7a.8.8 0 0 1-.8-.8V4.3a.8.8 0 0 1 .8-.8z"/>'
    '<path d="M13.5 3.5V8H18"/>',
    "note": '<path d="M10 17.5V5.5l8-1.5v11.5"/><ellipse cx="7.8" cy="17.5" rx="2.4" ry="2" fill="{0}"/>'
    '<ellipse cx="15.8" cy="15.5" rx="2.4" ry="2" fill="{0}"/>',
    "reset": '<path d="M8.5 5 4 9.5 8.5 14"/><path d="M4.5 9.5H14a5.5 5.5 0 0 1 0 11h-3"/>',
    "settings": '<circle cx="12" cy="12" r="3.1"/><path d="M12 2.8v3M12 18.2v3M2.8 12h3M18.2 12h3M5.5 5.5l2.1 2.1'
    'M16.4 16.4l2.1 2.1M18.5 5.5l-2.1 2.1M7.6 16.4l-2.1 2.1"/><circle cx="12" cy="12" r="6.4"/>',
    "second": '<rect x="2.5" y="4" width="13" height="9.5" rx="1.8"/><path d="M8.5 17.5v1A1.5 1.5 0 0 0 10 20h10a1.5 '
    '1.5 0 0 0 1.5-1.5v-7A1.5 1.5 0 0 0 20 10h-1"/>',
    "plots": '<path d="M4 4v16h16"/><path d="M8 16v-4M12 16V8M16 16v-6"/>',
    "help": '<path d="M9 9.2a3 3 0 1 1 4.6 2.6c-1 .6-1.6 1.2-1.6 2.4M12 17.4v.2"/><circle cx="12" cy="12" r="9"/>',
}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{0}" stroke-width="1.8" '
    'stroke-linecap="round">{1}</svg>'
)


def load_fonts() -> None:
    """Give Qt the bundled typeface; the system's stands in where it cannot be read."""
    for name in WEIGHTS.values():
        QFontDatabase.addApplicationFontFromData(QByteArray((resources.files("assets") / "fonts" / name).read_bytes()))


def font(size: int, weight: int = 500, tracking: float = 0.0) -> QFont:
    """The typeface in px, with figures of one width. weight: 500, 600 or 700; tracking: extra px between letters."""
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setFeature(QFont.Tag("tnum"), 1)
    if tracking:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, tracking)
    return made


@functools.lru_cache(maxsize=256)
def pixmap(name: str, colour: str, size: int, ratio: float = 2.0) -> QPixmap:
    """An icon, or the "logo". size: logical px; ratio: device pixels per logical pixel."""
    source = _logo() if name == "logo" else SVG.format(colour, SHAPES[name].format(colour))
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def _logo() -> str:
    return (resources.files("assets") / "icons" / "liszten.svg").read_text(encoding="utf-8")


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """As `pixmap`, for buttons."""
    return QIcon(pixmap(name, colour, size))


def tinted(colour: str, onto: str, share: float) -> str:
    """`onto` with a share (0-1) of `colour`, as "#rrggbb"."""
    return QColor(*mix(rgb(onto), rgb(colour), share)).name()


def style_sheet(theme: Theme, text: float = 1.0) -> str:
    """Everything that Qt draws itself. text: how large words are, and with them what holds them."""
    t = theme

    def px(size: int) -> str:
        return f"{round(size * text)}px"

    chosen = tinted(t.accent, t.card, 0.22) if t.name != "contrast" else t.accent
    chosen_text = t.text if t.name != "contrast" else t.on_accent
    raised = tinted(t.text, t.card, 0.06)
    danger = tinted(t.record, t.panel, 0.14)
    return f"""
* {{ font-family: {FAMILY}; font-size: {px(13)}; font-weight: 500; color: {t.text}; outline: none; }}
QWidget#window, QWidget#transport, QWidget#status {{ background: {t.window}; }}
QWidget#top {{ background: {t.panel}; border-bottom: 1px solid {t.line}; }}
QWidget#transport, QWidget#status {{ background: {t.panel}; border-top: 1px solid {t.line}; }}
QWidget#panel, QWidget#foldedPanel, QWidget#sections {{ background: {t.panel}; }}
QWidget#panel, QWidget#foldedPanel {{ border-left: 1px solid {t.line}; }}
QWidget#sheet {{ background: {t.panel}; border-left: 1px solid {t.edge}; border-bottom: 1px solid {t.edge}; }}
QScrollArea {{ background: {t.panel}; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 8px; }}
QScrollBar::handle:vertical {{ background: {t.line}; border-radius: 4px; min-height: 32px; }}
QScrollBar::handle:vertical:hover {{ background: {t.edge}; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
QLabel {{ background: transparent; }}
QLabel#name {{ font-size: {px(18)}; font-weight: 700; }}
QLabel#head {{ font-size: {px(11)}; font-weight: 700; color: {t.third}; }}
QLabel#value {{ font-weight: 600; }}
QLabel#clock {{ font-size: {px(20)}; font-weight: 600; }}
QLabel#small, QWidget#status QLabel {{ font-size: {px(12)}; color: {t.second}; }}
QFrame#rule {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
QPushButton {{ background: {t.card}; border: 1px solid {t.line}; border-radius: 8px; min-height: {px(30)};
    padding: 0 12px; }}
QPushButton:hover {{ background: {raised}; border-color: {t.edge}; }}
QPushButton:focus, QComboBox:focus, QSpinBox:focus {{ border: 2px solid {t.accent}; }}
QPushButton#chip {{ border-radius: {round(28 * text) // 2 + 1}px; padding: 0 12px;
    min-height: {px(28)}; max-height: {px(28)}; font-size: {px(12)}; font-weight: 600; }}
QPushButton#icon {{ padding: 0; min-width: 32px; max-width: 32px; }}
QPushButton#round {{ padding: 0; min-width: 38px; max-width: 38px; min-height: 38px; max-height: 38px;
    border-radius: 20px; }}
QPushButton#record {{ border-radius: 16px; border-color: {t.record}; background: {danger}; font-weight: 600;
    min-width: 102px; }}
QPushButton#record:disabled {{ border-color: {t.line}; background: {t.card}; color: {t.third}; }}
QPushButton#panic {{ border-color: {t.record}; background: {danger}; color: {t.error}; font-weight: 600; }}
QPushButton#segment {{ border: 1px solid transparent; background: transparent; border-radius: 7px; padding: 0 2px;
    min-height: {px(28)}; color: {t.second}; font-size: {px(12)}; }}
QPushButton#segment:hover {{ color: {t.text}; }}
QPushButton#segment:checked {{ background: {chosen}; border-color: {t.accent}; color: {chosen_text};
    font-weight: 600; }}
QPushButton#segment:disabled {{ color: {t.edge}; }}
QPushButton#segment:focus {{ border: 2px solid {t.accent}; }}
QWidget#segments {{ background: {t.card}; border: 1px solid {t.line}; border-radius: 8px; }}
QComboBox, QSpinBox {{ background: {t.card}; border: 1px solid {t.line}; border-radius: 8px; min-height: {px(30)};
    padding: 0 10px; }}
QComboBox:hover, QSpinBox:hover {{ border-color: {t.edge}; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{ background: {t.card}; border: 1px solid {t.edge}; selection-background-color: {chosen};
    selection-color: {chosen_text}; padding: 4px; }}
QFileDialog QAbstractItemView {{ background: {t.card}; selection-background-color: {chosen};
    selection-color: {chosen_text}; }}
QFileDialog QHeaderView::section {{ background: {t.panel}; border: none; padding: 4px; }}
QFileDialog QToolButton {{ background: {tinted(t.text, t.panel, 0.5)}; border-radius: 4px; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
QWidget#stepper {{ background: {t.card}; border: 1px solid {t.line}; border-radius: 8px; }}
QPushButton#step {{ border: 1px solid transparent; background: transparent; border-radius: 7px; padding: 0;
    min-width: {px(24)}; min-height: {px(28)}; color: {t.second}; font-weight: 600; }}
QPushButton#step:hover {{ color: {t.text}; }}
QPushButton#step:disabled {{ color: {t.edge}; }}
QPushButton#step:focus {{ border: 2px solid {t.accent}; }}
QPushButton#link {{ border: 1px solid transparent; background: transparent; padding: 0 4px; text-align: left;
    min-height: {px(24)}; color: {t.accent}; font-size: {px(12)}; font-weight: 600; }}
QPushButton#link:hover {{ background: {raised}; }}
QPushButton#link:disabled {{ color: {t.edge}; }}
QPushButton#link:focus {{ border: 2px solid {t.accent}; }}
QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {t.edge}; }}
QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {t.accent}; }}
QSlider::handle:horizontal {{ width: 16px; height: 16px; margin: -7px 0; border-radius: 9px; background: #FFFFFF;
    border: 1px solid {t.edge}; }}
QSlider::handle:horizontal:hover {{ border-color: {t.accent}; }}
QSlider::handle:horizontal:focus {{ border: 2px solid {t.accent}; }}
QWidget#banner {{ background: {t.card}; border: 1px solid {t.warning}; border-radius: 10px; }}
QLabel#banner-title {{ font-size: {px(15)}; font-weight: 700; }}
QLabel#banner-text {{ color: {t.second}; }}
QMenu {{ background: {t.card}; border: 1px solid {t.edge}; padding: 4px; }}
QMenu::item {{ padding: 6px 20px 6px 12px; border-radius: 6px; }}
QMenu::item:selected {{ background: {chosen}; color: {chosen_text}; }}
QMenu::item:checked {{ color: {t.accent}; font-weight: 600; }}
QMenu::item:disabled {{ color: {t.edge}; }}
QMenu::separator {{ background: {t.line}; height: 1px; margin: 4px 8px; }}
QToolTip {{ background: {t.card}; color: {t.text}; border: 1px solid {t.edge}; padding: 4px; }}
QDialog {{ background: {t.panel}; }}
QWidget#navigation {{ background: {t.window}; border-right: 1px solid {t.line}; }}
QWidget#navigation QPushButton#link {{ padding: 0 10px; }}
QPushButton#entry {{ border: 1px solid transparent; background: transparent; text-align: left; padding: 0 10px;
    color: {t.second}; }}
QPushButton#entry:hover {{ background: {raised}; color: {t.text}; }}
QPushButton#entry:focus {{ border: 2px solid {t.accent}; }}
QKeySequenceEdit QLineEdit {{ min-height: 30px; border: 1px solid {t.edge}; }}
QKeySequenceEdit QLineEdit:focus {{ border: 2px solid {t.accent}; }}
QLabel#problem {{ font-size: {px(12)}; color: {t.warning}; }}
QLineEdit {{ background: {t.card}; border: 1px solid {t.line}; border-radius: 8px; padding: 0 8px;
    selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit:focus {{ border: 2px solid {t.accent}; }}
"""
