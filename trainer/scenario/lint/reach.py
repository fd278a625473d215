"""Layers, ideas and endings that no talk can come to, and talks that go on for too long."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.scenario.finding import Remark, Severity
from trainer.scenario.model import Ending, Needs, ScenarioFile, When

LONGEST_TALK = 40  # turns; a talk of twelve minutes has about twenty


def unreachable(file: ScenarioFile) -> Iterator[Remark]:
    """Yield each part of a scenario that can never be said, whatever the manager does."""
    revealed = _revealable(file)
    yield from _closed_layers(file, revealed)
    for i, idea in enumerate(file.ideas):
        if missing := _missing(idea.needs, revealed):
            yield Remark(("ideas", i, "needs"), _never(f"idea '{idea.id}'", missing))
    yield from _endings(file, revealed)


def _revealable(file: ScenarioFile) -> frozenset[str]:
    """Return every name that can come out; gauges are taken to reach whatever is asked."""
    revealed: frozenset[str] = frozenset()
    while True:
        found = revealed | {
            layer.reveals
            for topic in file.topics
            for layer in topic.layers[: _open_depth(topic.layers, revealed)]
            if layer.reveals
        }
        if found == revealed:
            return revealed
        revealed = found


def _open_depth(layers: tuple[object, ...], revealed: frozenset[str]) -> int:
    """Count the layers, from the top, that nothing keeps shut."""
    for depth, layer in enumerate(layers):
        if _missing(getattr(layer, "needs", None), revealed):
            return depth
    return len(layers)


def _missing(needs: Needs | None, revealed: frozenset[str]) -> list[str]:
    return [name for name in needs.revealed if name not in revealed] if needs else []


def _closed_layers(file: ScenarioFile, revealed: frozenset[str]) -> Iterator[Remark]:
    for t, topic in enumerate(file.topics):
        depth = _open_depth(topic.layers, revealed)
        if depth < len(topic.layers):
            missing = _missing(topic.layers[depth].needs, revealed)
            yield Remark(
                ("topics", t, "layers", depth, "needs"),
                _never(f"layer {depth + 1} of '{topic.id}' and all below it", missing),
            )


def _never(what: str, missing: list[str]) -> str:
    names = ", ".join(f"'{name}'" for name in missing)
    return (
        f"{what} can never be reached: {names} comes out only behind it; "
        "take it out of needs, or reveal it elsewhere"
    )


def _endings(file: ScenarioFile, revealed: frozenset[str]) -> Iterator[Remark]:
    last = min(
        (e.when.turns for e in file.endings if e.when.turns and _only_turns(e.when)), default=None
    )
    if last is not None and last > LONGEST_TALK:
        yield Remark(
            ("endings",),
            f"a talk that goes nowhere lasts {last} turns; let it end by turn {LONGEST_TALK}",
            Severity.WARNING,
        )
    for place, ending in enumerate(file.endings):
        if reason := _why_never(ending, file.endings[:place], revealed, last):
            yield Remark(
                ("endings", place, "when"), f"ending '{ending.id}' can never come: {reason}"
            )


def _only_turns(when: When) -> bool:
    return when.model_fields_set == {"turns"}


def _why_never(
    ending: Ending, earlier: tuple[Ending, ...], revealed: frozenset[str], last: int | None
) -> str | None:
    when = ending.when
    if missing := [name for name in when.revealed if name not in revealed]:
        return f"'{missing[0]}' never comes out; take it out of revealed"
    if when.committed and when.chosen is False:
        return "who commits to a step has chosen it; drop 'chosen: false'"
    if None not in (when.openness, when.openness_below) and _at(when.openness) >= _at(
        when.openness_below
    ):
        return "openness cannot be both that high and that low; drop one"
    for name, wanted in (("turns", when.turns), ("pushed", when.pushed)):
        if last is not None and wanted is not None and wanted > last:
            return f"{name}: {wanted} is more than the {last} turns the talk can last; lower it"
    for before in earlier:
        if _holds_whenever(before.when, when):
            return f"'{before.id}' stands above it and asks for less; put this one first"
    return None


def _holds_whenever(first: When, second: When) -> bool:
    """Say whether the first's conditions are true in every talk in which the second's are."""
    committed = second.committed
    chosen = True if committed else second.chosen
    return all(
        (
            first.committed is None or first.committed == committed,
            first.chosen is None or first.chosen == chosen,
            first.declined is None or first.declined == second.declined,
            first.openness is None or first.openness <= _at(second.openness, low=True),
            first.openness_below is None or first.openness_below >= _at(second.openness_below),
            first.trust_below is None or first.trust_below >= _at(second.trust_below),
            first.pushed is None or first.pushed <= (second.pushed or 0),
            first.turns is None or first.turns <= (second.turns or 0),
            set(first.revealed) <= set(second.revealed),
        )
    )


def _at(gauge: float | None, *, low: bool = False) -> float:
    """Return a bound that is not given as the one that allows most."""
    return gauge if gauge is not None else (-1.0 if low else 101.0)
