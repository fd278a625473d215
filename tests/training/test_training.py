"""Training end to end on a few talks: it learns, resumes where it was, and repeats itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.training import network_training as training
from trainer.training.agreement import CORPUS
from trainer.training.baselines import OneLine
from trainer.training.corpus import corpus_files, read_corpus
from trainer.training.examples import Example, examples_of
from trainer.training.external import measure_external
from trainer.training.judging import (
    CONDITIONS,
    gold_of,
    judge,
    paired,
    segment_figures,
    turn_figures,
)
from trainer.training.network_training import Plan, fit
from trainer.training.second_pass import SecondLabel
from trainer.types import Flag, Label, ManagerTurn


@pytest.fixture(scope="module")
def few() -> list[Example]:
    return examples_of(read_corpus(corpus_files(CORPUS / "a"))[:2], {})


def test_both_passes_count_half_where_they_differ() -> None:
    talk = read_corpus(corpus_files(CORPUS / "a"))[0]
    blind = SecondLabel(Label.STORY, frozenset({Flag.PUSH}))
    example = examples_of([talk], {f"{talk.id}.1.1": blind})[0]
    assert example.labels.sum(1) == pytest.approx(1)
    assert sorted(example.labels[0])[-2:] == [0.5, 0.5]
    assert max(example.flags[0]) == 0.5


def test_the_peoples_own_labels_score_full_marks() -> None:
    talks = read_corpus(corpus_files(CORPUS / "a"))[:3]

    class Oracle:
        name = "oracle-1"

        def label(self, turns: list[ManagerTurn]):  # type: ignore[no-untyped-def]
            return [gold_of(item) for talk in talks for item in talk.turns]

    judged = judge(Oracle(), talks, CONDITIONS[0], ["word"])  # type: ignore[arg-type]
    figures = turn_figures(judged) | segment_figures(judged)
    assert all(figure.value == pytest.approx(1.0) for figure in figures.values())


def test_segments_are_paired_with_what_shares_most_words() -> None:
    found = OneLine().label([ManagerTurn("They rang. What did they want? I see.")])[0]
    pairs = paired([["They", "rang.", "What"], ["did", "they", "want?", "I"], ["see."]], found)
    assert [each.segment.text for each in pairs] == [
        "They rang.",
        "What did they want?",
        "I see.",
    ]


def test_outside_data_that_is_not_there_gives_no_figures(tmp_path: Path) -> None:
    assert measure_external(OneLine(), tmp_path, str) == {}


@pytest.mark.slow
def test_a_resumed_run_ends_with_the_same_weights(tmp_path: Path, few: list[Example]) -> None:
    import torch

    torch.set_num_threads(1)
    plan = Plan(epochs=2, batch=4)
    whole, _ = fit(few, plan, tmp_path / "a.pt")

    class Stopped(Exception):
        pass

    keep = training._keep
    with pytest.MonkeyPatch.context() as patch:

        def keep_and_stop(*given: object) -> None:
            keep(*given)  # type: ignore[arg-type]
            raise Stopped

        patch.setattr(training, "_keep", keep_and_stop)
        with pytest.raises(Stopped):
            fit(few, plan, tmp_path / "b.pt")
    again, _ = fit(few, plan, tmp_path / "b.pt")
    for name, weight in whole.state_dict().items():
        assert torch.equal(weight, again.state_dict()[name]), name
