"""What the format's model says about a mismatch, in a trainer's words."""

from __future__ import annotations

import re
from typing import Any

_EXPECTED = {
    "string_type": "words",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list: each item on its own line behind '- ', or [one, two]",
    "list_type": "a list: each item on its own line behind '- ', or [one, two]",
    "dict_type": "fields, each on its own line: 'name: ...'",
    "model_type": "fields, each on its own line: 'name: ...'",
    "model_attributes_type": "fields, each on its own line: 'name: ...'",
}
_ONE_OR_MORE = {"too_short": ("min_length", "at least"), "too_long": ("max_length", "at most")}


def mismatch(detail: Any) -> str:
    """Return what was found, what was expected, and what to do, from one of pydantic's errors."""
    type_, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if type_ in _ONE_OR_MORE:
        limit, sign = _ONE_OR_MORE[type_]
        more = "add some" if type_ == "too_short" else "take some out"
        count = context.get("actual_length", 0)
        plural = "" if count == 1 else "s"
        return f"found {count} item{plural}; expected {sign} {context.get(limit)}; {more}"
    if type_ == "string_pattern_mismatch":
        return f"found {_shown(value)}; expected {_pattern(str(context['pattern']), value)}"
    expected = _EXPECTED.get(type_)
    if expected is None:
        expected = str(detail["msg"])
        for prefix in ("Input should be ", "Value should ", "String should "):
            expected = expected.removeprefix(prefix)
    return f"found {_shown(value)}; expected: {expected}{_advice(type_, value)}"


def _pattern(pattern: str, value: object) -> str:
    if "{2}" in pattern:
        return "two small letters, such as en"
    near = "_".join(re.findall(r"[a-z][a-z0-9]*", str(value).lower()))
    return "small letters, digits and _ only" + (f"; for example {near}" if near else "")


def _advice(type_: str, value: object) -> str:
    if value is None:
        return "; write it after the colon or the dash, or indented under it"
    if type_ in {"float_type", "int_type", "bool_type"} and isinstance(value, str):
        return _numeral(value)
    if type_ != "string_type":
        return ""
    if isinstance(value, dict):
        return "; a colon and a space make a field: put quotes around the line"
    if isinstance(value, list):
        return "; [ ] make a list: put quotes around the line"
    return "; put quotes around it"


def _numeral(text: str) -> str:
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return "; take the quotes away"
    if found := re.search(r"\d+", text):
        return f"; write {found[0]} alone"
    return ""


def _shown(value: object) -> str:
    """Return a value as it stands in the file, on one line, shortened."""
    match value:
        case None:
            return "nothing"
        case True | False:
            text = str(value).lower()
        case dict() if len(value) == 1:
            ((key, inner),) = value.items()
            text = f"'{key}: {'' if inner is None else inner}'"
        case dict():
            text = f"the fields {', '.join(map(str, value))}"
        case list():
            text = f"a list of {len(value)}"
        case _:
            text = repr(value)
    text = " ".join(text.split())  # a quoted field may hold line breaks
    return text if len(text) <= 60 else text[:57] + "..."
