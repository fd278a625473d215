"""The second pass: read strictly, paired with the writers' labels by place."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.errors import InputError
from trainer.training.agreement import CORPUS, of_flag, of_label, report
from trainer.training.corpus import corpus_files, read_corpus
from trainer.training.second_pass import FILE, labelled_twice, read_second_pass
from trainer.types import Flag, Label

TALK = """\
# talk z-001 | coaching | x
S: Nobody has answered.
M: [reflection] No word at all. [open_question +uptake] What would help?
M: [advice] I'd wait.
"""


def test_segments_are_paired_by_their_place(tmp_path: Path) -> None:
    (tmp_path / "01.txt").write_text(TALK)
    (tmp_path / FILE).write_text(
        "# a comment\nz-001.1.2 open_question\nz-001.2.1 direction +theirs\n"
    )
    talks = read_corpus(corpus_files(tmp_path))
    pairs = labelled_twice(talks, read_second_pass(tmp_path / FILE))
    assert [(p.writer.label, p.blind.label) for p in pairs] == [
        (Label.OPEN_QUESTION, Label.OPEN_QUESTION),
        (Label.ADVICE, Label.DIRECTION),
    ]
    assert of_label(pairs, Label.OPEN_QUESTION) == 1.0
    assert of_flag(pairs, Flag.UPTAKE) == 0.0
    assert "2 segments labelled twice" in report(pairs)


@pytest.mark.parametrize(
    "line", ["z-001.1.1", "z-001.1.1 sermon", "z-001.1.1 story +loud", "a 1\na 1"]
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / FILE).write_text(line + "\n")
    with pytest.raises(InputError, match=r"second_pass\.txt:\d: expected"):
        read_second_pass(tmp_path / FILE)


def test_the_two_passes_of_the_projects_corpus_agree() -> None:
    talks = read_corpus(corpus_files(CORPUS))
    pairs = labelled_twice(talks, read_second_pass(CORPUS / FILE))
    assert len(pairs) > 3900
    assert all(of_label(pairs, label) > 0.8 for label in Label)
