"""New scorings of kept sessions, beside the old: ``rescored/SCORER.jsonl`` in their folders."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from trainer.errors import StorageError
from trainer.evaluation.result import DoneTalk
from trainer.evaluation.writers.as_json import turn_line
from trainer.records.store import is_session_folder

FOLDER = "rescored"


def keep_scores(talks: Iterable[DoneTalk]) -> int:
    """Write each session's new scoring; return how many there were.

    What the session itself recorded is not touched, and every scorer has a file of its own.

    Raises:
        StorageError: A session folder cannot be written.
    """
    kept = 0
    for done in talks:
        folder = Path(done.talk.where)
        if not done.turns or not is_session_folder(folder):
            continue
        target = folder / FOLDER / f"{done.turns[0].scorer}.jsonl"
        try:
            target.parent.mkdir(exist_ok=True)
            temporary = target.with_suffix(".part")
            with temporary.open("w", encoding="utf-8") as stream:
                stream.writelines(turn_line(turn) for turn in done.turns)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(target)
        except OSError as error:
            raise StorageError(f"{target}: cannot be written: {error.strerror}") from error
        kept += 1
    return kept
