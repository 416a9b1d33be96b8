"""`python -m gui.tools.translation_sources`: bring the .ts files in line with the words that the window can show.

New words are added as unfinished, words that have gone are dropped, translations stay. What this does is what Qt's
lupdate does, which knows neither functions outside of classes nor modules without Qt.
"""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from gui.translation import ENGLISH, Key, languages

FUNCTIONS = ("tr", "mark", "Phrase")
FOLDER = Path(__file__).resolve().parents[1]
PROGRAM = FOLDER.parent
# The window's own words, and the phrases of the packages behind it. `liszten`'s commands speak English only.
SPEAKING, TERMINAL = ("gui", "realtime"), "realtime/cli"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


def words() -> dict[Key, str]:
    """All words that are shown, each with the module that has it first. Raises ValueError as `words_of` does."""
    found: dict[Key, str] = {}
    for path in modules():
        for key in words_of(path.read_text(encoding="utf-8"), path.name):
            found.setdefault(key, path.relative_to(PROGRAM).as_posix())
    return found


def modules() -> list[Path]:
    """The modules whose words the window can show."""
    found = (path for room in SPEAKING for path in sorted((PROGRAM / room).rglob("*.py")))
    return [path for path in found if not path.is_relative_to(PROGRAM / TERMINAL)]


def words_of(source: str, name: str) -> Iterator[Key]:
    """The literals that a module gives to `tr`, `mark` and `Phrase`. What `tr` gets as a variable, a `mark` has named.

    A phrase that is nothing but the place of its words has none. Raises ValueError where a literal is hidden in an
    expression.
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS:
            continue
        key = _phrase(node) if node.func.id == "Phrase" else _label(node)
        if key is not None and _literal_parts(key[0]):
            yield key
        elif key is None and (
            node.func.id != "tr" or any(_literal(part) for part in ast.iter_child_nodes(node.args[0]))
        ):
            raise ValueError(f"{name}:{node.lineno}: {node.func.id}() takes literals, so that they can be found")


def _literal_parts(text: str) -> str:
    """A text without the places in it; "" for one that only holds the place for another."""
    return "".join(literal for literal, *_ in string.Formatter().parse(text))


def _label(call: ast.Call) -> Key | None:
    """Words, and what they are about: the second argument of `mark`, a named one of `tr`."""
    first = _literal(call.args[0])
    about = next((_literal(word.value) for word in call.keywords if word.arg == "about"), "")
    if len(call.args) > 1 and isinstance(call.func, ast.Name) and call.func.id == "mark":
        about = _literal(call.args[1])
    return None if first is None or about is None else (first, about)


def _phrase(call: ast.Call) -> Key | None:
    """The English of the window, and the phrase's code."""
    code, *sources = map(_literal, (*call.args, *(word.value for word in call.keywords)))
    return None if code is None or not sources or None in sources else (str(sources[-1]), code)


def update(language: str) -> int:
    """Rewrite one language's file; how many words are still without a translation."""
    path = FOLDER / "translations" / f"{language}.ts"
    kept = _translations(path)
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage=ENGLISH)
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = "liszten"
    for (source, about), module in sorted(words().items(), key=lambda item: (item[1], item[0])):
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "location", filename=f"../../{module}")
        ElementTree.SubElement(message, "source").text = source
        if about:
            ElementTree.SubElement(message, "comment").text = about
        translation = ElementTree.SubElement(message, "translation")
        translation.text = kept.get((source, about))
        if not translation.text:
            translation.set("type", "unfinished")
    ElementTree.indent(root, "    ")
    path.write_text(HEAD + ElementTree.tostring(root, encoding="unicode") + "\n", encoding="utf-8")
    return sum(1 for translation in root.iter("translation") if not translation.text)


def _translations(path: Path) -> dict[Key, str]:
    messages = ElementTree.fromstring(path.read_text(encoding="utf-8")).iter("message")
    return {(m.findtext("source", ""), m.findtext("comment", "")): m.findtext("translation", "") for m in messages}


def _literal(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def main() -> None:
    """Update every language."""
    for language in languages():
        if language != ENGLISH:
            print(f"{language}: {update(language)} without a translation")  # noqa: T201 - a command's answer


if __name__ == "__main__":
    main()
