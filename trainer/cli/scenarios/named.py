"""Which scenario files a command is about: those named, or all there are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trainer.scenario.load import Listed, listed_file, load_all, path_of


def listed_by_name(names: Sequence[str]) -> list[Listed]:
    """Read the files of some names or paths, or of the whole scenarios folder.

    A broken file comes with what is wrong with it, and never hides the others.

    Raises:
        UsageError: No scenario is called that.
    """
    return [listed_file(_path(name)) for name in names] if names else load_all()


def _path(name: str) -> Path:
    as_path = Path(name)
    return as_path if as_path.suffix or as_path.exists() else path_of(name)
