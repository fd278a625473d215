"""A state of mind, and what may be said in it, as short lines for the person who writes it."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.preview.start import GAUGES
from trainer.preview.talk import Step
from trainer.salesperson.layers import idea_needs, layer_needs, line_ids, open_layers
from trainer.salesperson.mind import meets
from trainer.scenario.model import Needs, ScenarioFile, Topic
from trainer.types import Mind, Reply


def mind_lines(before: Mind, reply: Reply) -> Iterator[str]:
    """Yield how the mind stands after a reply, and what moved."""
    mind = reply.mind
    for gauge in GAUGES:
        was, now = getattr(before, gauge), getattr(mind, gauge)
        moved = f"{was:.0f} → {now:.0f}" if round(was) != round(now) else f"{now:.0f}"
        yield f"{gauge:10}{moved}"
    yield f"{'line':10}{', '.join(line.id for line in reply.lines)}"
    if mind.reaction:
        yield f"{'taken as':10}{mind.reaction}"
    for name, value in (
        ("topic", mind.topic),
        ("out", ", ".join(sorted(mind.revealed - before.revealed))),
        ("ideas", ", ".join(mind.ideas)),
        ("yours", ", ".join(sorted(mind.handed))),
        ("chosen", mind.chosen),
        ("committed", "yes" if mind.committed else None),
        ("pushes", str(mind.held) if mind.held else None),
    ):
        if value:
            yield f"{name:10}{value}"


def labels_of(step: Step) -> str:
    """Return the labels of what was said, one after the other."""
    if step.score is None:
        return "not heard"
    return ", ".join(segment.label.value for segment in step.score.segments)


def what_may_be_said(file: ScenarioFile, mind: Mind) -> Iterator[str]:
    """Yield each topic and idea with what is open in it now, and what keeps the rest shut."""
    for topic in file.topics:
        yield f"{topic.id:16}{_topic_state(topic, mind)}"
    for idea in file.ideas:
        if idea.id == mind.chosen:
            state = "committed to" if mind.committed else "chosen"
        elif idea.id in mind.ideas:
            state = "voiced"
        elif missing := _missing(idea_needs(idea), mind):
            state = f"needs {missing}"
        else:
            state = "may be voiced"
        yield f"{idea.id:16}idea: {state}"


def _topic_state(topic: Topic, mind: Mind) -> str:
    depth, total = len(open_layers(topic, mind)), len(topic.layers)
    lines = [id_ for n in range(depth) for id_ in line_ids(topic, n)]
    unsaid = sum(id_ not in mind.said for id_ in lines)
    state = f"{depth} of {total} layers, {unsaid} unsaid"
    if depth == total:
        return state
    reason = _missing(layer_needs(topic, depth), mind)
    return f"{state}; {depth + 1} " + (f"needs {reason}" if reason else f"comes after {depth}")


def _missing(needs: Needs, mind: Mind) -> str:
    """Return what is not met of what something needs; nothing when all is."""
    if meets(mind, needs):
        return ""
    wanted = [
        f"{gauge} {getattr(needs, gauge):.0f}"
        for gauge in GAUGES
        if getattr(needs, gauge) is not None and getattr(mind, gauge) < getattr(needs, gauge)
    ]
    return ", ".join([*wanted, *(name for name in needs.revealed if name not in mind.revealed)])
