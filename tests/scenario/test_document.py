"""YAML 1.2 as scenario files use it, and the traps a writer of spoken lines falls into."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from trainer.errors import ScenarioError
from trainer.scenario.document import parse

PATH = Path("s.yaml")


def message(text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        parse(PATH, text)
    return str(caught.value).removeprefix("s.yaml:")


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("on", "on"),
        ("off", "off"),
        ("yes", "yes"),
        ("no", "no"),
        ("NO", "NO"),
        ("y", "y"),
        ("12:30", "12:30"),
        ("190:20:30", "190:20:30"),
        ("2024-01-31", "2024-01-31"),
        ("1_000", "1_000"),
        ("0b11", "0b11"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1.2.3", "1.2.3"),
        ("50%", "50%"),
        ("C#", "C#"),
        ("http://a.b/c", "http://a.b/c"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("012", 12),
        ("0o14", 12),
        ("0xC", 12),
        ("-7", -7),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("9" * 400, "9" * 400),
        ('"no"', "no"),
        ("'7'", "7"),
        ("|\n  two\n  lines", "two\nlines\n"),
        (">-\n  two\n  lines", "two lines"),
    ],
)
def test_words_mean_what_yaml_1_2_says(word: str, meaning: Any) -> None:
    found = parse(PATH, f"a: {word}\n").plain()["a"]
    assert found == meaning and type(found) is type(meaning)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", "3:1: file: 'a' is written twice, first on line 1; keep one"),
        ("a: {b: 1, b: 2}\n", "1:11: file: 'b' is written twice"),
        ("- &Sons are closed\n", "1:3: file: found a YAML mark (&Sons), which takes words out"),
        ("- *really* good\n", "put the whole line in double quotes"),
        ("a: *later\n", "1:4: file: found an alias (*later), which scenario files do not use"),
        ("- !important Call them\n", "1:3: file: found a YAML mark (!important)"),
        ("!!python/object:os.system {}\n", "found a YAML mark (tag:yaml.org,2002:python"),
        ("- We lost order #4 on Friday.\n", "1:3: file: the words after # are lost"),
        ('- ok\n- He said "no", twice\n- "He said "no"."\n', "put the whole line in double"),
        ("- 'I don't know'\n", "put the whole line in double quotes"),
        ("- @home\n", "1:3: file: not valid YAML"),
        ("a:\n\t- b\n", "the line begins with a tab; indent with spaces"),
        ("a: b: c\n", "1:5: file: not valid YAML: mapping values are not allowed"),
        ("? [a, b]\n: c\n", "found a list, a {…} or a mark as a field's name"),
        ("{{name}}: x\n", "found a list, a {…} or a mark as a field's name"),
        ("a: 1\n---\nb: 2\n", "2:1: file: found a second document (---); keep one in a file"),
        ("%YAML 1.1\n---\na: on\n", "found another YAML version than 1.2"),
        ("a: 'oh\n", "not valid YAML"),
        ("a: x\u2028y\n", "1:5: file: not valid YAML: found the invisible character U+2028"),
        ("a: 1\nb: x\x07\n", "2:5: file: not valid YAML: found the invisible character U+0007"),
        ("[" * 5000, "nested more than 20 deep"),
        ("a: " + "{b: " * 30, "nested more than 20 deep"),
        ("- " * 3000 + "x", "nested more than 20 deep"),
    ],
)
def test_a_trap_is_refused_with_its_place_and_what_to_do(text: str, expected: str) -> None:
    found = message(text)
    assert expected in found and "\n" not in found


@pytest.mark.parametrize("text", ["a: 5 # five\n", "a: 5 #\n", "# a note\na: 5\n", "a: 5 ## n\n"])
def test_a_comment_is_a_comment(text: str) -> None:
    assert parse(PATH, text).plain() == {"a": 5}


def test_every_value_has_its_place() -> None:
    tree = parse(PATH, "# first\na:\n  - b: 1\n    c: [x, 'y']\n")
    places = {
        (): (1, 1),
        ("a",): (2, 1),
        ("a", 0): (3, 5),
        ("a", 0, "c"): (4, 5),
        ("a", 0, "c", 1): (4, 12),
        ("a", 0, "missing", 3): (3, 5),
        ("a", 7): (2, 1),
    }
    found = {where: tree.place_of(where) for where in places}
    assert {where: (p.line, p.column) for where, p in found.items()} == places


def test_the_line_ends_of_windows_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    from tests.scenario.edit import changed
    from trainer.scenario.load import load

    path = changed(tmp_path)
    plain = load(path).file
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(path).file == plain
