"""Holding what was read against the model, with every mismatch said in a trainer's words."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from trainer.scenario.document import Node
from trainer.scenario.finding import Remark, Where
from trainer.scenario.model import ScenarioFile
from trainer.scenario.wording import mismatch


def validated(tree: Node) -> tuple[ScenarioFile | None, list[Remark]]:
    """Return the scenario, or None and every mismatch, misspelt fields first."""
    if not isinstance(tree.value, dict):
        return None, [Remark((), "expected fields such as 'title:' and 'topics:'; see scenarios/")]
    try:
        # JSON mode is the strict one that still takes names for enums and lists for tuples.
        return ScenarioFile.model_validate_json(json.dumps(tree.plain()), strict=True), []
    except ValidationError as error:
        return None, list(_remarks(error))


def _remarks(error: ValidationError) -> Iterator[Remark]:
    details = error.errors(include_url=False, include_context=True)
    meant: set[Where] = set()
    for detail in details:
        if detail["type"] == "extra_forbidden":
            where = tuple(detail["loc"])
            message, near = _unknown_field(where)
            if near is not None:
                meant.add((*where[:-1], near))
            yield Remark(where, message)
    for detail in details:
        where = tuple(detail["loc"])
        # A misspelt field also makes its right name "missing"; said once is enough.
        if detail["type"] == "missing" and where not in meant:
            yield Remark(where[:-1], f"'{where[-1]}' is missing; add it")
        elif detail["type"] not in {"missing", "extra_forbidden"}:
            if detail["type"] != "too_short" or not _spoilt_below(where, details):
                yield Remark(where, mismatch(detail))


def _spoilt_below(where: Where, details: Sequence[Any]) -> bool:
    """Say whether a list is only too short because some of its items are wrong."""
    return any(
        len(d["loc"]) > len(where) and tuple(d["loc"])[: len(where)] == where for d in details
    )


def _unknown_field(where: Where) -> tuple[str, str | None]:
    known = sorted(_fields_at(where[:-1]))
    near = difflib.get_close_matches(str(where[-1]), known, n=1, cutoff=0.6)
    if near:
        hint = f"did you mean '{near[0]}'?"
    elif parts := _parts_with(str(where[-1])):
        hint = f"it belongs to {' or '.join(parts)}; look at the indentation"
    else:
        hint = f"known here: {', '.join(known)}"
    return f"unknown field '{where[-1]}'; {hint}", near[0] if near else None


def _fields_at(where: Sequence[int | str]) -> Iterator[str]:
    schema: dict[str, Any] = ScenarioFile.model_json_schema()
    definitions = schema["$defs"]
    node = schema
    for step in where:
        node = _resolve(node, definitions)
        node = node["items"] if isinstance(step, int) else node.get("properties", {}).get(step, {})
    yield from _resolve(node, definitions).get("properties", {})


def _parts_with(field: str) -> list[str]:
    """Return the parts of a scenario file that have a field of this name."""
    parts = ScenarioFile.model_json_schema()["$defs"]
    return [
        re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
        for name, part in parts.items()
        if field in part.get("properties", {})
    ]


def _resolve(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    for option in node.get("anyOf", ()):
        if "$ref" in option:
            node = option
    if "$ref" in node:
        return dict(definitions[node["$ref"].rsplit("/", 1)[-1]])
    return node
