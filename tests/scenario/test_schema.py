"""The schema and the page of the format: made from the model, and not stale."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from tests.talks import SMALL
from trainer import paths
from trainer.scenario.document import parse
from trainer.scenario.format_page import PAGE_NAME, page_text
from trainer.scenario.model import ScenarioFile
from trainer.scenario.schema import SCHEMA_NAME, json_schema, schema_text

FOLDER = paths.PROJECT / "scenarios"
SHIPPED = [SMALL, *sorted(FOLDER.glob("*.yaml"))]


@pytest.mark.parametrize(
    ("name", "made", "how"),
    [
        (SCHEMA_NAME, schema_text, "trainer scenarios schema > scenarios/scenario.schema.json"),
        (PAGE_NAME, page_text, "trainer scenarios schema --page > scenarios/README.md"),
    ],
)
def test_what_is_made_from_the_model_is_not_stale(name: str, made: Any, how: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == made(), f"run: {how}"


def test_every_field_says_what_it_is_for() -> None:
    schema = ScenarioFile.model_json_schema()
    for name, part in {"ScenarioFile": schema, **schema["$defs"]}.items():
        assert part.get("description"), f"{name} has no docstring"
    rows = [line.split("|") for line in page_text().splitlines() if line.startswith("| ")]
    assert len(rows) > 80
    assert [row[1] for row in rows if not row[3].strip()] == []


def plain(text: str) -> Any:
    return parse(SMALL, text).plain()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_editors_find_nothing_wrong_with_a_good_file(path: Any) -> None:
    jsonschema.validate(plain(path.read_text(encoding="utf-8")), json_schema())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title:", "titel:"),
        ("kind: coaching", "kind: coachng"),
        ("title: The quiet month\n", ""),
        ("openness: 35", "openness: 350"),
        ("granted: [Go ahead.]", "granted: []"),
    ],
)
def test_editors_find_what_the_loader_finds(old: str, new: str) -> None:
    text = SMALL.read_text()
    assert old in text
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain(text.replace(old, new, 1)), json_schema())


def test_editors_accept_an_include_in_place_of_any_part() -> None:
    whole = plain(SMALL.read_text())
    for changed in (
        {**whole, "reactions": {"include": "shared/r.yaml"}},
        {**whole, "topics": [*whole["topics"], {"include": "shared/t.yaml"}]},
        {**whole, "terms": ["Ana", {"include": "shared/terms.yaml"}]},
        {"include": "shared/base.yaml", "title": "Another"},
    ):
        jsonschema.validate(changed, json_schema())


def test_the_schema_knows_every_field_of_the_page() -> None:
    def fields(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            yield from node.get("properties", {})
            for value in node.values():
                yield from fields(value)

    page = page_text()
    assert {name for name in fields(json.loads(schema_text())) if f"`{name}`" not in page} == set()
