"""Which layers of a topic, and which ideas, may be spoken of now; and when a talk is over."""

from __future__ import annotations

from trainer.salesperson.mind import meets
from trainer.scenario.model import Idea, Needs, Topic, When
from trainer.types import Mind

_LAYER_NEEDS = (Needs(), Needs(openness=45), Needs(openness=60))
_IDEA_NEEDS = Needs(openness=55)
CHOICE_NEEDS = Needs(ownership=40)
COMMITMENT_NEEDS = Needs(ownership=45)


def layer_needs(topic: Topic, depth: int) -> Needs:
    """Return what a layer needs: its own, or the default for its depth (0 is the first)."""
    return topic.layers[depth].needs or _LAYER_NEEDS[min(depth, len(_LAYER_NEEDS) - 1)]


def idea_needs(idea: Idea) -> Needs:
    """Return what an idea needs before it is voiced."""
    return idea.needs or _IDEA_NEEDS


def pool_of(topic: Topic, depth: int) -> str:
    """Return the place of a layer's lines in the file."""
    return f"topics.{topic.id}.{depth + 1}"


def line_ids(topic: Topic, depth: int) -> list[str]:
    """Return the ids of a layer's lines."""
    return [f"{pool_of(topic, depth)}.{n + 1}" for n in range(len(topic.layers[depth].lines))]


def open_layers(topic: Topic, mind: Mind) -> list[int]:
    """Return the layers that may be spoken from now, shallowest first.

    A layer opens only after something of the one above it was said.
    """
    layers: list[int] = []
    for depth in range(len(topic.layers)):
        above = depth == 0 or any(id_ in mind.said for id_ in line_ids(topic, depth - 1))
        if not above or not meets(mind, layer_needs(topic, depth)):
            break
        layers.append(depth)
    return layers


def holds(when: When, mind: Mind) -> bool:
    """Say whether every condition of an ending is true."""
    checks: tuple[tuple[object, bool], ...] = (
        (when.committed, mind.committed == when.committed),
        (when.chosen, (mind.chosen is not None) == when.chosen),
        (when.declined, mind.declined == when.declined),
        (when.openness, mind.openness >= (when.openness or 0)),
        (when.openness_below, mind.openness < (when.openness_below or 0)),
        (when.trust_below, mind.trust < (when.trust_below or 0)),
        (when.pushed, mind.held >= (when.pushed or 0)),
        (when.turns, mind.turns >= (when.turns or 0)),
        (when.revealed, mind.revealed.issuperset(when.revealed)),
    )
    return all(holds for wanted, holds in checks if wanted is not None)
