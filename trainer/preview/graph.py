"""A scenario as a picture in text: topics, their layers, what opens what, ideas and endings."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.salesperson.layers import idea_needs, layer_needs
from trainer.scenario.finding import Where
from trainer.scenario.lint.reach import unreachable
from trainer.scenario.model import Needs, ScenarioFile, Topic, When

_DOT = "●"
_GAUGES = ("openness", "trust", "ownership")
_WIDTH = 22


def graph_lines(file: ScenarioFile) -> Iterator[str]:
    """Yield the picture, line by line; a dot is a line that can be said.

    ``→`` marks what a layer gives away, ``after`` what must be out before, ``✗`` what no talk can
    come to.
    """
    shut = {remark.where[:4] for remark in unreachable(file)}
    where_out = _where_out(file)
    yield f"{file.person.name}: opening {_DOT * len(file.opening)}"
    yield "│"
    for place, topic in enumerate(file.topics):
        yield f"├─ {topic.id} ({topic.stage}; {len(topic.asks)} example asks)"
        yield from _layers(topic, place, shut, where_out)
    yield "│"
    yield "├─ steps of their own: voiced, chosen, committed to"
    for place, idea in enumerate(file.ideas):
        cross = "✗ " if ("ideas", place, "needs") in shut else ""
        needs = _needs(idea_needs(idea), where_out)
        dots = " ".join(_DOT * len(part) for part in (idea.lines, idea.choose, idea.commit))
        yield f"│   {cross}{_padded(idea.id, dots)}{needs}"
    yield "│"
    yield "└─ endings: the first whose conditions hold"
    for place, ending in enumerate(file.endings):
        cross = "✗ " if ("endings", place, "when") in shut else ""
        dots = _DOT * len(ending.lines)
        yield f"    {cross}{_padded(ending.id, dots)}{ending.outcome}: {_when(ending.when)}"


def _layers(topic: Topic, place: int, shut: set[Where], where_out: dict[str, str]) -> Iterator[str]:
    for depth, layer in enumerate(topic.layers):
        cross = "✗ " if ("topics", place, "layers", depth) in shut else ""
        gives = f"  → {layer.reveals}" if layer.reveals else ""
        needs = _needs(layer_needs(topic, depth), where_out)
        yield f"│   {cross}{_padded(str(depth + 1), _DOT * len(layer.lines))}{needs}{gives}"


def _padded(name: str, dots: str) -> str:
    return f"{name} {dots}".ljust(_WIDTH) + " "


def _needs(needs: Needs, where_out: dict[str, str]) -> str:
    gauges = [f"{g} {getattr(needs, g):.0f}" for g in _GAUGES if getattr(needs, g) is not None]
    after = [f"after {name} ({where_out.get(name, 'nowhere')})" for name in needs.revealed]
    return ", ".join([*gauges, *after]) or "at once"


def _when(when: When) -> str:
    """Say in words when an ending comes."""
    parts = []
    for name in sorted(when.model_fields_set, key=list(type(when).model_fields).index):
        value = getattr(when, name)
        match name:
            case "committed" | "chosen" | "declined":
                parts.append(f"{name}" if value else f"not {name}")
            case "openness_below" | "trust_below":
                parts.append(f"{name.removesuffix('_below')} under {value:.0f}")
            case "openness":
                parts.append(f"openness {value:.0f}")
            case "pushed":
                parts.append(f"pushed {value} times")
            case "turns":
                parts.append(f"after {value} turns")
            case _:
                parts.append(f"{', '.join(value)} out")
    return " and ".join(parts)


def _where_out(file: ScenarioFile) -> dict[str, str]:
    """Return where each thing comes out first: its topic and layer."""
    found: dict[str, str] = {}
    for topic in file.topics:
        for depth, layer in enumerate(topic.layers):
            if layer.reveals:
                found.setdefault(layer.reveals, f"{topic.id} {depth + 1}")
    return found
