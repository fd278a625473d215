"""Shared pieces: put in place, kept inside the folder, and blamed where they were written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenario.edit import changed, refused
from trainer.scenario.load import listed_file, load

SILENCE = 'silence: ["Hello, are you there?", I cannot hear you.]'


def shared(tmp_path: Path, **files: str) -> None:
    (tmp_path / "shared").mkdir(exist_ok=True)
    for name, text in files.items():
        (tmp_path / "shared" / f"{name}.yaml").write_text(text)


def test_a_part_is_put_in_place_and_what_is_written_here_wins(tmp_path: Path) -> None:
    shared(tmp_path, quiet="silence: [Sorry?, Say again?]\nused_up: [That is all.]\n")
    path = changed(tmp_path, (SILENCE, "include: shared/quiet.yaml\n  used_up: [Nothing more.]"))
    reactions = load(path).file.reactions
    assert reactions.silence == ("Sorry?", "Say again?")
    assert reactions.used_up == ("Nothing more.",)


def test_an_item_may_be_a_part_or_bring_a_whole_list(tmp_path: Path) -> None:
    shared(tmp_path, names="[Norvik, Oslo]", ana="- Ana\n- include: shared/names.yaml\n")
    path = changed(tmp_path, ("terms: [Ana, Norvik]", "terms: [{include: shared/ana.yaml}, Bo]"))
    assert load(path).file.terms == ("Ana", "Norvik", "Oslo", "Bo")


def test_a_mistake_in_a_piece_is_named_where_it_was_written(tmp_path: Path) -> None:
    shared(tmp_path, quiet="# shared\nsilance: [Sorry?, Say again?]\n")
    path = changed(tmp_path, (SILENCE, "include: shared/quiet.yaml"))
    piece = tmp_path / "shared" / "quiet.yaml"
    assert refused(path).startswith(
        f"{piece}:2:1: reactions.silance: unknown field 'silance'; did you mean 'silence'?"
    )


def test_the_hash_of_a_scenario_changes_with_its_pieces(tmp_path: Path) -> None:
    shared(tmp_path, quiet="silence: [Sorry?, Say again?]")
    path = changed(tmp_path, (SILENCE, "include: shared/quiet.yaml"))
    before = load(path).sha256
    shared(tmp_path, quiet="silence: [Sorry?, Again?]")
    assert load(path).sha256 != before


@pytest.mark.parametrize(
    ("include", "pieces", "expected"),
    [
        ("shared/none.yaml", {}, "no file 'shared/none.yaml' in"),
        ("shared", {}, "no file 'shared' in"),
        ("../secret.yaml", {}, "'../secret.yaml' lies outside"),
        ("/etc/passwd", {}, "'/etc/passwd' lies outside"),
        ("shared/link.yaml", {}, "'shared/link.yaml' lies outside"),
        ("42", {}, "expected a file, for example shared/reactions.yaml"),
        ("[a, b]", {}, "expected a file, for example"),
        ('"a\\0b"', {}, "that is no path to a file"),
        ("s.yaml", {}, "'s.yaml' includes itself"),
        (
            "shared/a.yaml",
            {"a": "include: shared/b.yaml", "b": "include: shared/a.yaml"},
            "'shared/a.yaml' includes itself",
        ),
        ("shared/a.yaml", {"a": "[x\n"}, "a.yaml:2:1: file: not valid YAML"),
        ("shared/a.yaml", {"a": "[told]"}, "the file holds a list; write no fields beside it"),
        (
            "shared/a.yaml",
            {
                "a": "[" + "{include: shared/b.yaml}, " * 9 + "]",
                "b": "[" + "{include: shared/c.yaml}, " * 9 + "]",
                "c": "[x]",
            },
            "more than 60 includes",
        ),
    ],
)
def test_a_piece_that_cannot_be_used_is_one_line(
    tmp_path: Path, include: str, pieces: dict[str, str], expected: str
) -> None:
    shared(tmp_path, **pieces)
    (tmp_path / "shared" / "link.yaml").symlink_to("/etc/hostname")
    path = changed(tmp_path, (SILENCE, f"include: {include}"))
    (problem,) = listed_file(path).problems
    assert expected in problem and "\n" not in problem
    assert problem.startswith(str(tmp_path))
