"""How many poor turns get a better line, and what those lines are.

    .venv/bin/python benchmarks/rewrites.py [--scorer rules] [--sample 60] [--seed 1]

Over the corpus's frozen test split: the share of the turns scoring under 60 for which feedback has
a better line (the goal is 90%), how many of the lines fit anywhere, how many differ, and a sample
to read: what they had said, what the manager said, the line, and both scores.
"""

from __future__ import annotations

import argparse
import random
import textwrap
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from trainer import build
from trainer.feedback.choose import WORTH_A_TIP
from trainer.feedback.give import give_feedback
from trainer.protocols import Classifier
from trainer.scoring.score import score_turn, score_turns
from trainer.training.corpus import CorpusTurn, corpus_files, read_corpus
from trainer.training.split import FILE, read_split
from trainer.types import Feedback, TurnScore

CORPUS = Path("models/corpus")


class Poor(NamedTuple):
    """A turn that scored under 60, and its feedback."""

    item: CorpusTurn
    score: TurnScore
    feedback: Feedback | None

    @property
    def line(self) -> str | None:
        """The better line, if there is one."""
        return self.feedback.rewrite if self.feedback else None


def poor_turns(classifier: Classifier, corpus: Path) -> list[Poor]:
    """Give feedback on each turn of the test split that scores under 60."""
    talks = read_split(read_corpus(corpus_files(corpus)), corpus / FILE).test
    items = [item for talk in talks for item in talk.turns]
    scores = score_turns(classifier, [item.turn for item in items])
    return [
        Poor(item, score, give_feedback(classifier, item.turn, score))
        for item, score in zip(items, scores, strict=True)
        if score.lowest is not None and score.lowest < WORTH_A_TIP
    ]


def print_poor(classifier: Classifier, poor: Poor) -> None:
    """Print one turn with its line."""
    said = poor.item.turn.said_before
    print(f"\n[{poor.item.talk}, {poor.item.turn.kind}, {_both(poor.score)}]")
    for who, text in (("S", said[-1] if said else "(opens)"), ("M", poor.item.turn.text)):
        print(textwrap.shorten(f"  {who}: {text}", 260))
    if poor.feedback is None or poor.line is None:
        print("  -> no line")
        return
    turn = poor.item.turn
    after = score_turn(classifier, type(turn)(poor.line, turn.said_before, turn.earlier, turn.kind))
    print(f"  -> {poor.line}  [{poor.feedback.tip}, {_both(after)}]")


def _both(score: TurnScore) -> str:
    values = (score.question_quality, score.agenda_neutrality)
    return " / ".join("none" if value is None else f"{value:.0f}" for value in values)


def main() -> None:
    """Print the figures and the sample."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--scorer", choices=build.SCORERS, default=build.DEFAULT_SCORER)
    parser.add_argument("--sample", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args()
    classifier = build.classifier(options.scorer)
    found = poor_turns(classifier, options.corpus)
    lines = Counter(each.line for each in found if each.line)
    share = lines.total() / max(1, len(found))
    often = lines.most_common(1)[0] if lines else ("", 0)
    print(f"{classifier.name}: {len(found)} turns under {WORTH_A_TIP:.0f}, {share:.1%} with a line")
    print(f"{len(lines)} different lines; the most frequent, {often[1]} times: {often[0]}")
    for poor in random.Random(options.seed).sample(found, min(options.sample, len(found))):
        print_poor(classifier, poor)


if __name__ == "__main__":
    main()
