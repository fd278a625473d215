"""The spoken condition: words that were heard of another text are not taken for a turn's."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.errors import InputError
from trainer.training.agreement import CORPUS
from trainer.training.baselines import OneLine
from trainer.training.corpus import corpus_files, read_corpus
from trainer.training.split import FILE, read_split
from trainer.training.spoken import (
    drawn,
    read_heard,
    spoken_figures,
    turn_id,
    write_heard,
)

TALKS = read_corpus(corpus_files(CORPUS / "a"))[:3]


def test_turns_heard_word_for_word_do_not_drift() -> None:
    heard = {turn_id(item): item.turn.text for item in drawn(TALKS)}
    figures = spoken_figures(OneLine(), TALKS, heard)
    assert figures["median neutrality drift"].value == 0
    assert figures["median quality drift"].value == 0


def test_a_turn_that_was_not_heard_is_an_error() -> None:
    with pytest.raises(InputError, match="run trainer measure --speak"):
        spoken_figures(OneLine(), TALKS, {})


def test_what_was_heard_is_read_as_it_was_written(tmp_path: Path) -> None:
    heard = {"a": "so what's — next", "b": ""}
    write_heard(heard, tmp_path / "heard.json")
    assert read_heard(tmp_path / "heard.json") == heard
    with pytest.raises(InputError, match="cannot be read"):
        read_heard(tmp_path / "none.json")


def test_every_drawn_test_turn_of_the_corpus_was_heard() -> None:
    test = read_split(read_corpus(corpus_files(CORPUS)), CORPUS / FILE).test
    assert {turn_id(item) for item in drawn(test)} <= set(read_heard())
