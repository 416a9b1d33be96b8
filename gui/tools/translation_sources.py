"""`python -m gui.tools.translation_sources`: bring the .ts files in line with the words that the window's modules hold.

New words are added as unfinished, words that have gone are dropped, translations stay. What this does is what Qt's
lupdate does, which knows neither functions outside of classes nor modules without Qt.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from gui.translation import ENGLISH, Key, languages

FUNCTIONS = ("tr", "mark")
FOLDER = Path(__file__).resolve().parents[1]
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


def words() -> dict[Key, str]:
    """All words that are shown, each with the module that has it first. Raises ValueError as `words_of` does."""
    found: dict[Key, str] = {}
    for path in sorted(FOLDER.rglob("*.py")):
        for key in words_of(path.read_text(encoding="utf-8"), path.name):
            found.setdefault(key, path.relative_to(FOLDER).as_posix())
    return found


def words_of(source: str, name: str) -> Iterator[Key]:
    """The literals that a module gives to `tr` and `mark`. What `tr` gets as a variable, a `mark` has named.

    Raises ValueError where a literal is hidden in an expression.
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS:
            continue
        first = _literal(node.args[0])
        about = next((_literal(word.value) for word in node.keywords if word.arg == "about"), "")
        if node.func.id == "mark" and len(node.args) > 1:
            about = _literal(node.args[1])
        if first is not None and about is not None:
            yield first, about
        elif node.func.id == "mark" or any(_literal(part) for part in ast.iter_child_nodes(node.args[0])):
            raise ValueError(f"{name}:{node.lineno}: {node.func.id}() takes one literal, so that it can be found")


def update(language: str) -> int:
    """Rewrite one language's file; how many words are still without a translation."""
    path = FOLDER / "translations" / f"{language}.ts"
    kept = _translations(path)
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage=ENGLISH)
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = "liszten"
    for (source, about), module in sorted(words().items(), key=lambda item: (item[1], item[0])):
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "location", filename=f"../{module}")
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
