"""Holding what was read against the model, with every mismatch said in a trainer's words."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from trainer.scenario.document import Node
from trainer.scenario.finding import Remark, Where
from trainer.scenario.model import ScenarioFile

_WORDS_WANTED = {"string_type", "string_too_short", "enum", "literal_error"}


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
            found = _shortened(detail["input"])
            yield Remark(where, f"found {found}; expected: {_expectation(detail)}")


def _expectation(detail: Any) -> str:
    message = str(detail["msg"])
    for prefix in ("Input should be ", "Value should "):
        message = message.removeprefix(prefix)
    if detail["type"] == "string_pattern_mismatch":
        message = f"small letters, digits and _ only ({detail['ctx']['pattern']})"
    if detail["type"] in _WORDS_WANTED:
        if isinstance(detail["input"], dict):
            message += "; a colon and a space make a field: put quotes around the line"
        elif isinstance(detail["input"], list):
            message += "; [ ] make a list: put quotes around the line"
        elif detail["input"] is None:
            message += "; write it after the colon or the dash"
        elif not isinstance(detail["input"], str):
            message += "; put quotes around it"
    return message


def _unknown_field(where: Where) -> tuple[str, str | None]:
    known = sorted(_fields_at(where[:-1]))
    near = difflib.get_close_matches(str(where[-1]), known, n=1, cutoff=0.6)
    hint = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(known)}"
    return f"unknown field '{where[-1]}'; {hint}", near[0] if near else None


def _fields_at(where: Sequence[int | str]) -> Iterator[str]:
    schema: dict[str, Any] = ScenarioFile.model_json_schema()
    definitions = schema["$defs"]
    node = schema
    for step in where:
        node = _resolve(node, definitions)
        node = node["items"] if isinstance(step, int) else node.get("properties", {}).get(step, {})
    yield from _resolve(node, definitions).get("properties", {})


def _resolve(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    for option in node.get("anyOf", ()):
        if "$ref" in option:
            node = option
    if "$ref" in node:
        return dict(definitions[node["$ref"].rsplit("/", 1)[-1]])
    return node


def _shortened(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
