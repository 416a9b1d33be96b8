"""Keys and what they do: those of the first start, those that a player chose, and those that cannot be."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from gui.state.keymap import BY_NAME, COMMANDS, EVERYWHERE, LESSON, LIVE, PAGES, Keymap, key_words, portable
from gui.translation import use

KEYS = st.sampled_from(("R", "T", "Space", "Home", "Ctrl+R", "F7", "Esc", "Tab", "", "not a key", "Ctrl+Shift++", "?"))


def test_each_key_means_one_thing_in_its_place():
    """Space listens on the live stage and plays in a replay; an arrow there goes on while it is held."""
    keymap = Keymap({})
    meant = {key: (keymap.command(key, LIVE), keymap.command(key, PAGES)) for key in ("Space", "R", "Left", "F8")}
    assert [[command and command.name for command in pair] for pair in meant.values()] == [
        *(["listen", "play"], ["record", "record"], [None, "back"], [None, None]),
    ]
    assert BY_NAME["back"].repeats


def test_a_chosen_key_takes_the_place_of_the_first_ones():
    """F1 and ? are gone when there is another; none at all can be chosen too."""
    keymap = Keymap({"keys": "Ctrl+K", "theme": ""})
    assert (keymap.keys("keys"), keymap.keys("theme")) == (("Ctrl+K",), ())
    assert [keymap.command(key, LIVE) for key in ("F1", "?", "T")] == [None, None, None]
    assert (keymap.keys_text("keys"), keymap.keys_text("theme")) == ("Ctrl+K", "")


def test_what_cannot_be_is_left_out():
    """Unknown commands, numbers, no keys, keys of the window itself, and the fixed way out."""
    broken = {"fly": "F", "record": 3, "theme": "not a key", "plots": "Esc", "escape": "F5", "names": "F6"}
    assert Keymap(broken).chosen == {"names": "F6"}  # type: ignore[arg-type]


def test_two_commands_may_swap_their_keys_but_not_share_one():
    """A key that another command keeps is not given away; where both cannot be meant at once, it may be."""
    assert Keymap({"record": "T", "theme": "R"}).chosen == {"record": "T", "theme": "R"}
    assert Keymap({"record": "T"}).chosen == {}
    assert Keymap({"names": "F7", "plots": "F7"}).chosen == {"names": "F7"}
    assert Keymap({"listen": "Home"}).chosen == {"listen": "Home"}


def test_a_refusal_is_a_sentence():
    """The other command by its words; a key of the window itself."""
    keymap = Keymap({})
    assert keymap.problem("record", "T") == "T is the key for “theme”. Choose another, or change that one first."
    assert keymap.problem("record", "Tab").startswith("Tab moves through the window")
    assert [keymap.problem("record", key) for key in ("F7", "", "R")] == ["", "", ""]
    assert keymap.problem("listen", "Home") == ""


@given(chosen=st.dictionaries(st.sampled_from([command.name for command in COMMANDS]), KEYS))
def test_whatever_is_chosen_each_key_has_one_meaning(chosen: dict[str, str]):
    """No two commands that can be meant at the same moment share a key; what is left is what was chosen."""
    keymap = Keymap(chosen)
    assert keymap.chosen.items() <= chosen.items()
    for one, other in combinations(COMMANDS, 2):
        if one.place == other.place or EVERYWHERE in (one.place, other.place) or LIVE not in (one.place, other.place):
            assert not set(keymap.keys(one.name)) & set(keymap.keys(other.name))
    assert {command.place for command in COMMANDS} == {EVERYWHERE, LESSON, LIVE, PAGES}


def test_keys_are_named_as_on_the_keyboard():
    """In the player's language, "+" itself included."""
    assert [key_words(key) for key in ("Ctrl+Shift+D", "Ctrl++", "+", "Left")] == ["Ctrl+Shift+D", "Ctrl++", "+", "←"]
    use("de")
    try:
        assert [key_words(key) for key in ("Ctrl+Home", "Shift+Space")] == ["Strg+Pos1", "Umschalt+Leertaste"]
    finally:
        use("en")


def test_a_key_written_by_hand_means_what_it_says():
    """Small letters, names and modifiers in any order; a second key that differs by its case alone is a clash."""
    keymap = Keymap({"theme": "x", "plots": "shift+ctrl+home", "names": "f7", "panel": "ctrl++", "play": "delete"})
    assert keymap.chosen == {"theme": "X", "plots": "Ctrl+Shift+Home", "names": "F7", "panel": "Ctrl++"}
    assert keymap.command("X", LIVE) is BY_NAME["theme"]
    assert Keymap({"record": "t", "plots": "esc"}).chosen == {}


@given(key=st.sampled_from([key for command in BY_NAME.values() for key in command.keys]))
def test_a_key_as_qt_writes_it_stays_as_it_is(key: str):
    """All that there are at first, in capitals or not."""
    assert portable(key) == key == portable(key.lower())
