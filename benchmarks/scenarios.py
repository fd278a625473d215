"""The salesperson's speed: the next line, checking every scenario, and headless talks in bulk.

    .venv/bin/python -m benchmarks.scenarios [--talks N] [--scorer NAME]

The next line is timed alone, with the encoder loaded and the scenario's own lines placed, as in a
talk: hearing what was asked, choosing, moving the mind. Talks are typed, scored and fed back, by
simulated managers of every kind on every scenario.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence

from trainer import build
from trainer.protocols import Classifier, Encoder
from trainer.salesperson.policy import ScenarioSalesperson
from trainer.scenario.lint.lint import Linter
from trainer.scenario.load import Listed, Scenario, load_all
from trainer.scoring.score import score_turn
from trainer.session import turn_after
from trainer.simulation.managers import MANAGERS
from trainer.simulation.talk import Talk, talks_with
from trainer.text_to_speech.known_voices import require_known
from trainer.types import ManagerTurn

SEED = 5


def next_lines(talks: Sequence[Talk], scenario: Scenario, classifier: Classifier) -> list[float]:
    """Time choosing each line of some talks anew, with an encoder that remembers no question.

    Returns:
        Seconds a line.
    """
    found = []
    salesperson = ScenarioSalesperson(scenario.file, build.sentence_encoder(), seed=SEED)
    for talk in talks:
        standing = salesperson.open()
        lines = [standing.text]
        for exchange in talk.exchanges:
            if exchange.score is None or standing.ended is not None:
                break
            turn = turn_after(lines, exchange.said, standing.mind, scenario.file.kind)
            score = score_turn(classifier, turn)
            began = time.perf_counter()
            standing = salesperson.answer(standing.mind, turn, score)
            found.append(time.perf_counter() - began)
            lines.append(standing.text)
    return found


def checked(listed: Sequence[Listed], classifier: Classifier, encoder: Encoder) -> float:
    """Check every scenario as ``trainer scenarios check`` does; return seconds."""
    began = time.perf_counter()
    linter = Linter(require_known, classifier, encoder)
    for each in listed:
        linter.findings(each)
    return time.perf_counter() - began


def held(
    scenarios: Sequence[Scenario], count: int, classifier: Classifier, encoder: Encoder
) -> tuple[list[Talk], float]:
    """Hold about ``count`` headless talks; return them and the seconds they took."""
    seeds = range(-(-count // (len(scenarios) * len(MANAGERS))))
    began = time.perf_counter()
    talks = [
        talk
        for scenario in scenarios
        for talk in talks_with(scenario, MANAGERS, seeds, classifier=classifier, encoder=encoder)
    ]
    return talks, time.perf_counter() - began


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--talks", type=int, default=1000)
    parser.add_argument("--scorer", choices=build.SCORERS, default=build.DEFAULT_SCORER)
    given = parser.parse_args()
    listed = load_all()
    scenarios = [each.scenario for each in listed if each.scenario is not None]
    classifier, encoder = build.classifier(given.scorer), build.sentence_encoder()
    classifier.label([ManagerTurn("What happened?")])
    print(f"checking {len(listed)} scenarios: {checked(listed, classifier, encoder):.1f} s")
    first = scenarios[0]
    kinds = [kind for kind in MANAGERS if kind.name == "coach"]
    few = talks_with(first, kinds, range(6), classifier=classifier, encoder=encoder)
    times = next_lines(few, first, classifier)
    print(
        f"the next line, {len(times)} lines: median {1000 * statistics.median(times):.0f} ms, "
        f"95th percentile {1000 * statistics.quantiles(times, n=20)[-1]:.0f} ms"
    )
    talks, took = held(scenarios, given.talks, classifier, encoder)
    turns = sum(len(talk.exchanges) for talk in talks)
    print(f"{len(talks)} headless talks, {turns} turns: {took:.0f} s")


if __name__ == "__main__":
    main()
