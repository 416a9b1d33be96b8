"""The engine's own sentences about what went wrong, in the player's language: they come finished, names put in.

The engine knows no languages, as the command line speaks English only. So its sentences are recognised by what stands
around the names in them. Fragments that are put into others are sentences here too.
"""

from __future__ import annotations

import functools
import re

from gui.translation import mark, tr
from realtime.words import PLAIN, Said

ENGINE = "engine"
SENTENCES = (
    mark("{} is broken after {} s. Copy or convert it again, or stop there with --end.", "engine"),
    mark("{} is a folder. Name the recordings in it, for example {}.", "engine"),
    mark("{} holds no sound. Record it again, or choose another file.", "engine"),
    mark("{} has {} samples a second. Convert it to a rate from 8 to 192 kHz.", "engine"),
    mark("There is no file {}. Check the name and the folder.", "engine"),
    mark("{} cannot be read ({}). Check its permissions.", "engine"),
    mark("{} is broken or no audio that Liszten can read. Try to convert it to WAV.", "engine"),
    mark("{} could not be transcribed: the process that read it ended. Is the file broken?", "engine"),
    mark("Transkun could not hear {}: the log tells more. Improve the take without it, or install it anew.", "engine"),
    mark('Input "{}" has no channel {}, only {}.', "engine"),
    mark('Input "{}" cannot be opened; it may be in use or unplugged.', "engine"),
    mark("No microphone found. Connect one or choose another input (`liszten devices` lists them).", "engine"),
    mark('There is no input "{}". There are: {}.', "engine"),
    mark("The sound library PortAudio is missing. {}", "engine"),
    mark("Install it with: sudo apt install libportaudio2", "engine"),
    mark("No audio system answers here. Start the sound server or connect a microphone, then try again.", "engine"),
    mark("The model {} is missing. Install Liszten again, or name a model file with --model.", "engine"),
    mark("Inference on CUDA is not possible here. Use --device cpu, or see what liszten doctor says.", "engine"),
    mark("{} was not made by Liszten. Leave out --model to use the shipped one.", "engine"),
    mark("{} has another sample rate, hop or no delay at all. Export it again.", "engine"),
    mark("The model {} cannot be read ({}). Check the path.", "engine"),
    mark("{} is broken or no ONNX file. Fetch it again, or leave out --model.", "engine"),
    mark("{} was made for another version of Liszten. Export it again.", "engine"),
    mark("{} has other tensors than Liszten expects ({}). Export it again.", "engine"),
    mark("There is no delay '{}'. This model offers {}.", "engine"),
    mark("There is no channel {}: the input has {}. Try --channel auto.", "engine"),
    mark("The take holds no notes, so there is nothing to play.", "engine"),
    mark("The take cannot be saved any further: {}. What was recorded is kept in {}.", "engine"),
    mark("{} is no take: its {} does not begin with a stream.", "engine"),
    mark("{} is no take: it has no {} that can be read.", "engine"),
    mark("{} is damaged: event {} says {}. Mend the file, or transcribe the recording again.", "engine"),
    mark("{} has only one version of its notes.", "engine"),
    mark("{} cannot be written: {}.", "engine"),
    mark("There is already {}. Use --overwrite, or -o for another name.", "engine"),
    mark("the disk is full; free some space or choose another folder", "engine"),
    mark("there is no such folder; create it or choose another one", "engine"),
    mark("you may not write there; choose another folder", "engine"),
    mark("a file is in the way; choose another folder", "engine"),
)


def sentence(said: Said | None) -> str:
    """What is said in the player's language, also where the engine says it in a sentence that is finished; "" for
    nothing."""
    if said is None:
        return ""
    return recognised(str(said), SENTENCES, ENGINE) if said.phrase == PLAIN else tr(said)


def recognised(text: str, sources: tuple[str, ...], about: str) -> str:
    """Finished words in the player's language when one of the sources, with names put in, makes them; else as they are.

    sources: each marked with `about`. What is put in is looked up among them too.
    """
    for source, pattern in _patterns(sources):
        found = pattern.fullmatch(text)
        if found is not None:
            return tr(source, *(recognised(group, sources, about) for group in found.groups()), about=about)
    return text


@functools.cache
def _patterns(sources: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Sources and what recognises them, the most telling first: what is mostly a name would take in everything."""
    wordiest = sorted(sources, key=lambda source: len(source.replace("{}", "")), reverse=True)
    patterns = ("(.+?)".join(map(re.escape, source.split("{}"))) for source in wordiest)
    return tuple((source, re.compile(pattern, re.DOTALL)) for source, pattern in zip(wordiest, patterns, strict=True))
