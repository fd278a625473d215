"""Headless scoring: talks from files in, scores with their evidence out.

::

    from trainer import build
    from trainer.evaluation import InputOptions, evaluate

    with evaluate(["talks/"], build.evaluator(), InputOptions(manager=("Anna",))) as result:
        for turn in result.turns():
            print(turn.id, turn.question_quality, turn.agenda_neutrality)
"""

from trainer.evaluation.agreement import Agreement
from trainer.evaluation.compare import Comparison, read_old
from trainer.evaluation.engines import OneAfterTheOther, Processes
from trainer.evaluation.inputs.judgements import read_gold
from trainer.evaluation.inputs.options import InputOptions
from trainer.evaluation.result import EvaluatedTalk, EvaluatedTurn, ScenarioResult
from trainer.evaluation.run import Evaluation, Progress, Settings, StoppedAtProblem, evaluate
from trainer.evaluation.summary import Summary
from trainer.evaluation.talks import Channel, Problem
from trainer.evaluation.thresholds import Threshold, check

__all__ = [
    "Agreement",
    "Channel",
    "Comparison",
    "EvaluatedTalk",
    "EvaluatedTurn",
    "Evaluation",
    "InputOptions",
    "OneAfterTheOther",
    "Problem",
    "Processes",
    "Progress",
    "ScenarioResult",
    "Settings",
    "StoppedAtProblem",
    "Summary",
    "Threshold",
    "check",
    "evaluate",
    "read_gold",
    "read_old",
]
