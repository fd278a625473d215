"""Session folders and the index over them.

A session folder is ``session.json`` (what was practised, with which engines), ``turns.jsonl`` (one
line per attempt, flushed to the disk before the next line is spoken) and, only when asked for,
``audio/NNN-manager.wav``. ``index.sqlite`` in the folder above can be made again from the folders.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from trainer import paths
from trainer.audio.wav import write_clip
from trainer.errors import InputError, StorageError, UsageError
from trainer.records.codec import from_json, to_json
from trainer.scoring.conversation import mean_of
from trainer.types import AudioClip, Axis, Outcome, TurnRecord

FORMAT = 1

_TABLE = """
CREATE TABLE IF NOT EXISTS sessions (
    id TEXT PRIMARY KEY, scenario TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL,
    started TEXT NOT NULL, turns INTEGER NOT NULL, outcome TEXT,
    question_quality REAL, agenda_neutrality REAL, folder TEXT NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """What ``session.json`` holds."""

    id: str
    format: int
    scenario: str
    scenario_path: str
    scenario_sha256: str
    title: str
    kind: str
    started: str
    """ISO 8601 with the offset from UTC."""
    seed: int
    scorer: str
    speech_to_text: str | None
    text_to_speech: str | None
    voice: str | None
    feedback: str = "every"
    """When the manager hears about a turn; sessions kept before it could be chosen have none."""


@dataclass(frozen=True, slots=True)
class Row:
    """One session as the index lists it; means over the kept turns, None when not scored."""

    id: str
    scenario: str
    title: str
    kind: str
    started: str
    turns: int
    outcome: str | None
    question_quality: float | None
    agenda_neutrality: float | None
    folder: Path


def session_id(now: datetime, scenario: str) -> str:
    """Name a session by its start and scenario, so that a folder listing reads as a diary."""
    return f"{now:%Y-%m-%dT%H-%M-%S}-{scenario}"


@contextmanager
def storing(what: str, where: Path) -> Iterator[None]:
    """Turn failures of the disk into one clear line."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise StorageError(
            f"{what} in {where} failed: {reason}; free some space or set TRAINER_DATA to a folder "
            "that can be written (earlier turns are safe)"
        ) from error


class SessionFolder:
    """One session on disk."""

    def __init__(self, path: Path) -> None:
        """Point at a folder; nothing is read or written yet."""
        self.path = path

    @property
    def info(self) -> SessionInfo:
        """Read what was practised.

        Raises:
            InputError: The folder is not a session.
        """
        file = self.path / "session.json"
        try:
            return SessionInfo(**json.loads(file.read_text(encoding="utf-8")))
        except FileNotFoundError as error:
            raise InputError(f"{self.path}: not a session folder (no session.json)") from error
        except (OSError, ValueError, TypeError) as error:
            raise InputError(
                f"{file}: cannot be read as format {FORMAT} ({type(error).__name__}); "
                "was it written by a newer trainer?"
            ) from error

    def begin(self, info: SessionInfo) -> None:
        """Write what is about to be practised.

        Raises:
            StorageError: The folder cannot be written.
        """
        with storing("saving the session", self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            temporary = self.path / "session.json.tmp"
            temporary.write_text(json.dumps(asdict(info), indent=2) + "\n", encoding="utf-8")
            temporary.replace(self.path / "session.json")
            (self.path / "turns.jsonl").touch()

    def add(self, record: TurnRecord, clip: AudioClip | None = None) -> None:
        """Append a turn; when this returns it is on the disk. A failed write leaves no torn line.

        Raises:
            StorageError: The turn could not be written whole.
        """
        turns = self.path / "turns.jsonl"
        with storing("saving the turn", self.path):
            if clip is not None:
                (self.path / "audio").mkdir(exist_ok=True)
                write_clip(self.path / "audio" / f"{_audio_name(record)}.wav", clip)
            with turns.open("ab") as stream:
                start = stream.tell()
                try:
                    stream.write(to_json(record).encode() + b"\n")
                    stream.flush()
                    os.fsync(stream.fileno())
                except OSError:
                    os.truncate(turns, start)
                    raise

    def records(self) -> list[TurnRecord]:
        """Read every attempt at every turn; a torn last line (a killed process) is left out.

        An attempt written again stands for the one before: its turn was gone on with, or its
        reply was interrupted.

        Raises:
            InputError: A line other than the last cannot be read.
        """
        file = self.path / "turns.jsonl"
        try:
            lines = file.read_bytes().splitlines(keepends=True)
        except OSError as error:
            raise InputError(f"{file}: cannot be read: {error.strerror}") from error
        records: dict[tuple[int, int], TurnRecord] = {}
        for number, line in enumerate(lines, start=1):
            if not line.endswith(b"\n"):
                break
            try:
                record = from_json(line)
            except ValueError as error:
                raise InputError(f"{file}:{number}: not a turn record; restore the file") from error
            records[record.number, record.attempt] = record
        return list(records.values())

    def mend(self) -> None:
        """Cut off a torn last line, so that the next turn starts on a line of its own."""
        file = self.path / "turns.jsonl"
        with storing("mending the session", self.path):
            raw = file.read_bytes()
            if raw and not raw.endswith(b"\n"):
                os.truncate(file, raw.rfind(b"\n") + 1)


def _audio_name(record: TurnRecord) -> str:
    again = f"-{record.attempt}" if record.attempt > 1 else ""
    return f"{record.number:03d}-manager{again}"


class Store:
    """All sessions of this user."""

    def __init__(self, root: Path | None = None) -> None:
        """Use the user's data folder, or another one."""
        self.root = (root or paths.data_dir()) / "sessions"

    def folder(self, session: str) -> SessionFolder:
        """Return the folder of a session id.

        Raises:
            UsageError: There is no such session.
        """
        path = self.root / session
        if Path(session).name != session or not (path / "session.json").is_file():
            raise UsageError(
                f"no session is called '{session}'; trainer sessions list shows what there is"
            )
        return SessionFolder(path)

    def begin(self, info: SessionInfo) -> SessionFolder:
        """Start a session folder under a free id and put it into the index.

        Raises:
            StorageError: The folder cannot be written.
        """
        with storing("creating the session", self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            path, again = self.root / info.id, 2
            while True:
                try:
                    path.mkdir()
                    break
                except FileExistsError:
                    path, again = self.root / f"{info.id}-{again}", again + 1
        folder = SessionFolder(path)
        folder.begin(replace(info, id=path.name))
        self.index(folder)
        return folder

    def latest(self) -> SessionFolder:
        """Return the session begun last.

        Raises:
            UsageError: There are no sessions yet.
        """
        rows = self.rows()
        if not rows:
            raise UsageError("there are no sessions yet; start one with trainer practise")
        return SessionFolder(rows[0].folder)

    def unfinished(self) -> SessionFolder:
        """Return the session begun last that the salesperson has not ended.

        Raises:
            UsageError: There is none.
        """
        row = next((row for row in self.rows() if row.outcome is None), None)
        if row is None:
            raise UsageError("there is no unfinished talk; start one with trainer practise")
        return SessionFolder(row.folder)

    def rows(self) -> list[Row]:
        """List the sessions, latest first; where the index and the folders differ, folders win."""
        on_disk = {path.parent.name for path in self.root.glob("*/session.json")}
        with storing("reading the index", self.root), self._connect() as connection:
            known = {row[0] for row in connection.execute("SELECT id FROM sessions")}
            for gone in known - on_disk:
                connection.execute("DELETE FROM sessions WHERE id = ?", (gone,))
        for new in sorted(on_disk - known):
            try:
                self.index(SessionFolder(self.root / new))
            except InputError:
                continue  # a broken folder never hides the others; its own commands name the fault
        with storing("reading the index", self.root), self._connect() as connection:
            found = connection.execute("SELECT * FROM sessions ORDER BY started DESC, id DESC")
            return [_row(each) for each in found]

    def index(self, folder: SessionFolder) -> None:
        """Bring the index up to date with a session folder."""
        info = folder.info
        kept = {record.number: record for record in folder.records()}
        last = kept[max(kept)] if kept else None
        scores = [record.score for record in kept.values()]
        row = (
            folder.path.name,
            info.scenario,
            info.title,
            info.kind,
            info.started,
            len(kept),
            _outcome(last),
            *(_rounded(mean_of(scores, axis)) for axis in Axis),
            str(folder.path),
        )
        with storing("writing the index", self.root), self._connect() as connection:
            places = ",".join("?" * len(row))
            connection.execute(f"INSERT OR REPLACE INTO sessions VALUES ({places})", row)

    def delete(self, session: str) -> None:
        """Delete a session wholly: folder, recordings and its line in the index."""
        folder = self.folder(session)
        with storing("deleting the session", folder.path), self._connect() as connection:
            shutil.rmtree(folder.path)
            connection.execute("DELETE FROM sessions WHERE id = ?", (session,))

    def export(self, session: str, target: Path) -> Path:
        """Copy a session folder to a new place and return it.

        Raises:
            UsageError: The target exists already.
        """
        folder = self.folder(session)
        if target.exists():
            raise UsageError(f"{target} exists already; name a folder that does not")
        with storing("exporting the session", target):
            shutil.copytree(folder.path, target)
        return target

    @contextmanager
    def _connect(self) -> Iterator[sqlite3.Connection]:
        self.root.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.root / "index.sqlite", timeout=10)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.row_factory = sqlite3.Row
            # Deleted rows would otherwise stay readable in the file's free pages.
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute(_TABLE)
            with connection:
                yield connection


def _row(columns: sqlite3.Row) -> Row:
    values = dict(columns)
    return Row(**{**values, "folder": Path(values["folder"])})


def _outcome(last: TurnRecord | None) -> Outcome | None:
    return last.reply.ended if last else None


def is_session_folder(path: Path) -> bool:
    """Say whether a path is a session folder."""
    return (path / "session.json").is_file()


def _rounded(mean: float | None) -> float | None:
    return None if mean is None else round(mean, 1)
