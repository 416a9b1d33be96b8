"""Every setting that the player may change, in its section; the search among them."""

from __future__ import annotations

from collections.abc import Iterator

from gui.stage.geometry import FIT, RANGES
from gui.stage.theme import HANDS, ONE, PITCH, VELOCITY
from gui.state import curve
from gui.state.option import Choice, OnOff, Option, Place, Range
from gui.state.settings import DELAY_WORDS, GATE_OFF_DB, GREEN, TRANSPARENT, whole_limits
from gui.translation import languages, mark, tr
from realtime.contract import A4_HZ
from realtime.limits import MIDI_CHANNEL
from realtime.midi.system import NONE, PORT_NAME, VIRTUAL
from realtime.notes import note_name

LANGUAGE_NAMES = {"en": "English", "de": "Deutsch"}

KEYS = "keys"  # a section without options: the shortcuts
SECTIONS = {
    "sound": mark("Sound"),
    "listening": mark("Listening"),
    "midi": mark("MIDI"),
    "display": mark("Display"),
    "second": mark("Second screen"),
    "takes": mark("Takes and files"),
    "accessibility": mark("Accessibility"),
    KEYS: mark("Keyboard shortcuts"),
    "advanced": mark("Advanced"),
}
_THEMES = (("night", mark("Night")), ("daylight", mark("Daylight")), ("contrast", mark("High contrast")))
_CHANNELS = tuple((number, str(number)) for number in range(MIDI_CHANNEL.least, MIDI_CHANNEL.most + 1))
_KEYS = tuple((number, str(number)) for number in RANGES)


def _per_cent(value: int) -> str:
    return f"{value} %"


def _signed(value: int) -> str:
    return f"{value:+d}".replace("-", "−") if value else "0"  # noqa: RUF001


def tuning_of(cents: int) -> str:
    """The A above middle C of a piano that lies so many cents off."""
    return tr("A4 = {:.1f} Hz ({} cents)", A4_HZ * 2 ** (cents / 1200), _signed(cents))


def _decibels(value: int) -> str:
    return tr("Off") if value <= GATE_OFF_DB else f"−{-value} dBFS"  # noqa: RUF001


OPTIONS = (
    Option(
        "input",
        "sound",
        mark("Microphone"),
        mark("Where the piano is heard. Bluetooth microphones cut off most of its sound."),
        Choice((("", mark("System default")),)),
    ),
    Option(
        "headphones",
        "sound",
        mark("Headphones"),
        mark("Where the metronome and the hand that you do not practise sound. The microphone must not hear them."),
        Choice((("", mark("None: practice is silent")),)),
    ),
    Option(
        "channel",
        "sound",
        mark("Channel"),
        mark("Of a microphone with two. Auto takes the one that has sound."),
        Choice((("auto", mark("Auto")), ("1", mark("Input 1")), ("2", mark("Input 2")), ("mix", mark("Mix")))),
    ),
    Option(
        "gate_db",
        "sound",
        mark("Noise gate"),
        mark("Nothing softer begins a note. It never cuts off a note that sounds."),
        Range(*whole_limits("gate_db"), _decibels, value=float),
    ),
    Option(
        "delay",
        "listening",
        mark("Delay"),
        mark("Live: each note as soon as it is sure. For playing a synthesiser along, a constant delay is better."),
        Choice(tuple(DELAY_WORDS.items())),
    ),
    Option(
        "sensitivity",
        "listening",
        mark("Sensitivity"),
        mark("More hears softer notes, and more that nobody played."),
        Range(*whole_limits("sensitivity"), _per_cent, value=float),
    ),
    Option(
        "min_note_ms",
        "listening",
        mark("Shortest note"),
        mark("No note is let go sooner, unless its key is struck again."),
        Range(*whole_limits("min_note_ms"), lambda value: f"{value} ms", value=float),
    ),
    Option(
        "tuning_cents",
        "listening",
        mark("Tuning of the piano"),
        mark("Liszten hears it as if it were in tune. The first-run guide measures it."),
        Range(*whole_limits("tuning_cents"), tuning_of, value=float),
    ),
    Option(
        "ignore_own",
        "listening",
        mark("Ignore my own notes"),
        mark("What comes back softer from speakers that play what Liszten sends. True repeats may go with it."),
        OnOff(),
    ),
    Option(
        "midi_port",
        "midi",
        mark("MIDI port"),
        mark("Where the notes go. Liszten's own port is there as long as Liszten runs."),
        Choice(((VIRTUAL, PORT_NAME), (NONE, mark("No MIDI")))),
    ),
    Option("midi_channel", "midi", mark("MIDI channel"), mark("1 suits nearly every program."), Choice(_CHANNELS)),
    Option(
        "transpose",
        "midi",
        mark("Transpose"),
        mark("In semitones, for what is sent; the picture shows the keys that were struck."),
        Range(*whole_limits("transpose"), _signed),
    ),
    Option(
        "velocity_gamma",
        "midi",
        mark("Velocity curve"),
        mark("Above zero soft strokes are sent louder, below zero softer."),
        Range(-100, 100, _signed, curve.amount, curve.gamma),
    ),
    Option(
        "velocity_low",
        "midi",
        mark("Softest velocity"),
        mark("The least that is sent."),
        Range(*whole_limits("velocity_low"), str),
    ),
    Option(
        "velocity_high",
        "midi",
        mark("Loudest velocity"),
        mark("The most that is sent."),
        Range(*whole_limits("velocity_high"), str),
    ),
    Option("pedal", "midi", mark("Sustain pedal"), mark("Whether it is heard and sent, as controller 64."), OnOff()),
    Option(
        "click_plays",
        "midi",
        mark("A click on a key plays it"),
        mark("The note is sent to the port; it is neither heard nor recorded."),
        OnOff(),
    ),
    Option("theme", "display", mark("Theme"), mark("Colours of the stage and of all around it."), Choice(_THEMES)),
    Option(
        "colours",
        "display",
        mark("Colours"),
        mark("What tells notes apart."),
        Choice(((HANDS, mark("Hands")), (PITCH, mark("Pitch")), (VELOCITY, mark("Velocity")), (ONE, mark("One")))),
    ),
    Option(
        "split",
        "display",
        mark("Split point"),
        mark("The lowest key of the right hand. The white mark above the keys can be dragged as well."),
        Range(*whole_limits("split"), note_name),
    ),
    Option("names", "display", mark("Note names"), mark("On blocks that are wide enough."), OnOff()),
    Option("chords", "display", mark("Chord names"), mark("Of three tones and more, at the top left."), OnOff()),
    Option("tails", "display", mark("Pedal tails"), mark("What rings on under the pedal, behind its block."), OnOff()),
    Option(
        "keys",
        "display",
        mark("Keys shown"),
        mark("Fewer keys are wider. A replay can show just those that it needs."),
        Choice((*_KEYS, (FIT, mark("Fit the piece")))),
    ),
    Option(
        "speed",
        "display",
        mark("Speed of the blocks"),
        mark("In points a second."),
        Range(*whole_limits("speed"), str, value=float),
    ),
    Option(
        "glow",
        "display",
        mark("Glow"),
        mark("The light above a key that sounds."),
        Range(*whole_limits("glow"), _per_cent),
    ),
    Option(
        "language",
        "display",
        mark("Language"),
        mark("From the next start on."),
        Choice((("", mark("As the system")), *((code, LANGUAGE_NAMES.get(code, code)) for code in languages()))),
    ),
    Option(
        "second_theme",
        "second",
        mark("Theme of the second screen"),
        mark("The second screen shows nothing but the stage."),
        Choice((("", mark("As the window")), *_THEMES)),
    ),
    Option("second_keys", "second", mark("Keys of the second screen"), mark("Fewer keys are wider."), Choice(_KEYS)),
    Option(
        "second_background",
        "second",
        mark("Background of the second screen"),
        mark("Green, for programs that film it and take it away. Transparent, over any window, where the desktop can."),
        Choice((("", mark("As its theme")), (GREEN, mark("Green")), (TRANSPARENT, mark("Transparent")))),
    ),
    Option(
        "takes",
        "takes",
        mark("Folder of takes"),
        mark("Each take is a folder in it: sound, MIDI and notes."),
        Place(True, mark("Documents")),
    ),
    Option(
        "first_note",
        "takes",
        mark("Record from the first note"),
        mark("A take begins by itself when something is played."),
        OnOff(),
    ),
    Option(
        "motion",
        "accessibility",
        mark("Reduced motion"),
        mark("No glow, no sparks, nothing fades. Blocks go on moving: they are what is played."),
        Choice((("", mark("As the system")), ("reduced", mark("On")), ("full", mark("Off")))),
    ),
    Option(
        "text",
        "accessibility",
        mark("Text size"),
        mark("Of the words around the stage."),
        Range(*whole_limits("text"), _per_cent),
    ),
    Option(
        "model",
        "advanced",
        mark("Model file"),
        mark("An ear of your own, as liszten-export writes it."),
        Place(False, mark("The shipped one")),
    ),
    Option(
        "device",
        "advanced",
        mark("Processor"),
        mark("A graphics card is worth it only where the processor is too slow."),
        Choice((("auto", mark("Auto")), ("cpu", mark("Processor only")), ("cuda", mark("NVIDIA graphics card")))),
    ),
)


def found(search: str) -> Iterator[Option]:
    """The options whose words, help or section hold every word of `search`, in any language that they are shown in."""
    wanted = search.casefold().split()
    for option in OPTIONS:
        text = " ".join((tr(option.words), tr(option.help), tr(SECTIONS[option.section]))).casefold()
        if all(word in text for word in wanted):
            yield option
