"""Reading scenario files: YAML 1.2, strict, every message with path:line:column."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from trainer import paths
from trainer.errors import ScenarioError, TrainerError, UsageError
from trainer.scenario.check import problems_in
from trainer.scenario.model import ScenarioFile

MOST_BYTES = 1_000_000  # a long scenario is 60 kB; more is a wrong file
SUFFIX = ".yaml"


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario file that passed its checks."""

    id: str
    """The file's name without its ending."""
    path: Path
    sha256: str
    """Of the file's bytes."""
    file: ScenarioFile


class _Places:
    """Finds the line and column of a value inside a loaded document."""

    def __init__(self, path: Path, root: Any) -> None:
        self.path = path
        self.root = root

    def error(self, where: Sequence[int | str], message: str) -> ScenarioError:
        line, column = self._mark(where)
        field = ".".join(str(each + 1) if isinstance(each, int) else each for each in where)
        return ScenarioError(f"{self.path}:{line}:{column}: {field or 'file'}: {message}")

    def _mark(self, where: Sequence[int | str]) -> tuple[int, int]:
        node, mark = self.root, (0, 0)
        for step in where:
            if isinstance(node, CommentedMap) and step in node:
                mark = node.lc.key(step)
            elif isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
                mark = node.lc.item(step)
            else:
                break
            node = node[step]
        return mark[0] + 1, mark[1] + 1


def load(path: Path) -> Scenario:
    """Read one scenario file.

    Raises:
        ScenarioError: It cannot be read, is not YAML 1.2, breaks the format, or contradicts
            itself; the message starts with path:line:column.
    """
    raw = _read(path)
    root = _parse(path, raw)
    places = _Places(path, root)
    if not isinstance(root, CommentedMap):
        raise places.error((), "expected fields such as 'title:' and 'topics:'; see scenarios/")
    try:
        # JSON mode is the strict one that still takes names for enums and lists for tuples.
        file = ScenarioFile.model_validate_json(json.dumps(_plain(root)), strict=True)
    except ValidationError as error:
        raise _first_error(places, error) from error
    for where, message in problems_in(file):
        raise places.error(where, message)
    return Scenario(path.stem, path, hashlib.sha256(raw).hexdigest(), file)


def _read(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ScenarioError(f"{path}: cannot be read: {error.strerror}") from error
    if len(raw) > MOST_BYTES:
        raise ScenarioError(
            f"{path}: {len(raw)} bytes, expected at most {MOST_BYTES}; is this a scenario file?"
        )
    return raw


def _parse(path: Path, raw: bytes) -> Any:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ScenarioError(
            f"{path}:{line}:1: file: byte 0x{raw[error.start]:02x} is not UTF-8; "
            "save the file as UTF-8"
        ) from error
    yaml = YAML(typ="rt")
    yaml.version = "1.2"
    try:
        _refuse_anchors(path, text)
        return yaml.load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = f"{mark.line + 1}:{mark.column + 1}" if mark else "1:1"
        problem = " ".join(str(error.problem or error.context).split())
        raise ScenarioError(
            f"{path}:{at}: file: not valid YAML: {problem}; look at the quotes, colons and "
            "indentation on this line and the one before"
        ) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise ScenarioError(f"{path}:1:1: file: not valid YAML: {type(error).__name__}") from error


def _refuse_anchors(path: Path, text: str) -> None:
    """Refuse aliases: nobody needs them here, and nested ones can fill the memory."""
    for event in YAML(typ="rt").parse(text):
        if type(event).__name__ == "AliasEvent":
            mark = event.start_mark
            raise ScenarioError(
                f"{path}:{mark.line + 1}:{mark.column + 1}: file: found an alias (*name), "
                "which scenario files do not use; write the lines out"
            )


def _plain(node: Any) -> Any:
    if isinstance(node, CommentedMap):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(value) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    for plain in (int, float, str):
        if isinstance(node, plain):
            return plain(node)
    return str(node)


def _first_error(places: _Places, error: ValidationError) -> ScenarioError:
    # Unknown keys come first: a misspelt key also makes its right name "missing".
    details = sorted(error.errors(), key=lambda each: each["type"] != "extra_forbidden")
    detail = details[0]
    where = tuple(detail["loc"])
    if detail["type"] == "extra_forbidden":
        return places.error(where, _unknown_key(where))
    if detail["type"] == "missing":
        return places.error(where[:-1], f"'{where[-1]}' is missing; add it")
    found = _shortened(detail["input"])
    return places.error(where, f"found {found}; expected: {_expectation(detail)}")


def _expectation(detail: Any) -> str:
    message = str(detail["msg"])
    for prefix in ("Input should be ", "Value should "):
        message = message.removeprefix(prefix)
    return message


def _unknown_key(where: Sequence[int | str]) -> str:
    known = sorted(_fields_at(where[:-1]))
    near = difflib.get_close_matches(str(where[-1]), known, n=1, cutoff=0.6)
    hint = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(known)}"
    return f"unknown field '{where[-1]}'; {hint}"


def _fields_at(where: Sequence[int | str]) -> Iterator[str]:
    schema: dict[str, Any] = ScenarioFile.model_json_schema()
    definitions = schema["$defs"]
    node = schema
    for step in where:
        node = _resolve(node, definitions)
        node = node["items"] if isinstance(step, int) else node.get("properties", {}).get(step, {})
    yield from _resolve(node, definitions).get("properties", {})


def _resolve(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    for option in node.get("anyOf", ()):
        if "$ref" in option:
            node = option
    if "$ref" in node:
        return dict(definitions[node["$ref"].rsplit("/", 1)[-1]])
    return node


def _shortened(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of the scenarios folder: the scenario, or what is wrong with it."""

    id: str
    scenario: Scenario | None
    problem: str | None


def listed_file(path: Path) -> Listed:
    """Read one scenario, or say what is wrong with it."""
    try:
        return Listed(path.stem, load(path), None)
    except TrainerError as error:
        return Listed(path.stem, None, str(error))


def load_all(folder: Path | None = None) -> list[Listed]:
    """Read every scenario of a folder; a broken file is listed with its problem."""
    folder = folder or paths.scenarios_dir()
    return [listed_file(path) for path in sorted(folder.glob(f"*{SUFFIX}"))]


def find(name: str, folder: Path | None = None) -> Scenario:
    """Read a scenario by its id or by a path.

    Raises:
        UsageError: No scenario is called that.
        ScenarioError: The file is wrong.
    """
    as_path = Path(name)
    if as_path.suffix in {SUFFIX, ".yml"} and as_path.is_file():
        return load(as_path)
    folder = folder or paths.scenarios_dir()
    known = sorted(path.stem for path in folder.glob(f"*{SUFFIX}"))
    if name in known:
        return load(folder / f"{name}{SUFFIX}")
    if not known:
        raise UsageError(f"there are no scenarios in {folder}; set TRAINER_SCENARIOS to a folder")
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(known)}"
    raise UsageError(f"no scenario is called '{name}'; {hint}")
