"""The JSON Schema of scenario files, made from the loader's own model, for editors."""

from __future__ import annotations

import json
from typing import Any

from trainer.scenario.include import INCLUDE
from trainer.scenario.model import ScenarioFile

SCHEMA_NAME = "scenario.schema.json"
EDITOR_LINE = f"# yaml-language-server: $schema={SCHEMA_NAME}"
"""The first line of a scenario file: editors then complete and check it while it is written."""

_INCLUDED = {
    "type": "string",
    "description": "A file inside the scenarios folder whose content stands here.",
}


def json_schema() -> dict[str, Any]:
    """Return the schema; every part may also be included from another file."""
    schema = ScenarioFile.model_json_schema()
    for part in (schema, *schema["$defs"].values()):
        if "properties" in part:
            _allow_include(part)
    schema["$defs"]["Include"] = {
        "type": "object",
        "properties": {INCLUDE: _INCLUDED},
        "required": [INCLUDE],
        "additionalProperties": False,
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_text() -> str:
    """Return the schema as it lies in the scenarios folder."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


def _allow_include(part: dict[str, Any]) -> None:
    part["properties"][INCLUDE] = _INCLUDED
    for value in part["properties"].values():
        items = value.get("items")
        if value.get("type") == "array" and items and "$ref" not in items:
            value["items"] = {"anyOf": [items, {"$ref": "#/$defs/Include"}]}
    # What is included brings the required fields along.
    required = part.pop("required", [])
    if required:
        part["anyOf"] = [{"required": required}, {"required": [INCLUDE]}]
