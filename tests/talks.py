"""A small talk for tests: the small scenario, scripted labels, the word encoder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from trainer.salesperson.encoder import WordEncoder
from trainer.salesperson.policy import ScenarioSalesperson
from trainer.scenario.load import Scenario, load
from trainer.session import Engines, Session
from trainer.speech_to_text.fake import ScriptedSpeechToText
from trainer.types import Flag, Label, LabelledSegment, ManagerTurn, TurnRecord

SMALL = Path(__file__).parent / "data" / "small.yaml"


def small_scenario() -> Scenario:
    return load(SMALL)


class LabelsByCue:
    """A classifier for tests whose turns name their own label: ``open: How was it?``"""

    name = "by-cue"

    def label(self, turns: Sequence[ManagerTurn]) -> list[tuple[LabelledSegment, ...]]:
        return [(_by_cue(turn.text),) for turn in turns]


_CUES = {
    "open": Label.OPEN_QUESTION,
    "closed": Label.CLOSED_QUESTION,
    "tell": Label.DIRECTION,
    "lead": Label.LEADING_QUESTION,
    "advise": Label.ADVICE_QUESTION,
    "reflect": Label.REFLECTION,
    "permit": Label.PERMISSION,
    "social": Label.SOCIAL,
}


def _by_cue(text: str) -> LabelledSegment:
    cue, _, _ = text.partition(":")
    label = _CUES.get(cue, Label.OPEN_QUESTION)
    flags = (Flag.ABOUT_PERSON,) if label is Label.OPEN_QUESTION else ()
    return LabelledSegment.certain(text, label, *flags)


def small_session(
    heard: Iterable[str] = (), seed: int = 0, records: Iterable[TurnRecord] = ()
) -> Session:
    scenario = small_scenario()
    salesperson = ScenarioSalesperson(scenario.file, WordEncoder(), seed=seed)
    engines = Engines(ScriptedSpeechToText(heard), LabelsByCue(), salesperson)
    return Session(scenario, engines, records)
