"""The whole evaluation on one page: inputs to units, units to an engine, outcomes to figures."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from trainer.evaluation.agreement import Agreement, AgreementGatherer
from trainer.evaluation.compare import Comparison, ComparisonGatherer, Key, OldTurn
from trainer.evaluation.engines import Engine, MakeWorker, OneAfterTheOther
from trainer.evaluation.inputs.find import work_in
from trainer.evaluation.inputs.options import InputOptions
from trainer.evaluation.result import (
    Done,
    DoneTalk,
    EvaluatedTalk,
    EvaluatedTurn,
    ScenarioResult,
)
from trainer.evaluation.spool import Spool
from trainer.evaluation.summary import Gatherer, Summary
from trainer.evaluation.talks import Problem
from trainer.evaluation.units import Unit, units_of


class StoppedAtProblem(Exception):
    """A strict run met a problem and stopped."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.where}: {problem.message}")
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, in turns (a two-channel recording and a scenario count as one)."""

    done: int
    new: int
    """Done in this run; the rest was in the checkpoint."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run is to be done, none of which changes what comes out."""

    checkpoint: Path | None = None
    strict: bool = False
    """Stop at the first problem."""
    against: Mapping[Key, OldTurn] | None = None
    on_progress: Callable[[Progress], None] | None = None
    on_talk: Callable[[DoneTalk], None] | None = None
    """Called with each finished talk, in the order of the inputs, as soon as it is its turn."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of a run. Turns stay on disk and are read as they are asked for."""

    summary: Summary
    talks: tuple[EvaluatedTalk, ...]
    scenarios: tuple[ScenarioResult, ...]
    problems: tuple[Problem, ...]
    gold: Agreement | None
    """None without judgements and references."""
    against: Comparison | None
    """Beside the earlier result that was given."""
    recorded: Comparison | None
    """Beside the scoring that kept sessions hold."""
    _spool: Spool = field(repr=False)

    def done_talks(self) -> Iterator[DoneTalk]:
        """Read the talks with their turns, one at a time, in the order of the inputs."""
        for done in self._spool.done():
            yield from done.talks

    def turns(self) -> Iterator[EvaluatedTurn]:
        """Read the turns one at a time, in the order of the inputs."""
        for done in self.done_talks():
            yield from done.turns

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the turns."""
        self.close()

    def close(self) -> None:
        """Let go of the turns."""
        self._spool.close()


def evaluate(
    paths: Sequence[str | Path],
    make_worker: MakeWorker,
    options: InputOptions | None = None,
    settings: Settings | None = None,
    engine: Engine | None = None,
    standard_input: Iterable[bytes] = (),
) -> Evaluation:
    """Evaluate everything under the paths.

    Args:
        paths: Files, folders, globs, ``@LIST`` files, ``-`` for standard input.
        make_worker: Builds what scores, such as ``trainer.build.evaluator()``.
        options: What was said about the inputs.
        settings: How to do it.
        engine: Who does it; by default this process.
        standard_input: JSONL, read when a path is ``-``.

    Returns:
        The result; use it in a ``with`` block, or close it.

    Raises:
        UsageError: The checkpoint is of another run.
        StorageError: What was done cannot be kept.
        ModelError: A model is missing or corrupt.
        StoppedAtProblem: In a strict run.
    """
    options, settings = options or InputOptions(), settings or Settings()
    engine = engine or OneAfterTheOther(make_worker)
    spool = Spool(settings.checkpoint, repr(make_worker))
    try:
        with tempfile.TemporaryDirectory(prefix="trainer-") as folder:
            given = _kept_input(standard_input, Path(folder)) if "-" in map(str, paths) else None
            found = work_in(paths, options, given)
            run = _Run(spool, settings)
            for unit, done in engine.run(run.to_do(units_of(found))):
                run.finish(unit, done)
            run.hand_on()
            return run.evaluation()
    except BaseException:
        spool.close()
        raise


def _kept_input(lines: Iterable[bytes], folder: Path) -> Path:
    path = folder / "input.jsonl"
    with path.open("wb") as stream:
        stream.writelines(lines)
    return path


class _Run:
    """One run in progress."""

    def __init__(self, spool: Spool, settings: Settings) -> None:
        self._spool = spool
        self._settings = settings
        self._keys: dict[int, str] = {}
        self._done = self._new = 0
        self._next = 0  # the unit whose talks are to be handed on next
        self._gatherer = Gatherer()
        self._agreement = AgreementGatherer()
        self._against = ComparisonGatherer(settings.against) if settings.against else None
        self._recorded = ComparisonGatherer(None)
        self._scenarios: list[ScenarioResult] = []
        self._problems: dict[int, list[Problem]] = {}

    def to_do(self, units: Iterable[Unit | Problem]) -> Iterator[Unit]:
        """Pass on the units that no earlier run has done; note the problems where they are."""
        place = 0
        for each in units:
            if isinstance(each, Problem):
                self._note(place, [each])
                continue
            place = each.index + 1
            key = each.key()
            if self._spool.take_known(each.index, key):
                self._advance(each.size, new=False)
            else:
                self._keys[each.index] = key
                yield each

    def finish(self, unit: Unit, done: Done) -> None:
        """Keep what came of a unit."""
        if self._settings.strict and done.problems:
            raise StoppedAtProblem(done.problems[0])
        self._spool.add(unit.index, self._keys.pop(unit.index), done)
        self._advance(unit.size, new=True)

    def hand_on(self) -> None:
        """Take up every talk whose turn it is."""
        while self._spool.has(self._next):
            done = self._spool.at(self._next)
            for talk in done.talks:
                self._gatherer.add(talk)
                self._agreement.add(talk)
                self._recorded.add(talk)
                if self._against is not None:
                    self._against.add(talk)
                if self._settings.on_talk is not None:
                    self._settings.on_talk(talk)
            self._scenarios += done.scenarios
            self._note(self._next, done.problems)
            self._next += 1

    def _advance(self, size: int, *, new: bool) -> None:
        self._done += size
        self._new += size if new else 0
        if self._settings.on_progress is not None:
            self._settings.on_progress(Progress(self._done, self._new))
        self.hand_on()

    def _note(self, place: int, problems: Iterable[Problem]) -> None:
        for problem in problems:
            if self._settings.strict:
                raise StoppedAtProblem(problem)
            self._problems.setdefault(place, []).append(problem)

    def evaluation(self) -> Evaluation:
        """Sum up."""
        return Evaluation(
            summary=self._gatherer.summary(),
            talks=self._gatherer.listed(),
            scenarios=tuple(self._scenarios),
            problems=tuple(p for place in sorted(self._problems) for p in self._problems[place]),
            gold=self._agreement.agreement(),
            against=self._against.comparison() if self._against else None,
            recorded=self._recorded.comparison(),
            _spool=self._spool,
        )
