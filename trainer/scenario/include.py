"""Shared pieces: ``include: shared/piece.yaml`` puts another file's content in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from trainer.errors import ScenarioError
from trainer.scenario.document import Node, parse
from trainer.scenario.finding import Finding, Where, field_name

INCLUDE = "include"
MOST_INCLUDES = 60  # in one scenario; nested ones could otherwise grow without end
MOST_BYTES = 1_000_000  # a long scenario is 60 kB; more is a wrong file


_AS_TEXT = "expected plain text; save it as plain text (UTF-8) and try again"
_NO_PLAIN_TEXT = (
    (b"\xff\xfe", "UTF-16; save the file as UTF-8"),
    (b"\xfe\xff", "UTF-16; save the file as UTF-8"),
    (b"PK\x03\x04", f"a Word document or an archive; {_AS_TEXT}"),
    (b"{\\rtf", f"a rich text document; {_AS_TEXT}"),
)
"""How files begin that were not saved as plain text, and what to do."""


def read_text(path: Path) -> tuple[bytes, str]:
    """Read a file as bytes and as text.

    Raises:
        ScenarioError: It is missing, no plain file, too large, or not UTF-8.
    """
    try:
        if path.exists() and not path.is_file():
            raise ScenarioError(f"{path}:1:1: file: cannot be read: it is not a file")
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise ScenarioError(f"{path}:1:1: file: cannot be read: {error.strerror}") from error
    if len(raw) > MOST_BYTES:
        raise ScenarioError(
            f"{path}:1:1: file: found more than {MOST_BYTES} bytes; expected a scenario file, "
            "which is rarely over 60 kB; split it, or take out what is no scenario"
        )
    for beginning, what in _NO_PLAIN_TEXT:
        if raw.startswith(beginning):
            raise ScenarioError(f"{path}:1:1: file: found {what}")
    try:
        return raw, raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ScenarioError(
            f"{path}:{line}:1: file: byte 0x{raw[error.start]:02x} is not UTF-8; "
            "save the file as UTF-8"
        ) from error


@dataclass(slots=True)
class Includer:
    """Fills in the includes of one scenario file; keeps what it read, in order."""

    folder: Path
    """Included files must lie in it; their paths are written from here."""
    read: list[bytes] = field(default_factory=list)

    def filled(self, node: Node, open_files: tuple[Path, ...], where: Where = ()) -> Node:
        """Return the node with every ``include`` below it replaced.

        Raises:
            ScenarioError: A file outside the folder, missing, broken, or including itself.
        """
        if isinstance(node.value, list):
            items = [
                inner
                for place, item in enumerate(node.value)
                for inner in self._item(item, open_files, (*where, place))
            ]
            return replace(node, value=items)
        if not isinstance(node.value, dict):
            return node
        fields = {
            key: self.filled(value, open_files, (*where, key))
            for key, value in node.value.items()
            if key != INCLUDE
        }
        if INCLUDE not in node.value:
            return replace(node, value=fields)
        included = self._included(node.value[INCLUDE], open_files, (*where, INCLUDE))
        if fields and not isinstance(included.value, dict):
            raise _error(
                node.value[INCLUDE], where, "the file holds a list; write no fields beside it"
            )
        if not isinstance(included.value, dict):
            return replace(included, place=node.place)
        # What is written here wins over the shared piece.
        return Node({**included.value, **fields}, node.place)

    def _item(self, item: Node, open_files: tuple[Path, ...], where: Where) -> Iterator[Node]:
        filled = self.filled(item, open_files, where)
        is_include = isinstance(item.value, dict) and set(item.value) == {INCLUDE}
        if is_include and isinstance(filled.value, list):
            yield from filled.value
        else:
            yield filled

    def _included(self, node: Node, open_files: tuple[Path, ...], where: Where) -> Node:
        name = node.value
        if not isinstance(name, str):
            raise _error(node, where, "expected a file, for example shared/reactions.yaml")
        folder = self.folder.resolve()
        try:
            path = (folder / name).resolve()
        except (OSError, ValueError, RuntimeError):
            raise _error(node, where, "that is no path to a file") from None
        if not path.is_relative_to(folder):
            raise _error(node, where, f"'{name}' lies outside {self.folder}; move the file into it")
        if path in open_files:
            raise _error(node, where, f"'{name}' includes itself; take one of the two includes out")
        if len(self.read) >= MOST_INCLUDES:
            raise _error(
                node, where, f"more than {MOST_INCLUDES} includes; write some of the pieces out"
            )
        if not path.is_file():
            raise _error(
                node, where, f"no file '{name}' in {self.folder}; expected a path from there"
            )
        shown = self.folder / path.relative_to(folder)
        raw, text = read_text(shown)
        self.read.append(raw)
        return self.filled(parse(shown, text), (*open_files, path), where)


def _error(node: Node, where: Where, message: str) -> ScenarioError:
    return ScenarioError(str(Finding(node.place, field_name(where), message)))
