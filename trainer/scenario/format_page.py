"""The page that describes the format, made from the loader's own model so it cannot go stale."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from trainer.scenario import model
from trainer.scenario.include import INCLUDE
from trainer.scenario.schema import EDITOR_LINE

PAGE_NAME = "README.md"

_HEAD = f"""# The scenario file

<!-- Made by `trainer scenarios schema --page`; edit trainer/scenario/model.py instead. -->

One YAML file is one simulated salesperson and one conversation to practise. How to write one,
step by step: [docs/writing-scenarios.md](../docs/writing-scenarios.md). This page names every
field. **Bold** fields must be there; the others may be left out.

- Files are read as YAML 1.2 in UTF-8: `on`, `no` and `12:30` are words. A field that is not on
  this page, a field written twice, and the marks `&`, `*` and `!` before a text are refused.
- Begin a file with `{EDITOR_LINE}`,
  and editors that know YAML schemas complete and check it while you type.
- `{INCLUDE}: shared/piece.yaml` in place of a part, or of an item of a list, puts the content of
  that file there. The path is written from this folder and may not leave it. Fields written
  beside `{INCLUDE}` win over the file's; a file that holds a list is put into the list around it.
- A *name* is made of small letters, digits and `_`. A *spoken line* is 2 to 400 characters; what
  takes over 12 seconds to say is warned of.
- `trainer scenarios check FILE` says what is wrong, with line and column.
"""


def page_text() -> str:
    """Return the page as it lies in the scenarios folder."""
    return "\n".join((_HEAD, *_sections()))


def _sections() -> Iterator[str]:
    schema = model.ScenarioFile.model_json_schema()
    parts = {"ScenarioFile": schema, **schema["$defs"]}
    # In the model's own order, the whole file first.
    names = [name for name, _ in inspect.getmembers(model, _is_part)]
    names.sort(key=lambda name: inspect.getsourcelines(getattr(model, name))[1])
    for name in ("ScenarioFile", *(each for each in names if each != "ScenarioFile")):
        if name in parts:
            yield _section(name, parts[name], parts)


def _is_part(value: object) -> bool:
    return inspect.isclass(value) and issubclass(value, BaseModel) and value is not BaseModel


def _section(name: str, part: dict[str, Any], parts: dict[str, Any]) -> str:
    required = part.get("required", ())
    rows = [
        f"| {f'**`{field}`**' if field in required else f'`{field}`'} | {_kind(value, parts)} "
        f"| {_about(value, parts)} |"
        for field, value in part["properties"].items()
    ]
    return "\n".join(
        (
            f"## {_heading(name)}\n",
            f"{_one_line(part['description'])}\n",
            "| field | what is written | what for |",
            "|---|---|---|",
            *rows,
            "",
        )
    )


def _heading(name: str) -> str:
    words = "".join(f" {each.lower()}" if each.isupper() else each for each in name).strip()
    return words[0].upper() + words[1:]


def _anchor(name: str) -> str:
    return _heading(name).lower().replace(" ", "-")


def _about(value: dict[str, Any], parts: dict[str, Any]) -> str:
    about = value.get("description")
    if about is None:
        found = _reference(value)
        about = parts[found]["description"] if found else ""
    default = value.get("default")
    if default not in (None, [], {}) and not isinstance(default, dict):
        shown = f"{default:g}" if isinstance(default, float) else default
        about += f" Without it: {shown}."
    return _one_line(about)


def _reference(value: dict[str, Any]) -> str | None:
    for option in (value, value.get("items", {}), *value.get("anyOf", ())):
        if "$ref" in option:
            return str(option["$ref"].rsplit("/", 1)[-1])
    return None


def _kind(value: dict[str, Any], parts: dict[str, Any]) -> str:
    if "anyOf" in value:
        return _kind(next(o for o in value["anyOf"] if o.get("type") != "null"), parts)
    if "$ref" in value:
        name = value["$ref"].rsplit("/", 1)[-1]
        if "enum" in parts[name]:
            return _choices(parts[name]["enum"])
        return f"[{_heading(name).lower()}](#{_anchor(name)})"
    if "enum" in value or "const" in value:
        return _choices(value.get("enum") or [value["const"]])
    if value.get("type") == "array":
        return _list(value, parts)
    if value.get("type") == "object":
        return f"one text each for {_choices(value['propertyNames']['enum'])}"
    return _simple(value)


def _list(value: dict[str, Any], parts: dict[str, Any]) -> str:
    if "prefixItems" in value:
        return f"[lowest, highest], each a {_simple(value['prefixItems'][0])}"
    least = f", {value['minItems']} or more" if value.get("minItems") else ""
    return f"list: {_kind(value['items'], parts)}{least}"


def _choices(values: list[Any]) -> str:
    return " or ".join(f"`{each}`" for each in values)


def _simple(value: dict[str, Any]) -> str:
    if value.get("type") == "string":
        if "pattern" in value:
            return "two letters" if "{2}" in value["pattern"] else "name"
        return "spoken line" if "maxLength" in value else "text"
    if value.get("type") == "boolean":
        return "`true` or `false`"
    kind = "whole number" if value.get("type") == "integer" else "number"
    low = value.get("minimum", value.get("exclusiveMinimum"))
    high = value.get("maximum")
    if low is not None and high is not None:
        over = "over " if "exclusiveMinimum" in value else ""
        return f"{kind}, {over}{low:g} to {high:g}"
    return f"{kind}, at least {low:g}" if low is not None else kind


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
