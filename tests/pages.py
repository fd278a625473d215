"""Reading the pages of docs/, for tests that do what a page shows."""

from __future__ import annotations

import re

from trainer import paths


def code_blocks(page: str, language: str) -> list[str]:
    """Return what is inside a page's code blocks of one language, in the order of the page."""
    text = (paths.PROJECT / "docs" / page).read_text(encoding="utf-8")
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    return [inside for name, inside in fenced if name == language]
