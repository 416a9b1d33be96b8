"""Sheet music as it is played: repeats, ties, ornaments, hands, tempo, and files that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from realtime.errors import FileError
from realtime.practice.document import Document, with_jumps
from realtime.practice.notation import notated, read_notation
from realtime.practice.score import Bar, Score
from tests.realtime.practice.musicxml import (
    ONE_STAFF,
    attributes,
    back,
    document,
    grace,
    note,
    packed,
    part,
    tempo,
    tie,
)

REPEAT_BEGINS = "<barline location='left'><repeat direction='forward'/></barline>"
FIRST = "<barline location='left'><ending number='1' type='start'/></barline>"
FIRST_ENDS = "<barline location='right'><ending number='1' type='stop'/><repeat direction='backward'/></barline>"
SECOND = "<barline location='left'><ending number='2' type='start'/></barline>"
SECOND_ENDS = "<barline location='right'><ending number='2' type='stop'/></barline>"


def read(*parts: tuple[str, str]) -> Score:
    """In this process, as verovio gives no reason to leave it."""
    return notated(Document(document(*parts), "musicxml"), "piece.xml", "piece")


def steps(score: Score) -> list[tuple[float, int, tuple[int, ...]]]:
    """(beat, bar, required pitches) of every group."""
    return [(group.beat, group.bar, group.pitches) for group in score.groups]


def bars(score: Score) -> list[tuple[int, float, float]]:
    return [(bar.number, bar.beat, bar.length) for bar in score.bars]


def two_staves() -> tuple[str, str]:
    """An upbeat, a repeated bar with a tie, a grace note and a trill, two endings; 90 quarters a minute."""
    starts, stops = tie("start"), tie("stop")
    trill = "<ornaments><trill-mark/></ornaments>"
    return part(
        {
            "0": attributes(3, fifths=1) + note("D5", 4) + back(4) + note("", 4, 2),
            "1": REPEAT_BEGINS
            + tempo(90)
            + grace("A4")
            + note("G4", 4, 1, *starts)
            + note("G4", 4, 1, *stops)
            + note("F#4", 4, 1, notations=trill)
            + back(12)
            + note("G2", 12, 2)
            + note("D3", 12, 2, "<chord/>"),
            "2": FIRST + note("G4", 12) + back(12) + note("", 12, 2) + FIRST_ENDS,
            "3": SECOND + note("B4", 12) + back(12) + note("", 12, 2) + SECOND_ENDS,
        }
    )


def test_a_piece_for_two_hands() -> None:
    """Repeats written out, the tied note once, the grace note and the trill optional."""
    score = read(two_staves())
    assert steps(score) == [
        (0.0, 0, (74,)),
        (1.0, 1, (43, 50, 67)),
        (3.0, 1, (66,)),
        (4.0, 2, (67,)),
        (7.0, 1, (43, 50, 67)),
        (9.0, 1, (66,)),
        (10.0, 3, (71,)),
    ]
    assert bars(score) == [(0, 0.0, 1.0), (1, 1.0, 3.0), (2, 4.0, 3.0), (1, 7.0, 3.0), (3, 10.0, 3.0)]
    assert [(n.pitch, n.beat, n.length, n.hand, n.optional) for n in score.groups[1].notes] == [
        (43, 1.0, 3.0, "left", False),
        (50, 1.0, 3.0, "left", False),
        (67, 1.0, 2.0, "right", False),
        (69, 1.0, 0.5, "right", True),
    ]
    assert [(n.pitch, n.length, n.optional) for n in score.groups[2].notes] == [
        (66, 1.0, False),
        (66, 1.0, True),
        (67, 1.0, True),
        (68, 1.0, True),
    ]
    assert (score.title, score.remarks) == ("Piece", ())
    assert [score.seconds(beat) for beat in (0.0, 3.0, 13.0)] == pytest.approx([0.0, 2.0, 26 / 3])


def test_ids_are_those_of_the_page_at_every_load() -> None:
    """What is played again has the ids of the first time."""
    first, second = read(two_staves()), read(two_staves())
    assert first == second
    assert [n.id for n in first.groups[1].notes] == [n.id for n in first.groups[4].notes]
    assert first.bars[1].id == first.bars[3].id
    ids = [n.id for group in first.groups[:4] for n in group.notes if not n.optional]
    assert all(ids)
    assert len(set(ids)) == len(ids)


def test_da_capo_al_fine() -> None:
    """Back to the beginning, and to the end that is marked."""
    fine = "<direction><direction-type><words>Fine</words></direction-type><sound fine='yes'/></direction>"
    back_to_top = (
        "<direction><direction-type><words>D.C. al Fine</words></direction-type><sound dacapo='yes'/></direction>"
    )
    score = read(
        part(
            {
                "1": attributes(staves=ONE_STAFF) + note("C4", 16),
                "2": note("D4", 16) + fine,
                "3": note("E4", 16) + back_to_top,
            }
        )
    )
    assert [group.bar for group in score.groups] == [1, 2, 3, 1, 2]


def test_a_rolled_chord_is_struck_on_its_beat() -> None:
    """verovio plays its notes one after the other, and those after grace notes late."""
    rolled = "<arpeggiate/>"
    score = read(
        part(
            {
                "1": attributes(4)
                + note("C5", 8, 1, notations=rolled)
                + note("E5", 8, 1, "<chord/>", rolled)
                + grace("F5")
                + note("E5", 8)
                + back(16)
                + note("C3", 8, 2)
                + note("G3", 8, 2)
            }
        )
    )
    assert steps(score) == [(0.0, 1, (48, 72, 76)), (2.0, 1, (55, 76))]


@pytest.mark.parametrize(
    ("mark", "quarters"),
    [
        (tempo(90), 90.0),
        (tempo(60, "quarter", 1), 90.0),
        (tempo(80, "half"), 160.0),
        (tempo(80, "eighth", 1), 60.0),
        ("<sound tempo='72'/>", 72.0),
    ],
)
def test_tempo_in_quarters(mark: str, quarters: float) -> None:
    """Whatever the beat of the mark is."""
    score = read(part({"1": attributes(staves=ONE_STAFF) + mark + note("C4", 16)}))
    assert score.tempos == ((0.0, quarters),)
    assert score.remarks == ()


def test_a_tempo_inside_a_bar() -> None:
    """It holds from its own beat on."""
    body = tempo(60) + note("C4", 8) + tempo(120) + note("D4", 8)
    assert read(part({"1": attributes(staves=ONE_STAFF) + body})).tempos == ((0.0, 60.0), (2.0, 120.0))


def test_a_missing_tempo_is_said_to_be_ours() -> None:
    """Ninety quarters a minute."""
    score = read(part({"1": attributes(staves=ONE_STAFF) + note("C4", 16)}))
    assert score.tempos == ((0.0, 90.0),)
    assert [str(said) for said in score.remarks] == [
        "The score gives no tempo: 90 quarters a minute are a choice of Liszten's."
    ]


def test_octave_lines_sound_as_written_in_the_file() -> None:
    """The page shows them an octave lower."""
    line = "<direction><direction-type><octave-shift type='{}' size='8'/></direction-type></direction>"
    body = line.format("down") + note("C6", 8) + line.format("stop") + note("C5", 8)
    assert steps(read(part({"1": attributes(staves=ONE_STAFF) + body}))) == [(0.0, 1, (84,)), (2.0, 1, (72,))]


@pytest.mark.parametrize(("names", "hand"), [(("B3", "C#4"), "right"), (("B3", "C4"), "left")])
def test_one_staff_of_single_notes_is_one_hand(names: tuple[str, str], hand: str) -> None:
    """From middle C on the right one, by the median."""
    score = read(part({"1": attributes(staves=ONE_STAFF) + "".join(note(name, 8) for name in names)}))
    assert [n.hand for group in score.groups for n in group.notes] == [hand, hand]


def test_one_staff_of_chords_is_estimated() -> None:
    """And said to be."""
    body = "".join(note("C3", 4) + note("E5", 4, 1, "<chord/>") for _ in range(4))
    score = read(part({"1": attributes(staves=ONE_STAFF) + body}))
    assert [[n.hand for n in group.notes] for group in score.groups] == [["left", "right"]] * 4
    assert "estimated" in str(score.remarks[-1])


def test_the_piano_of_a_song() -> None:
    """Its two staves, and a word about the voice."""
    voice = part({"1": attributes(staves=ONE_STAFF) + note("A5", 16)}, "Voice", 1)
    piano = part({"1": attributes() + note("C5", 16) + back(16) + note("C3", 16, 2)}, "Pianoforte", 2)
    score = read(voice, piano)
    assert steps(score) == [(0.0, 1, (48, 72))]
    assert [n.hand for n in score.groups[0].notes] == ["left", "right"]
    assert "Only the part Pianoforte is practised." in [str(said) for said in score.remarks]


def test_hidden_notes_are_not_to_be_played() -> None:
    """Nor cues of other parts."""
    body = note("C4", 8, attributes=" print-object='no'") + note("D4", 8)
    cue = "<note><cue/><pitch><step>E</step><octave>5</octave></pitch><duration>16</duration><type>whole</type></note>"
    assert steps(read(part({"1": attributes(staves=ONE_STAFF) + body, "2": cue}))) == [(2.0, 1, (62,))]


def test_a_unison_of_two_voices_is_one_key() -> None:
    """As long as the longer note; both hands may have it."""
    body = note("C5", 16) + back(16) + note("C5", 8) + note("D5", 8) + back(16) + note("C5", 16, 2)
    score = read(part({"1": attributes() + body.replace("<voice>1</voice>", "<voice>3</voice>", 1)}))
    assert [(n.pitch, n.length, n.hand) for n in score.groups[0].notes] == [(72, 4.0, "left"), (72, 4.0, "right")]


def test_keys_beyond_the_piano_are_left_out() -> None:
    """And counted; a piece of nothing else is refused."""
    body = note("C4", 8) + note("C9", 8)
    score = read(part({"1": attributes(staves=ONE_STAFF) + body}))
    assert steps(score) == [(0.0, 1, (60,))]
    assert "Notes beyond the 88 keys were left out: 1." in [str(said) for said in score.remarks]
    with pytest.raises(FileError, match=r"piece\.xml has no notes that a piano can play"):
        read(part({"1": attributes(staves=ONE_STAFF) + note("C9", 16)}))


def staves(count: int, names: str) -> list[tuple[str, str]]:
    return [part({"1": attributes(staves=ONE_STAFF) + note("C4", 16)}, names, number + 1) for number in range(count)]


def test_what_is_no_piece_for_two_hands() -> None:
    """A sentence that says what is wrong."""
    three = "<staves>3</staves>" + "".join(
        f"<clef number='{number}'><sign>G</sign><line>2</line></clef>" for number in (1, 2, 3)
    )
    many = attributes(staves=three) + "".join(note("C4", 16, number) + back(16) for number in (1, 2, 3))
    drums = "<clef><sign>percussion</sign></clef>"
    cases = {
        "has no notes that a piano can play": [part({"1": attributes(staves=ONE_STAFF) + note("", 16)})],
        "has 12 staves and no part for a piano among them": staves(12, "Violin"),
        "writes the piano on 3 staves": [part({"1": many})],
        "is for drums": [part({"1": attributes(staves=drums) + note("C4", 16)}, "Drums")],
    }
    for sentence, parts in cases.items():
        with pytest.raises(FileError, match=sentence):
            read(*parts)


def test_files_of_every_kind(tmp_path: Path) -> None:
    """Packed, in other encodings, and as MEI: the same score."""
    text = document(two_staves(), title="Größe")
    contents = {
        "a.musicxml": text.encode(),
        "b.mxl": packed(text),
        "c.xml": text.replace("UTF-8", "UTF-16").encode("utf-16"),
        "d.xml": text.replace("UTF-8", "ISO-8859-1").encode("latin-1"),
        "e.xml": text.replace(
            "?>", "?><!DOCTYPE score-partwise PUBLIC '-//Recordare//DTD' 'a.dtd'><!-- <mei> -->", 1
        ).encode(),
    }
    scores = []
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        scores.append(read_notation(tmp_path / name))
    assert [score.title for score in scores] == ["Größe"] * len(contents)
    assert all(score == scores[0] for score in scores)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html></html>", "is not sheet music that Liszten reads"),
        (b"<?xml version='1.0'?><score-timewise/>", "ordered by bars"),
        (b"<score-partwise", "is a broken file of sheet music"),
        (b"PK\x03\x04 and nothing else", "is a broken file of sheet music"),
        (packed("<score-partwise/>", name="x'><not closed"), "is a broken file of sheet music"),
        (b"<?xml version='1.0' encoding='UTF-17'?><score-partwise/>", "is a broken file of sheet music"),
        (b"<score-partwise>" + b"<note/>" * 60_001, "has more than 60000 notes"),
    ],
)
def test_files_that_are_none(content: bytes, sentence: str, tmp_path: Path) -> None:
    """Each with its reason."""
    path = tmp_path / "piece.xml"
    path.write_bytes(content)
    with pytest.raises(FileError, match=sentence):
        read_notation(path)


def test_a_file_that_verovio_does_not_survive(tmp_path: Path) -> None:
    """It is read elsewhere: where a time signature has no unit, it divides by zero."""
    text = document(part({"1": attributes(staves=ONE_STAFF) + note("C4", 16)}))
    path = tmp_path / "piece.xml"
    path.write_text(text.replace("<beat-type>4</beat-type>", ""))
    with pytest.raises(FileError, match="is a broken file of sheet music"):
        read_notation(path)


def test_a_file_that_takes_too_long(tmp_path: Path) -> None:
    """It is given up."""
    path = tmp_path / "piece.xml"
    path.write_text(document(two_staves()))
    with pytest.raises(FileError, match="takes too long to read"):
        read_notation(path, limit_s=0.0)


def test_a_bar_keeps_its_id() -> None:
    """Whatever it is called: a bar without a number is the rest of the one before."""
    rest = part({"1": attributes(staves=ONE_STAFF) + note("C4", 8), "X1": note("D4", 8), "2": note("E4", 16)})
    score = read(rest)
    assert bars(score) == [(1, 0.0, 2.0), (1, 2.0, 2.0), (2, 4.0, 4.0)]
    assert all(isinstance(bar, Bar) and bar.id for bar in score.bars)


def test_a_bar_of_nothing_is_none() -> None:
    """Some programs leave one at the end of a page, or of the piece."""
    piece = part({"1": attributes(staves=ONE_STAFF) + note("C4", 16), "2": "", "3": note("D4", 16), "4": ""})
    assert bars(read(piece)) == [(1, 0.0, 4.0), (3, 4.0, 4.0)]


def test_mei(tmp_path: Path) -> None:
    """Ties as attributes, a tempo and an upbeat; grace notes and hands as ever."""
    upper = ('<note dur="4" oct="5" pname="d"/>', '<note dur="1" oct="5" pname="c" tie="i"/>')
    last = '<note grace="unacc" dur="8" oct="4" pname="b"/><note dur="2" oct="5" pname="c" tie="t"/><rest dur="2"/>'
    lower = ('<rest dur="4"/>', '<note dur="1" oct="3" pname="c"/>', '<note dur="1" oct="3" pname="f" accid="s"/>')
    measures = "".join(
        f'<measure n="{number}">{mark}<staff n="1"><layer n="1">{right}</layer></staff>'
        f'<staff n="2"><layer n="1">{left}</layer></staff></measure>'
        for number, (mark, right, left) in enumerate(
            zip(("", '<tempo tstamp="1" mm="60" mm.unit="2"/>', ""), (*upper, last), lower, strict=True)
        )
    )
    head = '<staffDef n="{}" lines="5" clef.shape="{}" clef.line="{}"/>'
    path = tmp_path / "a.mei"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0">'
        "<meiHead><fileDesc><titleStmt><title>From MEI</title></titleStmt><pubStmt/></fileDesc></meiHead>"
        '<music><body><mdiv><score><scoreDef meter.count="4" meter.unit="4"><staffGrp symbol="brace">'
        f"{head.format(1, 'G', 2)}{head.format(2, 'F', 4)}</staffGrp></scoreDef><section>{measures}</section>"
        "</score></mdiv></body></music></mei>"
    )
    score = read_notation(path)
    assert score.title == "From MEI"
    assert steps(score) == [(0.0, 0, (74,)), (1.0, 1, (48, 72)), (5.0, 2, (54,))]
    assert [(n.pitch, n.length) for n in score.hand("right").groups[1].notes if not n.optional] == [(72, 6.0)]
    assert score.tempos == ((1.0, 120.0),)


def words(text: str, sound: str = "") -> str:
    """A direction in words; sound: what of it programs are told."""
    told = f"<sound {sound}/>" if sound else ""
    return f"<direction><direction-type><words>{text}</words></direction-type>{told}</direction>"


SEGNO = "<direction><direction-type><segno/></direction-type></direction>"


@pytest.mark.parametrize(
    ("segno", "back_to", "fine", "played"),
    [
        ("", words("D.C. al Fine"), words("Fine"), [1, 2, 3, 4, 1, 2, 3]),
        ("", words("D.C. al Fine", 'dacapo="yes"'), words("Fine", 'fine="yes"'), [1, 2, 3, 4, 1, 2, 3]),
        (SEGNO, words("Dal Segno al Fine"), words("FINE"), [1, 2, 3, 4, 2, 3]),
        ("", words("Da capo"), "", [1, 2, 3, 4, 1, 2, 3, 4]),
        ("", "", words("Fine"), [1, 2, 3, 4]),
    ],
)
def test_who_is_sent_back_in_words_goes_back(segno: str, back_to: str, fine: str, played: list[int]) -> None:
    """Whether programs are told, too, or players alone; words that end a piece do so only the second time."""
    names = {1: "C4", 2: "D4", 3: "E4", 4: "F4"}
    inside = {1: "", 2: segno, 3: "", 4: ""}
    bars = {
        str(n): (attributes(staves=ONE_STAFF) if n == 1 else "") + inside[n] + note(name, 16)
        for n, name in names.items()
    }
    bars["3"] += fine
    bars["4"] += back_to
    text = with_jumps(document(part(bars)))
    assert [bar.number for bar in notated(Document(text, "musicxml"), "a.xml", "a").bars] == played


def four_hands(labels: tuple[str, str]) -> str:
    """Two players, a bar each in every staff, two flats."""
    players = [
        part(
            {"1": attributes(fifths=-2) + note(f"C{high}", 16) + back(16) + note(f"Bb{high - 1}", 16, 2)},
            label,
            number,
        )
        for number, (label, high) in enumerate(zip(labels, (6, 4), strict=True), 1)
    ]
    return document(*players)


def test_one_of_two_players_is_practised() -> None:
    """The first, or by number or name; the notes of the other may sound beside it, with the hand that is not played."""
    page = Document(four_hands(("Primo", "Secondo")), "musicxml")
    primo, secondo = {84, 82}, {60, 58}
    for wanted, number, own, other in (
        ("", "1", primo, secondo),
        ("2", "2", secondo, primo),
        ("second", "2", secondo, primo),
    ):
        score = notated(page, "duet.xml", "duet", wanted)
        assert ({note.pitch for group in score.groups for note in group.notes}, score.part) == (own, number)
        assert {note.pitch for note in score.others} == other
        beside = score.beside("both")
        assert beside is not None
        assert {pitch for group in beside.groups for pitch in group.pitches} == other
        with_left = score.beside("right")
        assert with_left is not None
        assert {pitch for group in with_left.groups for pitch in group.pitches} == other | {min(own)}
        assert score.flats
        assert str(score.remarks[0]).endswith("There are: 1 Primo, 2 Secondo. Another one: --part NAME")
    for wanted in ("3", "0", "Flute"):
        with pytest.raises(FileError, match="There are: 1 Primo, 2 Secondo"):
            notated(page, "duet.xml", "duet", wanted)


def test_nothing_sounds_beside_both_hands_of_a_single_player() -> None:
    """And sharps name black keys where no flat is written."""
    text = document(part({"1": attributes() + note("C4", 16) + back(16) + note("C3", 16, 2)}))
    score = notated(Document(text, "musicxml"), "a.xml", "a")
    assert (score.beside("both"), score.part, score.others, score.flats) == (None, "", (), False)
