"""Against people: figures are the field's, intervals over whole talks, recognition told apart."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.evaluation.conftest import Evaluate, write_lines, write_tone
from trainer.errors import InputError
from trainer.evaluation.align import labels_of, majority
from trainer.evaluation.inputs.judgements import read_gold
from trainer.evaluation.label_measures import (
    GROUPS,
    LABELS,
    SIZE,
    fleiss_kappa,
    label_figures,
    table_figures,
)
from trainer.types import Axis, Label

OPEN, CLOSED = Label.OPEN_QUESTION, Label.CLOSED_QUESTION
TELL, ADVICE, SOCIAL = Label.DIRECTION, Label.ADVICE, Label.SOCIAL


def test_the_resampled_figures_are_those_of_scikit_learn() -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        kinds = np.array([(a, b) for a in rng.choice(SIZE, 6) for b in rng.choice(SIZE, 4)])
        counts = rng.integers(1, 30, len(kinds))
        table = np.zeros((1, SIZE, SIZE))
        np.add.at(table[0], (kinds[:, 0], kinds[:, 1]), counts)
        mine = {name: values[0] for name, values in table_figures(table).items()}
        theirs = label_figures(kinds[:, 0], kinds[:, 1], counts)
        assert {"accuracy", "macro_f1", "cohen_kappa", "group_kappa"} <= set(theirs)
        for name, value in theirs.items():
            assert mine[name] == pytest.approx(value, abs=1e-9), name
        undefined = {name for name, value in mine.items() if np.isnan(value)}
        assert undefined == set(mine) - set(theirs)


def test_fleiss_kappa_is_that_of_a_worked_example() -> None:
    # Four raters, five items, three classes. P of the items: 1, .5, .5, 1/3, 1, so P = 2/3; the
    # classes hold .5, .3 and .2 of the 20 judgements, so P by chance = .38.
    counts = np.array([[4, 0, 0], [3, 1, 0], [1, 3, 0], [2, 2, 0], [0, 0, 4]])
    assert fleiss_kappa(counts) == pytest.approx((2 / 3 - 0.38) / (1 - 0.38))
    assert fleiss_kappa(np.array([[3, 0], [3, 0]])) is None


@pytest.mark.parametrize(
    ("stretches", "cut", "expected"),
    [
        ([("a b", OPEN), ("c d", TELL)], [("a b", OPEN), ("c d", TELL)], [OPEN, TELL]),
        ([("a b c d", OPEN)], [("a", SOCIAL), ("b c d", TELL)], [TELL]),
        ([("a b", OPEN), ("c d", TELL)], [("a b c d", CLOSED)], [CLOSED, CLOSED]),
        ([("a b", OPEN), ("c d", TELL)], [("A, b.", CLOSED), ("c D!", ADVICE)], [CLOSED, ADVICE]),
        ([("a b", OPEN), ("c d e", TELL)], [("a x", CLOSED), ("d e", ADVICE)], [CLOSED, ADVICE]),
        ([("a", OPEN), ("b", TELL)], [("a", CLOSED)], [CLOSED, CLOSED]),
        ([("a", OPEN)], [], [None]),
    ],
)
def test_a_labelled_stretch_is_compared_with_the_segment_that_has_most_of_its_words(
    stretches: list[tuple[str, Label]],
    cut: list[tuple[str, Label]],
    expected: list[Label | None],
) -> None:
    assert labels_of(stretches, cut) == expected


@pytest.mark.parametrize(
    ("labels", "expected"),
    [([OPEN, TELL, OPEN], OPEN), ([TELL, OPEN], OPEN), ([ADVICE, TELL, OPEN, TELL], TELL)],
)
def test_what_most_people_said_is_gold_and_of_equals_the_milder(
    labels: list[Label], expected: Label
) -> None:
    assert majority(labels) == expected


def judged(text: str, label: str, **more: object) -> dict[str, object]:
    return {"text": text, "gold": {"label": label, **more}}


def test_labels_and_scores_are_measured_against_gold_beside_the_turns(
    tmp_path: Path, run: Evaluate
) -> None:
    lines = [
        {"id": n, "talk": f"t{n // 4}", **each}
        for n, each in enumerate(
            [
                judged("open: a?", "open_question"),
                judged("tell: b", "direction"),
                judged("lead: c?", "closed_question"),
                judged("open: d?", "open_question"),
            ]
            * 4
        )
    ]
    with run(write_lines(tmp_path / "t.jsonl", *lines)) as result:
        gold = result.gold
    assert gold is not None and (gold.segments, gold.turns, gold.raters) == (16, 16, 1)
    assert gold.measures.accuracy is not None
    assert gold.measures.accuracy.value == 0.75
    assert (gold.measures.accuracy.low, gold.measures.accuracy.high) == (0.75, 0.75)
    by_label = {each.label: each for each in gold.measures.labels}
    f1, recall = by_label[OPEN].f1, by_label[CLOSED].recall
    assert f1 is not None and f1.value == 1
    assert recall is not None and recall.value == 0
    assert by_label[CLOSED].precision is None, "the scorer never said it"
    assert gold.measures.confusion[LABELS.index(CLOSED)][LABELS.index(Label.LEADING_QUESTION)] == 4
    pearson = gold.measures.scores[Axis.QUESTION_QUALITY].pearson
    assert pearson is not None and 0.8 < pearson.value < 1
    assert gold.word_error_rate is None and gold.from_reference is None


def test_gold_may_be_in_a_file_of_its_own_by_several_people(tmp_path: Path, run: Evaluate) -> None:
    turns = [{"id": n, "text": text} for n, text in enumerate(["open: a?", "tell: b", "open: c?"])]
    source = write_lines(tmp_path / "t.jsonl", *turns)
    table = tmp_path / "gold.csv"
    table.write_text(
        "id;rater;label\n0;A;open_question\n0;B;open_question\n1;A;direction\n"
        "1;B;advice\n2;A;open_question\n2;B;open_question\n"
    )
    as_lines = write_lines(
        tmp_path / "gold.jsonl",
        *(
            {"id": id_, "rater": rater, "label": label}
            for id_, rater, label in (line.split(";") for line in table.read_text().split()[1:])
        ),
    )
    assert read_gold(table) == read_gold(as_lines)
    with run(source, gold=read_gold(table)) as result:
        gold = result.gold
    assert gold is not None and (gold.segments, gold.raters) == (3, 2)
    # Two of three agree; 5 of 6 judgements are open or direction or advice by chance.
    by_chance = (4 / 6) ** 2 + (1 / 6) ** 2 + (1 / 6) ** 2
    assert gold.fleiss_kappa is not None
    assert gold.fleiss_kappa.value == round((2 / 3 - by_chance) / (1 - by_chance), 3)
    assert gold.fleiss_kappa_with_scorer is not None
    assert gold.measures.accuracy is not None
    assert gold.measures.accuracy.value == 0.667, "of advice and direction, advice is the milder"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("g.csv", "turn,label\n1,advice\n", "g.csv:1: no column 'id'; found turn, label"),
        ("g.csv", "id,label\n1,advise\n", "g.csv:2: label: input should be"),
        (
            "g.csv",
            "id,question_quality\n1,101\n",
            "g.csv:2: question_quality: input should",
        ),
        ("g.jsonl", "[]", "g.jsonl:1: line: "),
        ("g.jsonl", "", "holds no judgements"),
    ],
)
def test_a_gold_file_that_cannot_be_used_is_named_by_line(
    name: str, text: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError) as caught:
        read_gold(tmp_path / name)
    assert message in str(caught.value)


def test_what_recognition_costs_is_told_apart_from_what_the_scorer_does(
    tmp_path: Path, run: Evaluate
) -> None:
    said = ["open: how was the month", "tell: ring them", "open: what next", "lead: not good right"]
    heard = ["open: how was the month", "open: ring them", "open: what next", "lead: not good"]
    labels = ["open_question", "direction", "open_question", "leading_question"]
    rows = []
    for n, (words, label) in enumerate(zip(said, labels, strict=True)):
        write_tone(tmp_path / f"{n}.wav")
        rows.append({"file": f"{n}.wav", "reference": words, "gold": {"label": label}})
    write_lines(tmp_path / "manifest.jsonl", *rows)
    with run(tmp_path, heard=heard) as result:
        gold, turns = result.gold, list(result.turns())
    assert gold is not None and gold.from_reference is not None
    assert gold.word_error_rate is not None
    errors, spoken = 2, sum(len(each.split()) for each in said)
    assert gold.word_error_rate.value == round(errors / spoken, 3)
    assert gold.measures.accuracy is not None and gold.from_reference.accuracy is not None
    assert gold.measures.accuracy.value == 0.75
    assert gold.from_reference.accuracy.value == 1.0
    assert gold.change["accuracy"].value == -0.25
    assert turns[1].reference is not None and turns[1].reference.labels == (TELL,)
    assert (turns[1].question_quality, turns[1].reference.question_quality) == (90, 0)


def test_groups_are_those_of_the_rubric() -> None:
    assert len(GROUPS) == 7


def test_a_scorers_own_output_may_be_gold(tmp_path: Path, run: Evaluate) -> None:
    own = {"segments": [{"text": "open: a?", "label": "open_question", "probs": {"social": 1.0}}]}
    line = json.dumps({"id": 1, "text": "open: a?", "gold": own})
    with run(write_lines(tmp_path / "t.jsonl", line)) as result:
        assert result.gold is not None and result.gold.segments == 1
