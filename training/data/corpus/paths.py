"""Where the data lies, and the error for a missing part, which names where to get it."""

from __future__ import annotations

import os
from pathlib import Path

from realtime.errors import FileError, LisztenError

DATA_VARIABLE = "LISZTEN_DATA"
UNNAMED = (
    f"Where the corpus lies is not known: set {DATA_VARIABLE} to its folder, or name what is needed by its own path, "
    "in the [corpus] table of a run or by --set"
)

SOURCES = {
    "maestro": "MAESTRO v3.0.0 (MIDI and CSV): https://magenta.tensorflow.org/datasets/maestro",
    "pianos": "sampled pianos as banks: Salamander Grand Piano (github.com/sfzinstruments/SalamanderGrandPiano), "
    "Headroom Piano (github.com/sfzinstruments/BengtNilsson.HeadroomPiano), FreePats pianos (freepats.zenvoid.org)",
    "rooms": "room impulse responses: MIT IR Survey (mcdermottlab.mit.edu/Reverb/IR_Survey.html), "
    "OpenAIR (openair.hosted.york.ac.uk)",
    "noise": "noise clips: ESC-10 (github.com/karoldvl/ESC-10) and other free recordings",
    "percepiano": "PercePiano (labels, ratings and MIDI): https://github.com/JonghoKimSNU/PercePiano",
    "recordings": "recordings with aligned MIDI: MAPS (adasp.telecom-paris.fr/resources/2010-07-08-maps-database)",
}


class MissingCorpusError(LisztenError):
    """A part of the corpus is not where the configuration says; the message names it and where to get it."""

    exit_code = FileError.exit_code


def data_folder() -> Path:
    """The folder that holds maestro/, pianos/, rooms/ ...: $LISZTEN_DATA. Raises MissingCorpusError without it."""
    named = os.environ.get(DATA_VARIABLE)
    if not named:
        raise MissingCorpusError(UNNAMED)
    return Path(named)


def require(path: Path, part: str) -> Path:
    """`path` itself when it exists; else MissingCorpusError. `part` is a key of `SOURCES`."""
    if not path.exists():
        raise MissingCorpusError(f"{path} does not exist. It should hold {SOURCES[part]}")
    return path
