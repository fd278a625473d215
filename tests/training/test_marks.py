"""Outside talk teaches which sentences ask, by the question marks people gave it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trainer.scoring.turn_input import LABELS
from trainer.training.marks import FILES, MarkDraw, Marked, read_marked
from trainer.training.network_training import fresh_network
from trainer.types import Label


@pytest.fixture(scope="module")
def network() -> tuple[Any, Any]:
    return fresh_network()


def marked(folder: Path, tokenizer: Any, text: str) -> list[Marked]:
    row = {"text": text, "said_before": "It is nine."}
    (folder / FILES[0]).write_text(json.dumps(row) + "\n", encoding="utf-8")
    return read_marked(tokenizer, folder)


def test_a_turn_is_read_with_its_marks_and_without(
    tmp_path: Path, network: tuple[Any, Any]
) -> None:
    with_marks, without = marked(tmp_path, network[1], "It is nine. How did you get nine?")
    assert with_marks.laid.cuts == without.laid.cuts == [(0, 3), (3, 8)]
    assert [*with_marks.asks] == [*without.asks] == [False, True]
    assert with_marks.known.all()


def test_an_invitation_without_a_question_mark_is_not_taken_for_a_statement(
    tmp_path: Path, network: tuple[Any, Any]
) -> None:
    both = marked(tmp_path, network[1], "Tell me more about that. It is nine.")
    assert [[*each.known] for each in both] == [[False, True]] * 2


@pytest.mark.parametrize("text", ["", "   ", "...", "no mark at all"])
def test_a_turn_without_a_marked_sentence_teaches_nothing(
    tmp_path: Path, network: tuple[Any, Any], text: str
) -> None:
    assert marked(tmp_path, network[1], text) == []


def test_without_the_outside_data_there_is_nothing_to_draw(
    tmp_path: Path, network: tuple[Any, Any]
) -> None:
    assert read_marked(network[1], tmp_path) == []
    assert MarkDraw([], 4).batch(np.random.default_rng(1)) == []


def test_the_loss_falls_when_a_question_is_called_any_kind_of_question(
    tmp_path: Path, network: tuple[Any, Any]
) -> None:
    import torch

    built, tokenizer = network
    turns = marked(tmp_path, tokenizer, "How did you get nine?")
    draw = MarkDraw(turns, 2)
    batch = draw.batch(np.random.default_rng(1))

    def loss_with(label: Label) -> float:
        with torch.no_grad():
            bias = built["labels"].bias
            before = bias.clone()
            bias[LABELS.index(label)] += 20.0
            loss = float(draw.loss(built, batch))
            bias.copy_(before)
        return loss

    assert loss_with(Label.OPEN_QUESTION) < 0.1 > loss_with(Label.WHY_CHALLENGE)
    assert loss_with(Label.DIRECTION) > 5.0
