"""Who does the work, in what order and with what interruptions, makes no difference."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.evaluation.conftest import Fakes, RulesOnly, write_lines
from trainer.errors import StorageError, UsageError
from trainer.evaluation import Evaluation, OneAfterTheOther, Processes, Settings, evaluate
from trainer.evaluation.engines import Outcome
from trainer.evaluation.inputs.find import work_in
from trainer.evaluation.inputs.options import InputOptions
from trainer.evaluation.talks import Problem
from trainer.evaluation.units import FULL, Unit, units_of
from trainer.evaluation.writers.as_json import write_json

WORDS = "What did they say, why not call them, I'd ring them, so it worries you, tell me".split(",")


def talks(path: Path, count: int, turns: int = 7) -> Path:
    """Write talks of ordinary sentences in all kinds of mixture."""
    rng = random.Random(5)
    lines: list[str | dict[str, object]] = []
    for talk in range(count):
        for _ in range(turns):
            text = ". ".join(rng.choices(WORDS, k=rng.randint(1, 4)))
            lines.append({"talk": f"t{talk}", "speaker": "Manager", "text": text})
            lines.append({"talk": f"t{talk}", "speaker": "Ben", "text": rng.choice(WORDS)})
    lines.insert(20, "broken")
    return write_lines(path, *lines)


def as_json(result: Evaluation) -> str:
    with result:
        out = io.StringIO()
        write_json(result, (), out)
        return out.getvalue()


class Shuffled:
    """Does the work in this process and hands it back in another order."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def run(self, units: Iterable[Unit]) -> Iterator[Outcome]:
        outcomes = list(OneAfterTheOther(RulesOnly()).run(units))
        random.Random(self._seed).shuffle(outcomes)
        yield from outcomes


class KilledAfter:
    """Does some units, then dies as a killed process does: without a word."""

    def __init__(self, units: int) -> None:
        self.left = units

    def run(self, units: Iterable[Unit]) -> Iterator[Outcome]:
        for outcome in OneAfterTheOther(RulesOnly()).run(units):
            if self.left == 0:
                raise KeyboardInterrupt
            self.left -= 1
            yield outcome


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    return talks(tmp_path / "talks.jsonl", 24)


@pytest.fixture
def expected(inputs: Path) -> str:
    return as_json(evaluate([inputs], RulesOnly()))


def test_the_order_in_which_work_is_finished_makes_no_difference(
    inputs: Path, expected: str
) -> None:
    for seed in range(3):
        assert as_json(evaluate([inputs], RulesOnly(), engine=Shuffled(seed))) == expected


def test_two_processes_give_the_same_bytes_as_one(inputs: Path, expected: str) -> None:
    engine = Processes(RulesOnly(), 2)
    assert as_json(evaluate([inputs], RulesOnly(), engine=engine)) == expected


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_the_size_of_a_unit_makes_no_difference(
    size: int, inputs: Path, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.evaluation.units.FULL", size)
    assert as_json(evaluate([inputs], RulesOnly())) == expected


def test_the_order_of_the_files_makes_no_difference_to_a_turn(tmp_path: Path) -> None:
    files = [talks(tmp_path / f"{name}.jsonl", 3) for name in "abc"]
    with evaluate(files, RulesOnly()) as one, evaluate(files[::-1], RulesOnly()) as other:
        assert sorted(map(repr, one.turns())) == sorted(map(repr, other.turns()))


def test_a_talk_is_never_parted_and_units_are_full(inputs: Path) -> None:
    units = [each for each in units_of(work_in([inputs], InputOptions())) if isinstance(each, Unit)]
    assert sum(unit.size for unit in units) == 168
    assert all(unit.size == FULL // 7 * 7 for unit in units[:-1])
    assert [unit.index for unit in units] == list(range(len(units)))


@pytest.mark.parametrize("done", [0, 1, 2])
def test_a_run_goes_on_where_it_was(done: int, inputs: Path, expected: str, tmp_path: Path) -> None:
    settings = Settings(checkpoint=tmp_path / "c.jsonl")
    with pytest.raises(KeyboardInterrupt):
        evaluate([inputs], RulesOnly(), settings=settings, engine=KilledAfter(done))
    seen: list[int] = []
    again = Settings(settings.checkpoint, on_progress=lambda p: seen.append(p.new))
    assert as_json(evaluate([inputs], RulesOnly(), settings=again)) == expected
    left = 168 - done * (FULL // 7 * 7)
    assert seen[-1] == left


def test_wherever_the_checkpoint_is_torn_it_goes_on(
    inputs: Path, expected: str, tmp_path: Path
) -> None:
    checkpoint = tmp_path / "c.jsonl"
    settings = Settings(checkpoint=checkpoint)
    as_json(evaluate([inputs], RulesOnly(), settings=settings))
    whole = checkpoint.read_bytes()
    rng = random.Random(3)
    for _ in range(8):
        checkpoint.write_bytes(whole[: rng.randrange(len(whole))])
        assert as_json(evaluate([inputs], RulesOnly(), settings=settings)) == expected
        assert sorted(checkpoint.read_bytes().splitlines()) == sorted(whole.splitlines())


def test_an_input_that_was_changed_is_done_again(inputs: Path, tmp_path: Path) -> None:
    settings = Settings(checkpoint=tmp_path / "c.jsonl")
    evaluate([inputs], RulesOnly(), settings=settings).close()
    inputs.write_text(inputs.read_text().replace("tell me", "tell them"))
    fresh = as_json(evaluate([inputs], RulesOnly()))
    assert as_json(evaluate([inputs], RulesOnly(), settings=settings)) == fresh


def test_a_checkpoint_of_another_run_or_no_checkpoint_is_refused(
    inputs: Path, tmp_path: Path
) -> None:
    settings = Settings(checkpoint=tmp_path / "c.jsonl")
    evaluate([inputs], RulesOnly(), settings=settings).close()
    with pytest.raises(UsageError, match="is of another run"):
        evaluate([inputs], Fakes(), settings=settings)
    (tmp_path / "letter.txt").write_text("Dear all,\n")
    with pytest.raises(UsageError, match="is not a checkpoint"):
        evaluate([inputs], RulesOnly(), settings=Settings(checkpoint=tmp_path / "letter.txt"))
    assert (tmp_path / "letter.txt").read_text() == "Dear all,\n"


def test_two_runs_never_write_one_checkpoint(inputs: Path, tmp_path: Path) -> None:
    settings = Settings(checkpoint=tmp_path / "c.jsonl")
    with (
        evaluate([inputs], RulesOnly(), settings=settings),
        pytest.raises(UsageError, match="another run is writing"),
    ):
        evaluate([inputs], RulesOnly(), settings=settings)
    evaluate([inputs], RulesOnly(), settings=settings).close()


def test_a_checkpoint_that_cannot_be_written_is_one_line(inputs: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written"):
        evaluate([inputs], RulesOnly(), settings=Settings(checkpoint=tmp_path / "none" / "c.jsonl"))


def test_fifty_broken_files_of_five_thousand_are_named_and_the_rest_is_done(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    broken = set(range(0, 5000, 100))
    for n in range(5000):
        text = "oops" if n in broken else json.dumps({"id": n, "text": "What happened?"})
        (folder / f"{n:04}.jsonl").write_text(text)
    with evaluate([folder], RulesOnly()) as result:
        assert result.summary.turns == 4950
        assert [p.where for p in result.problems] == [
            f"{folder / f'{n:04}.jsonl'}:1" for n in sorted(broken)
        ]
        assert all(isinstance(each, Problem) for each in result.problems)
