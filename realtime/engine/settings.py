"""The settings of a stream: one value for all that may change while it runs.

A parent sends `Configure(settings)`, and the stream applies the differences. An engine that replaces another one begins
with the same value, so no setting is lost. The ranges are in `realtime.limits`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from realtime.contract import LIVE
from realtime.errors import UsageError
from realtime.limits import GATE_DB, MIN_NOTE_MS, SENSITIVITY, TUNING_CENTS, VELOCITY_GAMMA, Limits
from realtime.transcription.decoder import DecoderSettings
from realtime.words import Phrase

OUT_OF_RANGE = Phrase(
    "settings.out_of_range", "The {name} cannot be {value:g}. Choose a value from {least:g} to {most:g}."
)
SENSITIVITY_NAME = Phrase("settings.sensitivity", "sensitivity")
MIN_NOTE_NAME = Phrase("settings.min_note", "shortest note in milliseconds")
VELOCITY_NAME = Phrase("settings.velocity", "velocity curve")
GATE_NAME = Phrase("settings.gate", "gate in dBFS")
TUNING_NAME = Phrase("settings.tuning", "tuning in cents")


@dataclass(frozen=True)
class StreamSettings:
    """delay: a name of the model's, or `live`, which becomes `balanced` in a model that lacks it; decoder: how notes
    are made of the activations; gate_db: dBFS below which no new note begins, None for no gate; tuning_cents: by which
    the piano lies above A4 = 440 Hz; ignore_own: whether notes are left out that were sent to the MIDI port and come
    back from the speakers; send_midi: whether the MIDI port gets the notes; show_spectrum: whether a SpectrumColumn
    follows every Status; measure_tuning: whether a Tuned is published for every note that sounds alone; find_tuning:
    whether tuning_cents is to be set when the first minute of music has told it."""

    delay: str = LIVE
    decoder: DecoderSettings = field(default_factory=DecoderSettings)
    gate_db: float | None = None
    tuning_cents: float = 0.0
    ignore_own: bool = False
    send_midi: bool = True
    show_spectrum: bool = False
    measure_tuning: bool = False
    find_tuning: bool = False

    def check(self) -> None:
        """Raises UsageError when a number is out of its range. The delay is checked by the model."""
        for name, value, limits in self._numbers():
            if not limits.least <= value <= limits.most:  # neither is NaN
                raise UsageError(OUT_OF_RANGE(name=name(), value=value, least=limits.least, most=limits.most))

    def _numbers(self) -> Iterator[tuple[Phrase, float, Limits[float] | Limits[int]]]:
        yield SENSITIVITY_NAME, self.decoder.sensitivity, SENSITIVITY
        yield MIN_NOTE_NAME, self.decoder.min_note_ms, MIN_NOTE_MS
        yield VELOCITY_NAME, self.decoder.velocity_curve, VELOCITY_GAMMA
        if self.gate_db is not None:
            yield GATE_NAME, self.gate_db, GATE_DB
        yield TUNING_NAME, self.tuning_cents, TUNING_CENTS
