"""docs/writing-scenarios.md, followed as a trainer follows it: its answers, then its pieces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Run
from tests.pages import code_blocks

pytestmark = pytest.mark.model

PAGE = "writing-scenarios.md"
NAME = "the_cards_from_the_fair"


def put_in(whole: dict[str, Any], piece: dict[str, Any]) -> None:
    """Put a piece of the page where it belongs: items of lists last, the rest in its place."""
    for key, value in piece.items():
        if key == "reactions":
            whole[key].update(value)
        else:
            whole[key] += value


@pytest.fixture
def begun(trainer: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRAINER_SCENARIOS", str(tmp_path))
    (answers,) = code_blocks(PAGE, "answers")
    ran = trainer("scenarios", "new", stdin=answers)
    assert "0 findings, 4 of 4 tests pass" in ran.out
    return tmp_path / f"{NAME}.yaml"


def test_the_page_ends_in_a_scenario_that_is_clean_and_keeps_its_promises(
    trainer: Run, begun: Path
) -> None:
    whole = yaml.safe_load(begun.read_text(encoding="utf-8"))
    pieces = code_blocks(PAGE, "yaml")
    assert len(pieces) >= 5
    for piece in pieces:
        put_in(whole, yaml.safe_load(piece))
    begun.write_text(yaml.dump(whole, sort_keys=False, allow_unicode=True), encoding="utf-8")
    for command in (["check", "--strict"], ["test"], ["simulate", "--seeds", "2"]):
        ran = trainer("scenarios", *command, NAME)
        assert ran.code == 0, ran.out + ran.err


def test_what_the_page_says_to_type_is_answered_as_it_says(trainer: Run, begun: Path) -> None:
    typed = "What gets in your way?\nJust ring ten of them today.\n/back\n/lines\n/quit\n"
    ran = trainer("scenarios", "preview", NAME, stdin=typed)
    assert ran.code == 0
    assert "[open_question]" in ran.out and "[direction]" in ran.out
