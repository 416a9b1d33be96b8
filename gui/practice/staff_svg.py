"""A page of sheet music as Qt can draw it: verovio's SVG with what QtSvg does not know put differently.

QtSvg shows nothing of an svg within an svg, and of words in tspans within tspans. So the inner svg becomes a group, its
coordinates those of the page, and words become one level of tspans with what they inherited.
"""

from __future__ import annotations

import unicodedata
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping

SVG = "{http://www.w3.org/2000/svg}"
INHERITED = ("font-family", "font-size", "font-weight", "font-style")
PLACED = ("x", "y")
# What verovio's style sheet, which QtSvg does not apply to words, says of them.
STYLES = {
    "tempo": ("font-weight", "bold"),
    "reh": ("font-weight", "bold"),
    "ending": ("font-weight", "bold"),
    "fing": ("font-weight", "bold"),
    "dir": ("font-style", "italic"),
    "dynam": ("font-style", "italic"),
    "mNum": ("font-style", "italic"),
}
PRIVATE = "Co"  # category of characters that only a font of notes has

Leaf = tuple[str, dict[str, str], dict[str, str]]  # words, style, place

ElementTree.register_namespace("", SVG[1:-1])
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


def for_qt(svg: str, ink: str, family: str) -> str:
    """A page of verovio's as QtSvg draws it right. ink: "#rrggbb" of notes, lines and words; family: of words."""
    page = ElementTree.fromstring(svg)
    _flatten_page(page, ink, family)
    for parent in list(page.iter(f"{SVG}g")):
        for child in list(parent):
            if "placeholder" in (child.get("class") or ""):  # which verovio's style sheet hides
                parent.remove(child)
    for element in page.iter():
        for name, value in element.attrib.items():
            if value == "currentColor":
                element.set(name, ink)
        if element.tag == f"{SVG}g":
            _flatten_words(element)
    return ElementTree.tostring(page, encoding="unicode")


def _flatten_page(page: ElementTree.Element, ink: str, family: str) -> None:
    """Make a group of the inner svg, and its box that of the page."""
    for inner in page.findall(f"{SVG}svg"):
        page.set("viewBox", inner.get("viewBox", ""))
        inner.tag = f"{SVG}g"
        inner.attrib.pop("viewBox", None)
        inner.set("color", ink)
        inner.set("fill", ink)
        inner.set("stroke", ink)
        inner.set("font-family", family)
    for style in page.findall(f"{SVG}style"):
        page.remove(style)


def _flatten_words(group: ElementTree.Element) -> None:
    """Put the words of a group, whose classes say how they look, on one level."""
    look = dict(STYLES[name] for name in (group.get("class") or "").split() if name in STYLES)
    for words in group.findall(f"{SVG}text"):
        leaves = list(_sung(_leaves(words, look, {})))
        for child in list(words):
            words.remove(child)
        if not leaves:
            group.remove(words)
            continue
        words.text = None
        words.attrib.pop("font-size", None)
        words.set("stroke", "none")
        for text, style, place in leaves:
            ElementTree.SubElement(words, f"{SVG}tspan", {**style, **place}).text = text


def _leaves(element: ElementTree.Element, style: Mapping[str, str], place: dict[str, str]) -> Iterator[Leaf]:
    """Every piece of text with what it inherits; its place, if it has one of its own."""
    style = {**style, **{name: value for name in INHERITED if (value := element.get(name))}}
    if element.text and element.text.strip():
        yield element.text, dict(style), dict(place)
    for child in element:
        own = {name: value for name in PLACED if (value := child.get(name))}
        yield from _leaves(child, style, own)
        if child.tail and child.tail.strip():
            yield child.tail, dict(style), {}


def _sung(leaves: Iterator[Leaf]) -> Iterator[Leaf]:
    """The words up to a sign of a font of notes, which Qt does not have: what follows it explains it."""
    for leaf in leaves:
        if any(unicodedata.category(letter) == PRIVATE for letter in leaf[0]):
            return
        yield leaf
