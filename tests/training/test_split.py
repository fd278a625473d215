"""The split: by talk, the same shares of each writer, and a test that cannot change unseen."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from trainer.errors import InputError
from trainer.training.agreement import CORPUS
from trainer.training.corpus import CorpusTurn, GoldSegment, Talk, corpus_files, read_corpus
from trainer.training.split import FILE, Part, draw, freeze, read_split
from trainer.types import Kind, Label, ManagerTurn


def talk(name: str, *texts: str) -> Talk:
    turns = tuple(
        CorpusTurn(
            name,
            ManagerTurn(text),
            (GoldSegment(text, Label.INFORMATION, frozenset()),),
            frozenset(),
            at,
        )
        for at, text in enumerate(texts, start=2)
    )
    return Talk(name, Kind.COACHING, "a place", turns)


TALKS = [talk(f"{writer}-{n:03}", f"word{writer}{n}") for writer in "ab" for n in range(200)]


def test_each_writer_gives_the_same_shares() -> None:
    parts = draw(TALKS)
    for writer in "ab":
        counts = Counter(part for name, part in parts.items() if name[0] == writer)
        assert counts[Part.TEST] == pytest.approx(30, abs=2)
        assert counts[Part.DEV] == pytest.approx(24, abs=2)


def test_talks_that_share_a_managers_words_stay_together() -> None:
    said = "have you thought about ringing the buyer in Leeds"
    ties = [talk("a-901", said), talk("b-902", said + " today"), talk("b-903", "something else")]
    for extra in range(8):
        parts = draw([*TALKS[extra:], *ties])
        assert parts["a-901"] is parts["b-902"]


def test_a_frozen_split_is_read_back_and_a_changed_test_is_refused(tmp_path: Path) -> None:
    freeze(TALKS, tmp_path / FILE)
    split = read_split(TALKS, tmp_path / FILE)
    assert sum(map(len, split)) == len(TALKS)
    changed = split.test[0]
    other = replace(changed, kind=Kind.MENTORING)
    talks = [other if each is changed else each for each in TALKS]
    with pytest.raises(InputError, match=r"split\.json: the test talks have SHA-256"):
        read_split(talks, tmp_path / FILE)


def test_a_new_writer_is_drawn_and_the_others_stay_where_they_are(tmp_path: Path) -> None:
    path = tmp_path / FILE
    freeze(TALKS, path)
    before = read_split(TALKS, path)
    more = [*TALKS, *(talk(f"c-{n:03}", f"wordc{n}") for n in range(100))]
    freeze(more, path)
    after = read_split(more, path)
    assert [t.id for t in after.test if t.id[0] != "c"] == [t.id for t in before.test]
    assert [t.id for t in after.dev if t.id[0] != "c"] == [t.id for t in before.dev]
    assert sum(t.id[0] == "c" for t in after.test) == pytest.approx(15, abs=2)


def test_a_new_talk_that_shares_words_with_a_test_talk_goes_into_the_test(tmp_path: Path) -> None:
    said = "have you thought about ringing the buyer in Leeds"
    frozen = {"a-901": Part.TEST}
    parts = draw([talk("a-901", said), talk("c-902", said + " today")], frozen)
    assert parts["c-902"] is Part.TEST


def test_the_projects_own_test_talks_are_the_frozen_ones() -> None:
    talks = read_corpus(corpus_files(CORPUS))
    split = read_split(talks, CORPUS / FILE)
    # Those who only train are measured on nobody's talks but the others'.
    tested = {talk.id[0] for talk in split.test}
    turns = [sum(len(each.turns) for each in part if each.id[0] in tested) for part in split]
    assert turns[2] / sum(turns) == pytest.approx(0.15, abs=0.01)
    assert turns[1] / sum(turns) == pytest.approx(0.12, abs=0.01)
