"""What is written: JSON by its published schema, JSONL, CSV, JUnit, HTML and text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from tests.evaluation.conftest import Evaluate, write_lines
from trainer.evaluation import Evaluation, Threshold, check
from trainer.evaluation.compare import read_old
from trainer.evaluation.result import turn_from
from trainer.evaluation.run import Settings
from trainer.evaluation.writers.as_csv import write_csv
from trainer.evaluation.writers.as_html import write_html
from trainer.evaluation.writers.as_json import schema, turn_line, write_json
from trainer.evaluation.writers.as_junit import write_junit
from trainer.evaluation.writers.as_text import text_lines

THRESHOLDS = [
    Threshold.parse("question_quality=20", is_least=True),
    Threshold.parse("agenda_neutrality=99", is_least=True),
]


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    gold = {"segments": [{"text": "open: a?", "label": "open_question", "flags": ["forward"]}]}
    two = [{"rater": name, "label": "direction"} for name in "ab"]
    talk = [
        {"id": n, "talk": "t", "text": text, "said_before": "=SUM(1) <b>", "gold": judged}
        for n, text, judged in (
            (1, "open: a?", gold),
            (2, "tell: <script>alert(1)</script> & more", two),
            (3, "open: b?", None),
            (4, "lead: c?", {"label": "leading_question"}),
            (5, "tell: d", {"label": "advice", "question_quality": 10}),
            (6, "", None),
        )
    ]
    return write_lines(tmp_path / "in.jsonl", *talk, "broken", {"id": "x", "text": "open: x?"})


def written(result: Evaluation, write: Callable[..., None]) -> str:
    out = io.StringIO()
    write(result, check(result, THRESHOLDS), out)
    return out.getvalue()


def test_the_json_is_by_its_schema_and_has_every_turn(inputs: Path, run: Evaluate) -> None:
    with run(inputs, feedback=True) as result:
        document = json.loads(written(result, write_json))
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(document, schema())
    assert document["format"] == 2 and document["scorer"] == "by-cue"
    assert [turn["id"] for turn in document["turns"]] == ["1", "2", "3", "4", "5", "6", "x"]
    assert document["turns"][5]["question_quality"] is None
    assert document["turns"][1]["feedback"]["quote"]
    assert [each["kept"] for each in document["thresholds"]] == [True, False]
    assert document["problems"][0]["where"] == f"{inputs}:7"


def test_a_document_with_a_field_missing_or_a_score_as_text_breaks_the_schema(
    inputs: Path, run: Evaluate
) -> None:
    with run(inputs) as result:
        document = json.loads(written(result, write_json))
    for change in ({"turns": None}, {"format": 3}, {"means": {"question_quality": "high"}}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**document, **change}, schema())


def test_the_published_schema_is_the_one_of_the_program() -> None:
    from trainer.evaluation.writers import as_json

    published = Path(as_json.__file__).with_name("result.schema.json")
    assert json.loads(published.read_text()) == schema(), "write it: trainer evaluate --schema"


def test_an_empty_run_is_by_the_schema_too(tmp_path: Path, run: Evaluate) -> None:
    with run(write_lines(tmp_path / "none.jsonl")) as result:
        document = json.loads(written(result, write_json))
    jsonschema.validate(document, schema())
    assert document["scorer"] is None and document["means"]["question_quality"] is None


def test_json_lines_come_in_order_as_talks_are_done_and_read_back(
    inputs: Path, run: Evaluate
) -> None:
    lines: list[str] = []
    settings = Settings(on_talk=lambda done: lines.extend(map(turn_line, done.turns)))
    with run(inputs, settings=settings) as result:
        assert [turn_from(json.loads(line)) for line in lines] == list(result.turns())


def test_both_json_and_json_lines_can_be_compared_with(
    inputs: Path, tmp_path: Path, run: Evaluate
) -> None:
    with run(inputs) as result:
        (tmp_path / "old.json").write_text(written(result, write_json))
        (tmp_path / "old.jsonl").write_text("".join(turn_line(t) for t in result.turns()))
    assert read_old(tmp_path / "old.json") == read_old(tmp_path / "old.jsonl")
    assert len(read_old(tmp_path / "old.json")) == 7


def test_csv_has_a_row_a_turn_and_runs_no_formulas(inputs: Path, run: Evaluate) -> None:
    with run(inputs) as result:
        out = io.StringIO()
        write_csv(result, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [row["id"] for row in rows] == ["1", "2", "3", "4", "5", "6", "x"]
    assert rows[5]["question_quality"] == "" and rows[0]["question_quality"] == "90.0"
    assert rows[0]["said_before"] == "'=SUM(1) <b>"
    assert rows[1]["labels"] == "direction"


def test_junit_has_thresholds_as_failures_and_problems_as_errors(
    inputs: Path, run: Evaluate
) -> None:
    with run(inputs) as result:
        root = ElementTree.fromstring(written(result, write_junit))
    assert (root.get("failures"), root.get("errors")) == ("1", "1")
    failed = root.findall(".//failure")
    assert [f.get("message") for f in failed] == ["agenda_neutrality: mean 63.2 is under 99"]
    assert [s.get("name") for s in root] == ["inputs", "thresholds"]
    assert int(root.get("tests", "0")) == len(root.findall(".//testcase"))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"] or "")
        self.targets += [v or "" for k, v in attrs if k in {"href", "src"}]
        if tag not in {"meta", "br", "rect", "line", "path", "circle"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_whole_by_itself_with_a_page_a_talk_and_runs_nothing(
    inputs: Path, run: Evaluate
) -> None:
    with run(inputs, feedback=True) as result:
        page = written(result, write_html)
    found = _Links()
    found.feed(page)
    assert not found.open, "every element is closed"
    assert len(found.ids) == len(set(found.ids))
    assert {"overview", "talk-1", "talk-2"} <= set(found.ids)
    assert all(target.startswith("#") and target[1:] in found.ids for target in found.targets)
    assert "script" not in found.tags
    assert not re.search(r"https?:|url\((?!#)|@import", page)
    assert "&lt;script&gt;alert(1)" in page


def test_every_chart_has_its_numbers_in_words(inputs: Path, run: Evaluate) -> None:
    with run(inputs) as result:
        page = written(result, write_html)
    for chart in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        assert "<title>" in chart
    (labels,) = re.findall(r"<svg[^>]*><title>Segments by label.*?</svg>", page, re.DOTALL)
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", labels)
    assert texts[:2] == ["open question", "4 (57%), open"]


def test_text_names_the_turns_the_means_and_what_was_missed(inputs: Path, run: Evaluate) -> None:
    with run(inputs) as result:
        lines = list(text_lines(result, check(result, THRESHOLDS)))
    assert "  90  100  1: open: a?" in lines
    assert any(line.startswith("7 turns in 1 talk, mean question quality 47.5") for line in lines)
    assert "MISSED  agenda_neutrality: mean 63.2 is under 99" in lines


def test_a_large_run_shows_the_turns_that_cost_most(tmp_path: Path, run: Evaluate) -> None:
    many = [{"id": n, "text": "open: a?" if n else "tell: b"} for n in range(200)]
    with run(write_lines(tmp_path / "in.jsonl", *many)) as result:
        lines = list(text_lines(result, ()))
        assert result.summary.costly[0].id == "0"
        assert len(result.talks) == 1 and result.talks[0].turns == 200
    assert "   0   15  0: tell: b" in lines and len(lines) < 20
