"""Where turns come from: typed lines, recordings, and a scripted microphone."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.talks import small_session
from trainer.errors import InputError
from trainer.live.desk import Command, command_in, command_said
from trainer.live.ears import TypedEars, recordings_in
from trainer.live.keys import Keys
from trainer.types import AudioClip


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("retry", Command.RETRY),
        (" QUIT ", Command.QUIT),
        ("/again", Command.AGAIN),
        ("back", Command.BACK),
        ("Try again", Command.RETRY),
        ("quit asking me that", None),
        ("", None),
    ],
)
def test_a_command_is_a_word_on_its_own(line: str, command: Command | None) -> None:
    assert command_in(line) is command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("Let me try that again.", Command.RETRY),
        ("Sorry, say that again?", Command.AGAIN),
        ("Try again.", None),
        ("Again?", None),
        ("Quit.", None),
    ],
)
def test_few_whole_turns_are_commands_said_aloud(text: str, command: Command | None) -> None:
    assert command_said(text) is command


def test_typed_ears_take_turns_commands_and_the_end_of_the_input() -> None:
    lines = iter(["What happened?", "retry", None])
    session, ignored = small_session(), list[AudioClip]()
    ears = TypedEars(lambda: next(lines))
    assert ears.hear(session, ignored.append).text == "What happened?"
    assert ears.hear(session, ignored.append).command is Command.RETRY
    assert ears.hear(session, ignored.append).used_up


def test_keys_never_wait_and_know_when_the_input_has_ended() -> None:
    keys = Keys(io.StringIO("one\n two \n"))
    assert [keys.wait(), keys.wait(), keys.wait()] == ["one", "two", None]
    assert keys.closed
    assert keys.take() is None


def test_recordings_are_taken_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("02.wav", "01.flac", "notes.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in recordings_in(tmp_path)] == ["01.flac", "02.wav"]


def test_a_folder_without_recordings_says_what_was_expected(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no recordings in it; expected .*\.wav"):
        recordings_in(tmp_path)


def test_a_misspelt_folder_gets_a_hint(tmp_path: Path) -> None:
    (tmp_path / "recordings").mkdir()
    with pytest.raises(InputError, match=r"did you mean .*recordings"):
        recordings_in(tmp_path / "recording")
