"""Reading scenario files: YAML 1.2, strict, every message with path:line:column."""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass
from pathlib import Path

from trainer import paths
from trainer.errors import ScenarioError, UsageError
from trainer.scenario.check import problems_in
from trainer.scenario.document import Node, parse
from trainer.scenario.finding import Finding, field_name
from trainer.scenario.include import MOST_BYTES, Includer, read_text
from trainer.scenario.model import ScenarioFile
from trainer.scenario.validate import validated

__all__ = ["MOST_BYTES", "Listed", "Scenario", "find", "listed_file", "load", "load_all"]

SUFFIX = ".yaml"
_OTHER_SUFFIXES = (".yaml", ".yml", ".yaml.txt", ".yml.txt")
"""Endings that editors give a scenario file, in any case; none of them is read."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario file that passed its checks."""

    id: str
    """The file's name without its ending."""
    path: Path
    sha256: str
    """Of the file's bytes, and of those it includes."""
    file: ScenarioFile


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of the scenarios folder: the scenario, or what is wrong with it."""

    id: str
    path: Path
    scenario: Scenario | None
    problems: tuple[str, ...]
    """What keeps it from being used; each is one line that starts with the path."""
    tree: Node | None = None
    """The values with their places, for findings about a scenario that can be used."""

    @property
    def problem(self) -> str | None:
        """The first problem."""
        return self.problems[0] if self.problems else None


def listed_file(path: Path) -> Listed:
    """Read one scenario, or say everything that is wrong with it."""
    try:
        raw, text = read_text(path)
        includer = Includer(path.parent)
        tree = includer.filled(parse(path, text), (path.resolve(),))
    except ScenarioError as error:
        return Listed(path.stem, path, None, (str(error),))
    file, remarks = validated(tree)
    if file is not None:
        remarks = list(problems_in(file))
    if file is None or remarks:
        found = [
            Finding(tree.place_of(each.where), field_name(each.where), each.message)
            for each in remarks
        ]
        return Listed(path.stem, path, None, tuple(str(each) for each in found), tree)
    sha256 = hashlib.sha256(b"".join((raw, *includer.read))).hexdigest()
    return Listed(path.stem, path, Scenario(path.stem, path, sha256, file), (), tree)


def load(path: Path) -> Scenario:
    """Read one scenario file.

    Raises:
        ScenarioError: It cannot be read, is not YAML 1.2, breaks the format, or contradicts
            itself; the message starts with path:line:column.
    """
    listed = listed_file(path)
    if listed.scenario is None:
        raise ScenarioError(listed.problem)
    return listed.scenario


def load_all(folder: Path | None = None) -> list[Listed]:
    """Read every scenario of a folder; a broken file is listed with its problem."""
    folder = folder or paths.scenarios_dir()
    found = [listed_file(path) for path in sorted(folder.glob(f"*{SUFFIX}"))]
    return found + [_misnamed(path) for path in sorted(folder.glob("*")) if _is_misnamed(path)]


def _is_misnamed(path: Path) -> bool:
    """Say whether a file was meant to be a scenario, but is called otherwise."""
    return path.suffix != SUFFIX and path.name.lower().endswith(_OTHER_SUFFIXES)


def _misnamed(path: Path) -> Listed:
    stem = path.name.split(".")[0]
    problem = f"{path}:1:1: file: found another ending than {SUFFIX}; call it {stem}{SUFFIX}"
    return Listed(stem, path, None, (problem,))


def path_of(name: str, folder: Path | None = None) -> Path:
    """Find a scenario's file by its id or by a path.

    Raises:
        UsageError: No scenario is called that.
    """
    as_path = Path(name)
    if as_path.suffix == SUFFIX and as_path.is_file():
        return as_path
    folder = folder or paths.scenarios_dir()
    known = sorted(path.stem for path in folder.glob(f"*{SUFFIX}"))
    if name in known:
        return folder / f"{name}{SUFFIX}"
    if not known:
        raise UsageError(f"there are no scenarios in {folder}; set TRAINER_SCENARIOS to a folder")
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(known)}"
    raise UsageError(f"no scenario is called '{name}'; {hint}")


def find(name: str, folder: Path | None = None) -> Scenario:
    """Read a scenario by its id or by a path.

    Raises:
        UsageError: No scenario is called that.
        ScenarioError: The file is wrong.
    """
    return load(path_of(name, folder))
