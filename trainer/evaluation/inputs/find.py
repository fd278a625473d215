"""From what stands on the command line to talks: files, folders, globs, lists, standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from trainer.audio.wav import RECORDINGS
from trainer.evaluation.inputs.captions import read_captions
from trainer.evaluation.inputs.json_lines import read_json_lines
from trainer.evaluation.inputs.options import InputOptions
from trainer.evaluation.inputs.recordings import manifest_of, read_manifest, read_recording
from trainer.evaluation.inputs.sessions import read_session, session_folders
from trainer.evaluation.inputs.tables import read_table
from trainer.evaluation.inputs.text import lines_of
from trainer.evaluation.inputs.whisper_json import read_whisper_json
from trainer.evaluation.talks import Item, Problem, ScenarioRun, Talk, Work

STANDARD_INPUT = "standard input"
_TRANSCRIPTS: dict[str, Callable[[Path, InputOptions], Iterator[Talk | Problem]]] = {
    ".jsonl": read_json_lines,
    ".json": read_whisper_json,
    ".vtt": read_captions,
    ".srt": read_captions,
    ".csv": read_table,
    ".tsv": read_table,
}
_SCENARIOS = (".yaml", ".yml")
_SCHEMA = ".schema.json"  # lies beside scenarios, for editors; never a talk
_PREFERRED = (*_TRANSCRIPTS, *sorted(RECORDINGS))  # among files of one name, which is the talk


def work_in(
    paths: Iterable[str | Path], options: InputOptions, standard_input: Path | None = None
) -> Iterator[Work | Problem]:
    """Yield everything there is to evaluate, and every problem met on the way, in order.

    Args:
        paths: Files, folders, globs (``talks/*.vtt``), ``@LIST`` (a file of such lines), ``-``.
        options: What was said about the inputs.
        standard_input: Where the JSONL that came by standard input was put.
    """
    for found in _Finder(options).work_in(paths, standard_input):
        yield _with_gold(found, options) if isinstance(found, Talk) else found


class _Finder:
    """Finds every file once, however often it is named."""

    def __init__(self, options: InputOptions) -> None:
        self._options = options
        self._seen: set[Path] = set()

    def work_in(
        self, paths: Iterable[str | Path], standard_input: Path | None
    ) -> Iterator[Work | Problem]:
        for given in paths:
            text = str(given)
            if text == "-" and standard_input is not None:
                yield from read_json_lines(standard_input, self._options, STANDARD_INPUT)
            elif text.startswith("@") and len(text) > 1:
                yield from self._listed(Path(text[1:]))
            elif Path(text).exists():
                yield from self._at(Path(text))
            elif glob.has_magic(text):
                matches = sorted(glob.glob(os.path.expanduser(text), recursive=True))
                if not matches:
                    yield Problem(text, "matches no file")
                for match in matches:
                    yield from self._at(Path(match))
            else:
                yield Problem(text, "no such file or folder")

    def _listed(self, path: Path) -> Iterator[Work | Problem]:
        for line in lines_of(path, self._options.encoding):
            if isinstance(line, Problem):
                yield line
            elif line.text.strip() and not line.text.startswith("#"):
                inner = os.path.join(path.parent, os.path.expanduser(line.text.strip()))
                yield from self.work_in([inner], None)

    def _is_new(self, path: Path) -> bool:
        real = path.resolve()
        if real in self._seen:
            return False
        self._seen.add(real)
        return True

    def _at(self, path: Path) -> Iterator[Work | Problem]:
        if not self._is_new(path):
            return
        suffix = path.suffix.lower()
        if path.is_dir():
            yield from self._in_folder(path)
        elif suffix in _TRANSCRIPTS:
            yield from _TRANSCRIPTS[suffix](path, self._options)
        elif suffix in RECORDINGS:
            yield read_recording(path, self._options)
        elif suffix in _SCENARIOS:
            yield ScenarioRun(path.stem, path)
        else:
            expected = ", ".join(sorted({*_TRANSCRIPTS, *RECORDINGS, *_SCENARIOS}))
            yield Problem(str(path), f"found '{path.suffix}', expected {expected} or a folder")

    def _in_folder(self, folder: Path) -> Iterator[Work | Problem]:
        try:
            sessions = session_folders(folder)
            inside = sorted(folder.iterdir())
        except OSError as error:
            yield Problem(str(folder), f"cannot be read: {error.strerror}")
            return
        if sessions:
            for session in sessions:
                if session == folder or self._is_new(session):
                    yield from read_session(session)
            return
        if manifest := manifest_of(folder):
            yield from read_manifest(manifest, self._options)
            return
        known = {*_PREFERRED, *_SCENARIOS}
        files = [
            path
            for path in inside
            if path.suffix.lower() in known and not path.name.endswith(_SCHEMA) and path.is_file()
        ]
        folders = [path for path in inside if path.is_dir() and not path.name.startswith(".")]
        if not files and not folders:
            yield Problem(str(folder), "no session, no recordings, no transcripts, no scenarios")
        for path in _one_of_each_name(files):
            if isinstance(path, Problem):
                yield path
            else:
                yield from self._at(path)
        for inner in folders:
            yield from self._at(inner)


def _one_of_each_name(files: Iterable[Path]) -> Iterator[Path | Problem]:
    """Take one file of each name: whisper writes one talk in five formats beside its recording."""
    by_name: dict[str, list[Path]] = {}
    for path in files:
        by_name.setdefault(path.stem, []).append(path)
    for same in by_name.values():
        same.sort(key=lambda path: _rank(path.suffix.lower()))
        yield same[0]
        for other in same[1:]:
            yield Problem(
                str(other),
                f"has the name of {same[0].name}, which was taken; to take this one, name it or "
                f"a pattern such as '*{other.suffix}'",
            )


def _rank(suffix: str) -> int:
    return _PREFERRED.index(suffix) if suffix in _PREFERRED else len(_PREFERRED)


def _with_gold(talk: Talk, options: InputOptions) -> Talk:
    if options.gold is None:
        return talk
    gold = options.gold

    def item(each: Item) -> Item:
        return replace(each, gold=gold[each.id]) if each.id in gold else each

    return replace(talk, items=tuple(item(each) for each in talk.items))
