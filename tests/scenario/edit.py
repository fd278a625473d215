"""Changing one thing in the small scenario."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.talks import SMALL
from trainer.errors import ScenarioError
from trainer.scenario.load import load


def changed(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """Write the small scenario with some of its text replaced."""
    text = SMALL.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "s.yaml"
    path.write_text(text)
    return path


def refused(path: Path) -> str:
    """Load a broken file and return its one-line message without the path."""
    with pytest.raises(ScenarioError) as caught:
        load(path)
    text = str(caught.value)
    assert "\n" not in text
    return text.replace(f"{path}:", "")
