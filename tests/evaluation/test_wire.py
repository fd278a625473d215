"""The JSON contract of `trainer score`: what goes in, what comes out, what is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.errors import InputError
from trainer.evaluation.wire import parse_line, read_lines, score_batch, to_line
from trainer.scoring.rules import RulesClassifier
from trainer.types import Kind, Label, ManagerTurn


def scored(text: str) -> dict[str, object]:
    ((score, feedback),) = score_batch(RulesClassifier(), [ManagerTurn(text)])
    written: dict[str, object] = json.loads(to_line("7", score, feedback))
    return written


def test_the_output_has_the_contracts_fields() -> None:
    out = scored("Have you considered calling them?")
    assert set(out) == {
        "id",
        "segments",
        "question_quality",
        "agenda_neutrality",
        "feedback",
        "scorer",
        "not_scored_because",
    }
    assert isinstance(out["feedback"], dict)
    assert set(out["feedback"]) == {"quote", "what", "why", "rewrite"}


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_segments_give_back_the_text_and_probabilities_sum_to_one(text: str) -> None:
    segments = scored(text)["segments"]
    assert isinstance(segments, list)
    assert " ".join(each["text"] for each in segments).split() == text.split()
    for each in segments:
        assert set(each["probs"]) == {label.value for label in Label}
        assert sum(each["probs"].values()) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("text", ["", "   ", "um, uh", "🙂🙂", "..."])
def test_what_cannot_be_scored_is_null_with_the_reason(text: str) -> None:
    out = scored(text)
    assert (out["question_quality"], out["agenda_neutrality"], out["feedback"]) == (None,) * 3
    assert out["not_scored_because"]


def test_lines_before_the_turn_are_its_context_in_order() -> None:
    read = parse_line(
        '{"id": "1", "text": "t", "said_before": "c", "earlier": ["a", "b"], "kind": "mentoring"}',
        "f:1",
    )
    turn = read.turn()
    assert (turn.earlier, turn.said_before, turn.kind) == (("a",), ("b", "c"), Kind.MENTORING)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("not json", "f.jsonl:2: line: invalid json"),
        ("[]", "f.jsonl:2: line: "),
        ('{"id": "1"}', "f.jsonl:2: text: field required"),
        ('{"id": "1", "text": 5}', "f.jsonl:2: text: input should be a valid string"),
        ('{"id": "1", "text": "t", "kind": "x"}', "f.jsonl:2: kind: input should be 'coaching'"),
        ('{"id": "1", "text": "t", "sadi": "x"}', "f.jsonl:2: sadi: extra inputs"),
    ],
)
def test_a_bad_line_is_named_by_file_line_and_field(line: str, expected: str) -> None:
    with pytest.raises(InputError) as caught:
        list(read_lines(['{"id": "0", "text": "fine"}', line], "f.jsonl"))
    assert str(caught.value).startswith(expected)


def test_a_refused_line_is_not_quoted() -> None:
    with pytest.raises(InputError) as caught:
        list(read_lines(['{"id": "1", "text": ["my private words"]}'], "f"))
    assert "private" not in str(caught.value)


def test_empty_lines_and_a_byte_order_mark_are_passed_over() -> None:
    lines = ['\ufeff{"id": "1", "text": "t"}', "", '{"id": 2, "text": "u"}']
    assert [turn.id for turn in read_lines(lines, "f")] == ["1", 2]
