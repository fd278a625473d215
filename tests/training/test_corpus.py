"""Reading labelled talks."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.errors import InputError
from trainer.training.corpus import corpus_files, read_corpus, read_talks
from trainer.types import Flag, Kind, Label

TALK = """\
# talk z-001 | mentoring | a workshop; a patient lead
M: [social] Morning.
S: Nobody has answered.
S: I am not sure why.
M{asr,why}: [reflection] no word   at all [open_question +uptake +forward] what would help
S: A second pair of eyes.
M: [permission] Could I add one thing?
S: Sure.
M: [advice +licensed] I'd wait.

# talk z-002 | coaching | another; with | a bar
S: Hello.
M: [open_question] What now?
"""


def written(folder: Path, text: str, name: str = "01.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_talks_become_typed_values(tmp_path: Path) -> None:
    first, second = read_talks(written(tmp_path, TALK))
    assert (first.id, first.kind, len(first.turns)) == ("z-001", Kind.MENTORING, 4)
    assert second.setting == "another; with | a bar"
    turn = first.turns[1]
    assert turn.near == {"asr", "why"}
    assert turn.line == 5
    assert [each.label for each in turn.segments] == [Label.REFLECTION, Label.OPEN_QUESTION]
    assert turn.segments[1].flags == {Flag.UPTAKE, Flag.FORWARD}
    assert turn.turn.text == "no word at all what would help"


def test_the_last_two_lines_are_before_and_older_ones_earlier(tmp_path: Path) -> None:
    talk = read_talks(written(tmp_path, TALK))[0]
    assert talk.turns[0].turn.said_before == ()
    assert talk.turns[2].turn.said_before == ("I am not sure why.", "A second pair of eyes.")
    assert talk.turns[2].turn.earlier == ("Nobody has answered.",)


def test_leave_counts_only_right_after_it_was_asked_and_granted(tmp_path: Path) -> None:
    talk = read_talks(written(tmp_path, TALK))[0]
    assert [each.turn.licensed for each in talk.turns] == [False, False, False, True]


HEAD = "# talk z-001 | coaching | x\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("S: Hello.\n", ":1: a line before any talk"),
        ("# talk z-1 | coaching | x\n", ":1: found no header"),
        ("# talk z-001 | chat | x\n", ":1: kind: found 'chat'"),
        (HEAD + "X: what\n", ":2: found none of"),
        (HEAD + "M: no label\n", r":2: expected '\[label"),
        (HEAD + "M:\n", r":2: expected '\[label"),
        (HEAD + "M: [nice] Hello.\n", ":2: label: unknown 'nice'"),
        (HEAD + "M: [social push] Hello.\n", ":2: flag: found 'push'"),
        (HEAD + "M: [social +nice] Hello.\n", r":2: flag: found '\+nice'"),
        (HEAD + "M: [social] [story] Once.\n", r":2: \[social\] has no words"),
        (HEAD + "M{odd}: [social] Hello.\n", ":2: near-miss: unknown kind 'odd'"),
    ],
)
def test_a_wrong_line_is_named_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError, match=f"01.txt{says}"):
        read_talks(written(tmp_path, text))


def test_the_same_talk_twice_is_an_error(tmp_path: Path) -> None:
    written(tmp_path, TALK)
    written(tmp_path, TALK, "02.txt")
    with pytest.raises(InputError, match="z-001 is also in"):
        read_corpus(corpus_files(tmp_path))


def test_a_file_that_is_not_text_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "01.txt"
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(InputError, match="UTF-8"):
        read_talks(path)
