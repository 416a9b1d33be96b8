"""What a lesson shows on the staff: where the player is, what was heard, and wrong keys as small heads."""

from __future__ import annotations

from dataclasses import dataclass, field

# Places of the scale from C, and how far up a key lies from them: sharps as note names have them.
STEPS = (0, 0, 1, 1, 2, 3, 3, 4, 4, 5, 5, 6)
PER_OCTAVE = 7


@dataclass(frozen=True)
class WrongHead:
    """A key that was struck and is not written. beside: id of a written note near which it was struck; its pitch."""

    pitch: int
    beside: str
    beside_pitch: int

    @property
    def steps(self) -> int:
        """Places of the scale by which it lies above the note beside it."""
        return scale_step(self.pitch) - scale_step(self.beside_pitch)


@dataclass(frozen=True)
class StaffMarks:
    """cursor: ids of the notes at which the player is; next_cursor: of those after them, to which `share` (0-1) of the
    way is over; heard: id -> kind of remark (`gui.stage.marks`); wrong: the oldest first."""

    cursor: tuple[str, ...] = ()
    next_cursor: tuple[str, ...] = ()
    share: float = 0.0
    heard: dict[str, str] = field(default_factory=dict)
    wrong: tuple[WrongHead, ...] = ()


def scale_step(pitch: int) -> int:
    """Place of a MIDI pitch on the scale of C, counted from C-1."""
    return PER_OCTAVE * (pitch // 12) + STEPS[pitch % 12]
