"""What the format alone cannot say: names that must exist, endings that must be reachable."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Sequence

from trainer.scenario.finding import Remark, Where
from trainer.scenario.model import Needs, ScenarioFile
from trainer.types import Outcome


def problems_in(file: ScenarioFile) -> Iterator[Remark]:
    """Yield each contradiction in a scenario file."""
    yield from _repeated_ids(file)
    yield from _unknown_topics(file)
    yield from _unknown_revelations(file)
    yield from _unknown_expectations(file)
    yield from _endings(file)


def _repeated_ids(file: ScenarioFile) -> Iterator[Remark]:
    for field in ("topics", "ideas", "endings"):
        counts = Counter(part.id for part in getattr(file, field))
        for place, part in enumerate(getattr(file, field)):
            if counts[part.id] > 1:
                yield Remark(
                    (field, place, "id"), f"'{part.id}' is used twice; give each its own id"
                )


def _unknown_topics(file: ScenarioFile) -> Iterator[Remark]:
    topics = [topic.id for topic in file.topics]
    for place, line in enumerate(file.better_lines):
        if line.topic is not None and line.topic not in topics:
            yield Remark(("better_lines", place, "topic"), _no_such("topic", line.topic, topics))
    for t, test in enumerate(file.tests):
        for n, turn in enumerate(test.turns):
            if turn.topic is not None and turn.topic not in topics:
                yield Remark(
                    ("tests", t, "turns", n, "topic"), _no_such("topic", turn.topic, topics)
                )


def revelations(file: ScenarioFile) -> list[str]:
    """List everything the scenario can give away, in file order."""
    return [layer.reveals for topic in file.topics for layer in topic.layers if layer.reveals]


def _unknown_revelations(file: ScenarioFile) -> Iterator[Remark]:
    known = revelations(file)
    for where, names in _uses(file):
        for name in names:
            if name not in known:
                yield Remark(where, _no_such("'reveals' name", name, known))


def _uses(file: ScenarioFile) -> Iterator[tuple[Where, Sequence[str]]]:
    for t, topic in enumerate(file.topics):
        for n, layer in enumerate(topic.layers):
            yield ("topics", t, "layers", n, "needs", "revealed"), _revealed(layer.needs)
    for i, idea in enumerate(file.ideas):
        yield ("ideas", i, "needs", "revealed"), _revealed(idea.needs)
    for e, ending in enumerate(file.endings):
        yield ("endings", e, "when", "revealed"), ending.when.revealed
    for t, test in enumerate(file.tests):
        for n, turn in enumerate(test.turns):
            yield ("tests", t, "turns", n, "reveals"), turn.reveals
            yield ("tests", t, "turns", n, "hides"), turn.hides


def _revealed(needs: Needs | None) -> Sequence[str]:
    return needs.revealed if needs else ()


def _endings(file: ScenarioFile) -> Iterator[Remark]:
    for outcome in (Outcome.GOOD, Outcome.POOR):
        if not any(ending.outcome is outcome for ending in file.endings):
            yield Remark(("endings",), f"no ending has outcome: {outcome}; add one")
    for place, ending in enumerate(file.endings):
        if not ending.when.model_fields_set:
            yield Remark(
                ("endings", place, "when"), "no condition, so the talk ends at once; add one"
            )
    if not any(ending.when.model_fields_set == {"turns"} for ending in file.endings):
        yield Remark(
            ("endings",),
            "the talk may never end; add a last ending with only 'turns: 24' in its when",
        )


def _no_such(what: str, name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if near:
        return f"no {what} is called '{name}'; did you mean '{near[0]}'?"
    return f"no {what} is called '{name}'; there are {', '.join(known) or 'none'}"


def _unknown_expectations(file: ScenarioFile) -> Iterator[Remark]:
    ideas = [idea.id for idea in file.ideas]
    reactions = list(type(file.reactions).model_fields)
    for t, test in enumerate(file.tests):
        for n, turn in enumerate(test.turns):
            where: Where = ("tests", t, "turns", n)
            if turn.reaction is not None and turn.reaction not in reactions:
                yield Remark((*where, "reaction"), _no_such("reaction", turn.reaction, reactions))
            if turn.mind is None:
                continue
            named = [("ideas", idea) for idea in turn.mind.ideas]
            named += [("chosen", turn.mind.chosen)] if turn.mind.chosen else []
            for field, idea in named:
                if idea not in ideas:
                    yield Remark((*where, "mind", field), _no_such("idea", idea, ideas))
