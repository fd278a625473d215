"""Contrast tests: the pairs are read whole, and a scorer that fails them is seen to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from trainer.errors import InputError
from trainer.training.agreement import CORPUS
from trainer.training.baselines import OneLine
from trainer.training.contrasts import (
    Pair,
    filler_never_lifts,
    owner_swaps,
    paraphrases_alike,
    read_owner_swaps,
    read_paraphrases,
)
from trainer.training.corpus import corpus_files, read_corpus
from trainer.types import Label, LabelledSegment, ManagerTurn


class Told:
    """Labels a turn by the first label whose name is in its words or the line before."""

    name = "told-1"

    def label(self, turns: Sequence[ManagerTurn]) -> list[tuple[LabelledSegment, ...]]:
        return [(LabelledSegment.certain(turn.text, self._of(turn)),) for turn in turns]

    def _of(self, turn: ManagerTurn) -> Label:
        said = " ".join((*turn.said_before, turn.text))
        return next((label for label in Label if label in said), Label.SOCIAL)


def test_the_pairs_of_the_corpus_are_enough() -> None:
    assert len(read_paraphrases()) >= 300
    swaps = read_owner_swaps()
    assert len(swaps) >= 50
    assert all(a.text == b.text and a.said_before != b.said_before for a, b in swaps)


def test_a_line_that_is_no_pair_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pairs.txt"
    path.write_text("S: One.\nQ: Two.\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"pairs\.txt:2: expected a line that starts with"):
        read_paraphrases(path)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("story", "story", 1.0), ("story", "direction", 0.0), ("open_question", "social", 0.0)],
)
def test_paraphrases_are_alike_when_both_scores_are(one: str, other: str, alike: float) -> None:
    pair = Pair(ManagerTurn(one), ManagerTurn(other))
    assert paraphrases_alike(Told(), [pair]).value == alike


@pytest.mark.parametrize(
    ("theirs", "nobodys", "moved"),
    [("closed_question", "advice", 1.0), ("advice", "closed_question", 0.0), ("", "", 0.0)],
)
def test_an_owner_swap_has_to_raise_neutrality(theirs: str, nobodys: str, moved: float) -> None:
    pair = Pair(ManagerTurn("Call.", (theirs,)), ManagerTurn("Call.", (nobodys,)))
    assert owner_swaps(Told(), [pair]).value == moved


def test_filler_is_measured() -> None:
    talks = read_corpus(corpus_files(CORPUS / "a"))[:2]
    assert 0 <= filler_never_lifts(OneLine(), talks).value <= 1
