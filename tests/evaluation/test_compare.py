"""Old beside new: what moved, what flipped, and whether it is more than chance."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.evaluation.conftest import Evaluate, write_lines
from tests.records.test_store import info
from tests.talks import small_session
from trainer.errors import InputError, UsageError
from trainer.evaluation import Settings, Threshold, check, read_old
from trainer.evaluation.rescored import keep_scores
from trainer.evaluation.writers.as_json import turn_line
from trainer.records.store import SessionFolder
from trainer.session import typed
from trainer.types import Axis, Label


def turns(texts: list[str], talk: int = 4) -> list[dict[str, object]]:
    return [{"id": n, "talk": f"t{n // talk}", "text": text} for n, text in enumerate(texts)]


def old_result(path: Path, run: Evaluate, texts: list[str]) -> Path:
    """Write what an older scorer would have written: its labels for the new texts."""
    with run(write_lines(path.with_suffix(".in.jsonl"), *turns(texts))) as result:
        path.write_text("".join(turn_line(turn) for turn in result.turns()))
    return path


def rewritten(path: Path, texts: list[str]) -> Path:
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    changed = [
        {**line, "text": text, "scorer": "old-1", "talk": line["talk"]}
        for line, text in zip(lines, texts, strict=True)
    ]
    path.write_text("\n".join(map(json.dumps, changed)))
    return path


def test_a_real_difference_is_told_from_chance(tmp_path: Path, run: Evaluate) -> None:
    new = ["open: a?", "open: b?", "reflect: c", "open: d?"] * 6
    old = ["tell: a?", "open: b?", "reflect: c", "open: d?"] * 6
    earlier = rewritten(old_result(tmp_path / "old.jsonl", run, old), new)
    source = write_lines(tmp_path / "new.jsonl", *turns(new))
    settings = Settings(against=read_old(earlier))
    with run(source, settings=settings) as result:
        compared = result.against
    assert compared is not None
    assert (compared.turns, compared.reworded, compared.only_old) == (24, 0, 0)
    assert (compared.old_scorers, compared.new_scorers) == (("old-1",), ("by-cue",))
    quality = compared.axes[Axis.QUESTION_QUALITY]
    assert quality.change is not None and quality.change.value == 30
    assert quality.beyond_chance
    assert [flip.id for flip in compared.flips] == ["0", "4", "8", "12", "16", "20"]
    assert compared.flips[0].old_labels == (Label.DIRECTION,)


def test_a_difference_in_one_talk_of_five_may_be_chance(tmp_path: Path, run: Evaluate) -> None:
    new = ["open: a?", "tell: b", "open: c?", "open: d?"] * 5
    old = ["tell: a?", "open: b?", "open: c?", "open: d?", *new[4:-1], "tell: d"]
    earlier = rewritten(old_result(tmp_path / "old.jsonl", run, old), new)
    settings = Settings(against=read_old(earlier))
    with run(write_lines(tmp_path / "new.jsonl", *turns(new)), settings=settings) as result:
        compared = result.against
    assert compared is not None
    change = compared.axes[Axis.QUESTION_QUALITY]
    assert change.change is not None and change.change.value > 0
    assert not change.beyond_chance


def test_five_talks_are_too_few_to_rule_out_chance_however_alike(
    tmp_path: Path, run: Evaluate
) -> None:
    new, old = ["open: a?"] * 20, ["tell: a?"] * 20
    earlier = rewritten(old_result(tmp_path / "old.jsonl", run, old), new)
    settings = Settings(against=read_old(earlier))
    with run(write_lines(tmp_path / "new.jsonl", *turns(new)), settings=settings) as result:
        compared = result.against
    assert compared is not None
    change = compared.axes[Axis.QUESTION_QUALITY]
    assert change.change is not None and change.change.low > 0
    assert not change.beyond_chance


def test_turns_with_other_words_or_on_one_side_only_are_counted_and_not_compared(
    tmp_path: Path, run: Evaluate
) -> None:
    earlier = old_result(tmp_path / "old.jsonl", run, ["open: a?", "open: b?", "open: c?"])
    lines = [*turns(["open: a?", "open: otherwise?"]), {"id": 9, "talk": "t0", "text": "open: x?"}]
    settings = Settings(against=read_old(earlier))
    with run(write_lines(tmp_path / "new.jsonl", *lines), settings=settings) as result:
        compared = result.against
    assert compared is not None
    counts = (compared.turns, compared.reworded, compared.only_old, compared.only_new)
    assert counts == (1, 1, 1, 1)


@pytest.mark.parametrize("text", ["hello", "{}", "[1]", '{"turns": [{"id": 1}]}', ""])
def test_what_is_no_earlier_result_is_refused_in_one_line(text: str, tmp_path: Path) -> None:
    (tmp_path / "old.json").write_text(text)
    with pytest.raises(InputError, match="give what --format json or jsonl wrote"):
        read_old(tmp_path / "old.json")


def test_a_new_scoring_of_sessions_is_kept_beside_the_old(tmp_path: Path, run: Evaluate) -> None:
    session, folder = small_session(), SessionFolder(tmp_path / "s")
    folder.begin(info())
    for text in ("open: How was it?", "tell: Do it."):
        folder.add(session.answer(typed(text)))
    recorded = (folder.path / "turns.jsonl").read_bytes()
    with run(folder.path) as result:
        assert keep_scores(result.done_talks()) == 1
        assert keep_scores(result.done_talks()) == 1
        lines = (folder.path / "rescored" / "by-cue.jsonl").read_text().splitlines()
        assert [json.loads(line)["id"] for line in lines] == ["s/1", "s/2"]
    assert (folder.path / "turns.jsonl").read_bytes() == recorded


@pytest.mark.parametrize(
    ("text", "is_least", "held"),
    [
        ("question_quality=45", True, True),
        ("question_quality=45.1", True, False),
        ("question_quality=45", False, True),
        ("agenda_neutrality=50", False, False),
        ("accuracy=0.5", True, True),
        ("f1.open_question=0.9", True, True),
        ("f1.closed_question=0.1", True, False),
        ("cohen_kappa=0.1", True, True),
        ("word_error_rate=0.1", False, False),
        ("talk_share=0.5", False, False),
    ],
)
def test_thresholds_hold_means_shares_and_figures_against_people(
    text: str, is_least: bool, held: bool, tmp_path: Path, run: Evaluate
) -> None:
    lines = [
        {"id": 1, "text": "open: a?", "gold": {"label": "open_question"}},
        {"id": 2, "text": "tell: b", "gold": {"label": "closed_question"}},
    ]
    with run(write_lines(tmp_path / "t.jsonl", *lines)) as result:
        (checked,) = check(result, [Threshold.parse(text, is_least=is_least)])
    assert checked.held is held
    assert checked.message.startswith(checked.threshold.name)


@pytest.mark.parametrize("text", ["charm=5", "question_quality", "f1.opn=1", "question_quality=x"])
def test_a_threshold_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="for example question_quality=60"):
        Threshold.parse(text, is_least=True)
