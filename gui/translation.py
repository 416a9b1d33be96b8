"""The words of the window in the player's language. No build step: Linguist's .ts files are read as they are.

`tr` translates where words are shown: the window's own, and what is said as a phrase and its values (`realtime.words`).
`mark` only names words that a module keeps, for `tr` to translate later. All take a literal, so that
`python -m gui.tools.translation_sources` finds it.
"""

from __future__ import annotations

import functools
import re
from importlib import resources
from xml.etree import ElementTree

from realtime.words import Said

ENGLISH = "en"
# Source words, and what they are about where that decides the translation: of a phrase, its code.
Key = tuple[str, str]

_catalogue: dict[Key, str] = {}


def tr(source: str | Said, /, *values: object, about: str = "", **named: object) -> str:
    """The words in the language in use, with values put in as `str.format` does; what is said brings its own.

    A value that is said is worded, too.
    about: distinguishes words that are one in English and two elsewhere ("Open": a command, or how a port is).
    """
    if isinstance(source, Said):
        return _worded(source)
    words = _catalogue.get((source, about), source)
    if not values and not named:
        return words
    return words.format(*map(_value, values), **{name: _value(value) for name, value in named.items()})


def _worded(said: Said) -> str:
    """What is said, and what is said within it; a value that is text is a name and stays."""
    phrase = said.phrase
    words = _catalogue.get((phrase.source, phrase.code), phrase.source)
    return words.format(**{name: _value(value) for name, value in said.values})


def _value(value: object) -> object:
    return _worded(value) if isinstance(value, Said) else value


def mark(source: str, about: str = "") -> str:
    """The words as they are: to be translated by `tr`, with the same `about`, when they are shown."""
    del about
    return source


def use(language: str) -> str:
    """Speak a language from now on, by a name such as "de" or "de_AT"; which one it became, English if unknown."""
    code = re.split(r"[_.@-]", language.strip().casefold())[0]
    known = code if code in languages() else ENGLISH
    _catalogue.clear()
    _catalogue.update(catalogue(known))
    return known


@functools.cache
def languages() -> tuple[str, ...]:
    """The languages that there are, English first."""
    files = (file.name for file in (resources.files("gui") / "translations").iterdir())
    return (ENGLISH, *sorted(name.removesuffix(".ts") for name in files if name.endswith(".ts")))


def catalogue(language: str) -> dict[Key, str]:
    """What is translated into a language; nothing for English."""
    if language == ENGLISH:
        return {}
    text = (resources.files("gui") / "translations" / f"{language}.ts").read_text(encoding="utf-8")
    found = {}
    for message in ElementTree.fromstring(text).iter("message"):
        translation = message.find("translation")
        if translation is not None and translation.text and translation.get("type") is None:
            found[message.findtext("source", ""), message.findtext("comment", "")] = translation.text
    return found
