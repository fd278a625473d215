"""Reading scenario files: every mistake gets one line with path:line:column and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.talks import SMALL
from trainer.errors import ScenarioError, UsageError
from trainer.scenario.document import parse
from trainer.scenario.load import MOST_BYTES, find, listed_file, load, load_all
from trainer.scenario.wording import mismatch
from trainer.types import Kind


def broken(tmp_path: Path, old: str, new: str) -> Path:
    text = SMALL.read_text()
    assert old in text
    path = tmp_path / "s.yaml"
    path.write_text(text.replace(old, new, 1))
    return path


def message(path: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        load(path)
    text = str(caught.value)
    assert "\n" not in text
    return text.replace(f"{path}:", "")


def messages(path: Path) -> list[str]:
    """Everything that is wrong with a file, without its path."""
    return [each.replace(f"{path}:", "") for each in listed_file(path).problems]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "title: The quiet month",
            "titel: The quiet month",
            "3:1: titel: unknown field 'titel'; did you mean 'title'?",
        ),
        (
            "  situation: Ana",
            "  situatoin: Ana",
            "8:3: brief.situatoin: unknown field 'situatoin'; did you mean 'situation'?",
        ),
        (
            "        reveals: stopped_ringing\n",
            "        reveal: stopped_ringing\n",
            "did you mean 'reveals'?",
        ),
        ("title: The quiet month\n", "", "file: 'title' is missing; add it"),
        ("kind: coaching", "kind: coachng", "4:1: kind: found 'coachng'; expected: 'coaching', "),
        ("minutes: 5", "minutes: soon", "6:1: minutes: found 'soon'; expected: a whole number"),
        ("minutes: 5", "minutes: yes", "6:1: minutes: found 'yes'; expected: a whole number"),
        ("openness: 35", "openness: 350", "mind.openness: found 350; expected:"),
        ("openness: 35", "openness: true", "mind.openness: found true; expected: a number"),
        ("  name: Ana Sample", "  name: 42", "person.name: found 42; expected: words"),
        (
            "title: The quiet month",
            "title: a\ntitle: b",
            "4:1: file: 'title' is written twice, first on line 3; keep one",
        ),
        ("title: The quiet month", "title: 'oh", "file: not valid YAML:"),
        ("title: The quiet month", "\ttitle: x", "file: not valid YAML:"),
        (
            "revealed: [stopped_ringing]",
            "revealed: [stoped]",
            "no 'reveals' name is called 'stoped'; there are stopped_ringing, the_mail",
        ),
        ("  - id: team", "  - id: month", "'month' is used twice; give each its own id"),
        ("outcome: good", "outcome: unfinished", "endings: no ending has outcome: good; add one"),
        ("when: {turns: 12}", "when: {turns: 12, pushed: 9}", "endings: the talk may never end;"),
        ("when: {turns: 12}", "when: {}", "no condition, so the talk ends at once; add one"),
        ("title: The quiet month", "title: &a x", "found a YAML mark (&a), which takes words"),
        ("title: The quiet month", "title: *a", "found an alias (*a)"),
        ("format: 1", "format: 2", "2:1: format: found 2; expected: 1"),
        ("minutes: 5", 'minutes: "5"', "expected: a whole number; take the quotes away"),
        ("minutes: 5", "minutes: 5 minutes", "expected: a whole number; write 5 alone"),
        ("  - id: team", "  - id: The Team", "small letters, digits and _ only; for example the_"),
        ("endings:\n", "endings: []\nterms2:\n", "endings: found 0 items; expected at least 2"),
        (
            "  - It has been a quiet month, if I am honest.",
            "  - Look: it was quiet.",
            "19:5: opening.1: found 'Look: it was quiet.'; expected: words; a colon and a space",
        ),
        (
            "  situation: Ana",
            "  reveals: x\n  situation: Ana",
            "unknown field 'reveals'; it belongs to",
        ),
    ],
)
def test_a_mistake_is_named_by_place_and_what_to_do(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert any(expected in each for each in messages(broken(tmp_path, old, new)))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "  - It has been a quiet month, if I am honest.",
            '  - "It has been a quiet month.',
            "19:5: file: this text runs on to line 20, which looks like a line of its own; close",
        ),
        (
            "          - The month had two good weeks",
            "          -The month had two good weeks",
            "30:11: file: not valid YAML: could not find expected ':'; put a space after the dash",
        ),
        (
            "title: The",
            "title:The",
            "3:1: file: not valid YAML: could not find expected ':'; put a",
        ),
        (
            "  name: Ana",
            "\u00a0 name: Ana",
            "the line begins with a space that only looks like one",
        ),
    ],
)
def test_what_yaml_cannot_read_is_named_where_its_cause_stands(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    assert expected in message(broken(tmp_path, old, new))


def test_yaml_is_read_as_1_2(tmp_path: Path) -> None:
    path = broken(tmp_path, "terms: [Ana, Norvik]", "terms: [on, no, 12:30, off]")
    assert load(path).file.terms == ("on", "no", "12:30", "off")


def test_a_number_where_words_belong_is_not_taken_silently(tmp_path: Path) -> None:
    assert "expected: words; put quotes around it" in message(
        broken(tmp_path, "terms: [Ana, Norvik]", "terms: [007, 1.0]")
    )


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", "expected fields such as 'title:'"),
        (b"- a\n- b\n", "expected fields such as 'title:'"),
        (b"title: caf\xe9\n", "1:1: file: byte 0xe9 is not UTF-8; save the file as UTF-8"),
        (b"title: \x00\n", "not valid YAML"),
        (b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "1:4: file: found a YAML mark (&a)"),
        (b"x" * (MOST_BYTES + 1), "expected a scenario file"),
        (b"PK\x03\x04" + bytes(99), "1:1: file: found a Word document or an archive; expected"),
        (b"{\\rtf1 title}", "1:1: file: found a rich text document; expected plain text"),
        (b"!!python/object/apply:os.system ['true']\n", "file"),
    ],
)
def test_what_is_not_a_scenario_is_one_line(tmp_path: Path, raw: bytes, expected: str) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes(raw)
    assert expected in message(path)


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in message(tmp_path / "none.yaml")


def test_the_small_scenario_loads() -> None:
    scenario = load(SMALL)
    assert (scenario.id, scenario.file.kind) == ("small", Kind.COACHING)
    assert len(scenario.sha256) == 64


def test_a_broken_file_never_hides_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(SMALL.read_text())
    (tmp_path / "bad.yaml").write_text("title: [")
    bad, good = load_all(tmp_path)
    assert good.scenario is not None and good.problem is None
    assert bad.scenario is None and bad.problem is not None and "bad.yaml:" in bad.problem


@pytest.mark.parametrize("name", ["quiet.yml", "quiet.YAML", "quiet.yaml.txt"])
def test_a_file_with_another_ending_is_not_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(SMALL.read_text())
    (listed,) = load_all(tmp_path)
    assert listed.problem == (
        f"{tmp_path / name}:1:1: file: found another ending than .yaml; call it quiet.yaml"
    )


def test_a_misspelt_scenario_gets_a_hint(tmp_path: Path) -> None:
    (tmp_path / "quiet_month.yaml").write_text(SMALL.read_text())
    with pytest.raises(UsageError, match="did you mean 'quiet_month'"):
        find("quite_month", tmp_path)
    with pytest.raises(UsageError, match="there are quiet_month"):
        find("zzz", tmp_path)


def test_a_scenario_can_be_given_by_path() -> None:
    assert find(str(SMALL)).id == "small"


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, 3000), junk=st.text(max_size=12), length=st.integers(0, 40))
def test_any_damage_is_either_fine_or_one_line(
    tmp_path_factory: pytest.TempPathFactory, cut: int, junk: str, length: int
) -> None:
    text = SMALL.read_text()
    path = tmp_path_factory.mktemp("fuzz") / "s.yaml"
    path.write_text(text[:cut] + junk + text[cut + length :], encoding="utf-8", newline="")
    try:
        load(path)
    except ScenarioError as error:
        assert str(error).startswith(f"{path}:") and "\n" not in str(error)


@settings(max_examples=100, deadline=None)
@given(raw=st.binary(max_size=400))
def test_any_bytes_are_one_line(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "s.yaml"
    path.write_bytes(raw)
    for problem in listed_file(path).problems:
        assert problem.startswith(f"{path}:") and "\n" not in problem


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def test_a_field_with_a_line_break_in_its_name_is_shown_on_one_line() -> None:
    found = mismatch({"type": "int_type", "input": {"two\nlines": None}})
    assert found == "found 'two lines: '; expected: a whole number"


@settings(max_examples=100, deadline=None)
@given(data=st.data(), value=_VALUES)
def test_any_value_in_any_place_is_one_line_each(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, value: object
) -> None:
    tree = parse(SMALL, SMALL.read_text()).plain()
    part = tree
    while True:
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(part[key], dict | list) or not part[key] or data.draw(st.booleans()):
            break
        part = part[key]
    part[key] = value
    path = tmp_path_factory.mktemp("fuzz") / "s.yaml"
    path.write_text(json.dumps(tree))
    for problem in listed_file(path).problems:
        assert problem.startswith(f"{path}:") and "\n" not in problem
