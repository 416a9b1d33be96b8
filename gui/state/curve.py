"""The velocity curve as the player takes hold of it: names and amounts for exponents, grips on the line."""

from __future__ import annotations

import math

from gui.translation import tr
from realtime.limits import VELOCITY_GAMMA
from realtime.midi.velocity import LOUDEST, VelocityCurve

SOFTEST, HARDEST = VELOCITY_GAMMA
# Grips on the line, as shares of the loudest velocity; the ends of the line are grips for floor and ceiling.
GRIPS = (0.4, 0.67)
KINDS = ("soft", "linear", "hard", "fixed")
CHOSEN_AMOUNT, FIXED_VELOCITY = 40, 80


def amount(gamma: float) -> int:
    """Exponent 0.4-2.5 -> +100 (softest touch suffices) to -100 (a hard one is needed); 0 is linear."""
    return round(-100 * math.log(gamma) / math.log(HARDEST))


def gamma(amount: float) -> float:
    """The exponent of an amount, +100 to -100."""
    return float(min(max(HARDEST ** (-amount / 100), SOFTEST), HARDEST))


def kind(curve: VelocityCurve) -> str:
    """soft, linear, hard or fixed."""
    if curve.low == curve.high:
        return "fixed"
    bent = amount(curve.gamma)
    return "soft" if bent > 0 else "hard" if bent < 0 else "linear"


def of_kind(wanted: str, before: VelocityCurve) -> VelocityCurve:
    """The curve that choosing a kind gives; floor and ceiling stay unless they were one."""
    if wanted == "fixed":
        return VelocityCurve(1.0, FIXED_VELOCITY, FIXED_VELOCITY)
    bend = {"soft": CHOSEN_AMOUNT, "linear": 0, "hard": -CHOSEN_AMOUNT}[wanted]
    low, high = (0, LOUDEST) if before.low == before.high else (before.low, before.high)
    return VelocityCurve(gamma(bend), low, high)


def through(curve: VelocityCurve, played: float, sent: float) -> VelocityCurve:
    """The same ends, bent so that the line runs through a point; both as shares of the loudest velocity, 0-1."""
    if curve.low == curve.high:
        return raised(curve, sent)
    share = (sent * LOUDEST - curve.low) / (curve.high - curve.low)
    share = min(max(share, 1e-3), 1 - 1e-3)
    return VelocityCurve(min(max(math.log(share) / math.log(played), SOFTEST), HARDEST), curve.low, curve.high)


def with_floor(curve: VelocityCurve, sent: float) -> VelocityCurve:
    """The left end of the line at another height, 0-1, at most at the ceiling."""
    return VelocityCurve(curve.gamma, min(_velocity(sent), curve.high), curve.high)


def with_ceiling(curve: VelocityCurve, sent: float) -> VelocityCurve:
    """The right end of the line at another height, 0-1, at least at the floor."""
    return VelocityCurve(curve.gamma, curve.low, max(_velocity(sent), curve.low, 1))


def raised(curve: VelocityCurve, sent: float) -> VelocityCurve:
    """A fixed velocity at another height, 0-1."""
    level = max(_velocity(sent), 1)
    return VelocityCurve(curve.gamma, level, level)


def words(curve: VelocityCurve) -> str:
    """ "Soft +18", "Linear", "Hard −30", "Fixed 80"; with the range where it is not the whole."""
    bent = amount(curve.gamma)
    match kind(curve):
        case "fixed":
            return tr("Fixed {}", curve.low)
        case "soft":
            named = tr("Soft +{}", bent)
        case "hard":
            named = tr("Hard −{}", -bent)  # noqa: RUF001
        case _:
            named = tr("Linear")
    whole = (curve.low, curve.high) == (0, LOUDEST)
    return named if whole else f"{named} · {max(curve.low, 1)}–{curve.high}"  # noqa: RUF001


def _velocity(share: float) -> int:
    return round(min(max(share, 0.0), 1.0) * LOUDEST)
