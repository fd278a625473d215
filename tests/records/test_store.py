"""Session folders and the index: what survives, what is mended, what is gone for good."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.talks import small_session
from trainer.errors import InputError, StorageError, UsageError
from trainer.records.codec import from_json, to_json
from trainer.records.store import SessionFolder, SessionInfo, Store
from trainer.session import typed
from trainer.types import AudioClip, Outcome, TurnRecord

ASK = "open: How was the month for you?"


def info(
    id_: str = "2026-01-01T10-00-00-small", started: str = "2026-01-01T10:00:00"
) -> SessionInfo:
    return SessionInfo(
        id=id_,
        format=1,
        scenario="small",
        scenario_path="small.yaml",
        scenario_sha256="0",
        title="The quiet month",
        kind="coaching",
        started=started,
        seed=0,
        scorer="by-cue",
        speech_to_text=None,
        text_to_speech=None,
        voice=None,
    )


def turns(count: int) -> list[TurnRecord]:
    session = small_session()
    return [session.answer(typed(ASK)) for _ in range(count)]


def test_a_record_comes_back_equal_and_always_as_the_same_bytes() -> None:
    session = small_session()
    for text in (ASK, "tell: Do it.", "reflect: Mm.", "advise: ring Norvik?"):
        record = session.answer(typed(text))
        assert from_json(to_json(record)) == record
        assert to_json(from_json(to_json(record))) == to_json(record)


def test_a_session_is_listed_with_its_means_and_outcome(tmp_path: Path) -> None:
    store = Store(tmp_path)
    folder = store.begin(info())
    for record in turns(2):
        folder.add(record)
    store.index(folder)
    (row,) = store.rows()
    assert (row.turns, row.question_quality, row.agenda_neutrality) == (2, 90, 100)
    assert row.outcome is None


def test_a_talk_that_ended_is_not_offered_for_resuming(tmp_path: Path) -> None:
    store, session = Store(tmp_path), small_session()
    folder = store.begin(info())
    for _ in range(3):
        folder.add(session.answer(typed("tell: Do it.")))
    store.index(folder)
    assert store.rows()[0].outcome == Outcome.POOR
    with pytest.raises(UsageError, match="no unfinished talk"):
        store.unfinished()


def test_two_sessions_begun_in_the_same_second_get_folders_of_their_own(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.begin(info()).path != store.begin(info()).path


def test_a_torn_last_line_is_left_out_and_cut_off_before_going_on(tmp_path: Path) -> None:
    folder = Store(tmp_path).begin(info())
    first, second = turns(2)
    folder.add(first)
    with (folder.path / "turns.jsonl").open("a") as stream:
        stream.write(to_json(second)[:40])
    assert folder.records() == [first]
    folder.mend()
    folder.add(second)
    assert folder.records() == [first, second]


def test_a_broken_line_in_the_middle_is_named_by_file_and_line(tmp_path: Path) -> None:
    folder = Store(tmp_path).begin(info())
    (folder.path / "turns.jsonl").write_text("{}\n" + to_json(turns(1)[0]) + "\n")
    with pytest.raises(InputError, match=r"turns\.jsonl:1: not a turn record"):
        folder.records()


def test_a_failed_write_leaves_no_torn_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Store(tmp_path).begin(info())
    first, second = turns(2)
    folder.add(first)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(StorageError, match="earlier turns are safe"):
            folder.add(second)
    assert folder.records() == [first]
    folder.add(second)
    assert folder.records() == [first, second]


def test_recordings_are_kept_only_when_given(tmp_path: Path) -> None:
    folder = Store(tmp_path).begin(info())
    first, second = turns(2)
    folder.add(first)
    assert not (folder.path / "audio").exists()
    folder.add(second, AudioClip(np.zeros(1600, np.float32), 16_000))
    assert [path.name for path in (folder.path / "audio").iterdir()] == ["002-manager.wav"]


def test_the_index_is_mended_from_the_folders(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.begin(info())
    (store.root / "index.sqlite").unlink()
    assert [row.id for row in store.rows()] == [info().id]


def test_a_broken_folder_never_hides_the_others(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.begin(info())
    broken = store.root / "broken"
    broken.mkdir()
    (broken / "session.json").write_text("{")
    assert [row.id for row in store.rows()] == [info().id]


def test_deleting_leaves_neither_folder_nor_words_in_the_index(tmp_path: Path) -> None:
    store = Store(tmp_path)
    folder = store.begin(info())
    store.delete(folder.path.name)
    assert not folder.path.exists()
    assert store.rows() == []


@pytest.mark.parametrize("name", ["nothing", "../sessions", ".."])
def test_only_a_session_can_be_deleted(tmp_path: Path, name: str) -> None:
    store = Store(tmp_path)
    store.begin(info())
    with pytest.raises(UsageError, match="no session is called"):
        store.delete(name)


def test_an_export_never_overwrites(tmp_path: Path) -> None:
    store = Store(tmp_path)
    folder = store.begin(info())
    target = store.export(folder.path.name, tmp_path / "copy")
    assert SessionFolder(target).info.title == "The quiet month"
    with pytest.raises(UsageError, match="exists already"):
        store.export(folder.path.name, target)


def test_a_folder_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "sessions").write_text("a file where the folder should be")
    with pytest.raises(StorageError, match="set TRAINER_DATA to a folder"):
        Store(tmp_path).begin(info())
