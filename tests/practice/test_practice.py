"""The practice loop: commands, nothing heard, and what is on disk when something breaks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.talks import small_session
from trainer.errors import DeviceError, StorageError
from trainer.live.desk import Activity, Command, Heard, Stopped
from trainer.live.ears import ScriptedEars
from trainer.live.mouth import SilentMouth
from trainer.live.practice import Practice
from trainer.records.store import SessionFolder
from trainer.session import Session
from trainer.speech_to_text.sureness import transcript_of
from trainer.types import Confidence, Feedback, Reply, Segment, Transcript, TurnRecord

ASK = "open: How was the month for you?"
TELL = "tell: Ring them."


class RecordingScreen:
    """Notes everything that would be shown."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.told: list[str] = []
        self.scores: list[TurnRecord] = []
        self.before: list[TurnRecord | None] = []
        self.activities: list[Activity] = []

    def doing(self, activity: Activity) -> None:
        self.activities.append(activity)

    def salesperson(self, reply: Reply) -> None:
        self.said.append(reply.text)

    def manager(self, heard: Transcript) -> None: ...

    def scored(self, record: TurnRecord, before: TurnRecord | None) -> None:
        self.scores.append(record)
        self.before.append(before)

    def goes_on(self) -> None:
        self.told.append("goes on")

    def interrupted(self) -> None:
        self.told.append("interrupted")

    def tell(self, line: str) -> None:
        self.told.append(line)


class Talk:
    """A practice with a script, and everything to look at afterwards."""

    def __init__(self, folder: Path, *script: Heard | str, words: Iterable[str] = ()) -> None:
        heard = [Heard(text=item) if isinstance(item, str) else item for item in script]
        self.session: Session = small_session()
        self.folder = SessionFolder(folder)
        self.screen = RecordingScreen()
        self.mouth = SilentMouth()
        self.ears = ScriptedEars(heard, words)
        self.practice = Practice(
            self.session, self.folder, ears=self.ears, mouth=self.mouth, screen=self.screen
        )

    def on_disk(self) -> list[str]:
        return [record.text for record in self.folder.records()]


def do(command: Command) -> Heard:
    return Heard(command=command)


QUIT = do(Command.QUIT)


def test_the_talk_goes_on_until_the_salesperson_ends_it(tmp_path: Path) -> None:
    talk = Talk(tmp_path, TELL, TELL, TELL)
    assert talk.practice.run() is Stopped.OVER
    assert talk.mouth.said[-1].endswith("I will get back to work, then.")
    assert talk.on_disk() == [TELL, TELL, TELL]


def test_quitting_keeps_every_turn(tmp_path: Path) -> None:
    talk = Talk(tmp_path, ASK, QUIT)
    assert talk.practice.run() is Stopped.QUIT
    assert talk.on_disk() == [ASK]


def test_a_turn_is_on_disk_before_the_next_line_is_spoken(tmp_path: Path) -> None:
    talk = Talk(tmp_path, ASK, QUIT)
    kept_when_spoken: list[int] = []

    def say(reply: Reply, feedback: Feedback | None = None) -> None:
        turns = tmp_path / "turns.jsonl"
        kept_when_spoken.append(len(talk.on_disk()) if turns.exists() else 0)

    talk.mouth.say = say  # type: ignore[method-assign]
    talk.practice.run()
    assert kept_when_spoken == [0, 1]


def test_again_repeats_the_line_and_scores_nothing(tmp_path: Path) -> None:
    talk = Talk(tmp_path, do(Command.AGAIN), QUIT)
    talk.practice.run()
    assert talk.mouth.said[0] == talk.mouth.said[1]
    assert not talk.screen.scores


def test_retry_plays_the_line_anew_and_shows_what_changed(tmp_path: Path) -> None:
    talk = Talk(tmp_path, TELL, do(Command.RETRY), ASK, QUIT)
    talk.practice.run()
    assert talk.mouth.said[0] == talk.mouth.said[2]
    first, second = talk.screen.scores
    assert talk.screen.before == [None, first]
    assert (second.number, second.attempt) == (1, 2)
    assert talk.on_disk() == [TELL, ASK]


def test_back_rescores_with_the_words_that_were_typed(tmp_path: Path) -> None:
    talk = Talk(tmp_path, TELL, do(Command.BACK), QUIT, words=[ASK])
    talk.practice.run()
    assert talk.ears.asked == [TELL]
    assert TELL in talk.screen.told[0]
    assert talk.screen.scores[-1].corrected == ASK
    assert talk.on_disk()[-1] == ASK


def test_back_with_the_same_words_changes_nothing(tmp_path: Path) -> None:
    talk = Talk(tmp_path, TELL, do(Command.BACK), QUIT, words=[TELL])
    talk.practice.run()
    assert len(talk.screen.scores) == 1


@pytest.mark.parametrize("command", [Command.RETRY, Command.BACK])
def test_there_is_nothing_to_change_before_the_first_turn(tmp_path: Path, command: Command) -> None:
    talk = Talk(tmp_path, do(command), QUIT)
    assert talk.practice.run() is Stopped.QUIT
    assert talk.screen.told == ["There is no turn to change yet."]


def doubted(text: str) -> Heard:
    unsure = Confidence(no_speech_prob=0.1, avg_logprob=-1.4, compression_ratio=1.0)
    return Heard(transcript=transcript_of([Segment(text, 0.0, 1.0, unsure)], "en", "x"))


@pytest.mark.parametrize(
    ("then", "typed", "kept"),
    [
        ([Heard(by_enter=True)], [], [ASK, TELL]),
        ([Heard(text=ASK)], [], [ASK, ASK]),
        ([do(Command.BACK)], [ASK], [ASK, ASK]),
        ([do(Command.BACK), Heard(by_enter=True)], [""], [ASK, TELL]),
        ([do(Command.RETRY), ASK], [], [ASK, ASK]),
        ([do(Command.AGAIN), Heard(by_enter=True)], [], [ASK, TELL]),
        ([Heard(transcript=transcript_of([Segment(ASK)], "en", "x"))], [], [ASK, ASK]),
    ],
    ids=["enter", "typed", "back", "back and enter", "retry", "again", "said again"],
)
def test_a_turn_that_was_not_surely_heard_is_scored_only_when_it_is_made_sure(
    then: list[Heard | str], typed: list[str], kept: list[str], tmp_path: Path
) -> None:
    talk = Talk(tmp_path, ASK, doubted(TELL), *then, QUIT, words=typed)
    talk.practice.run()
    assert talk.on_disk() == kept
    assert [(each.number, each.attempt) for each in talk.screen.scores] == [(1, 1), (2, 1)]


def test_silence_is_asked_about_twice_and_then_the_talk_pauses(tmp_path: Path) -> None:
    talk = Talk(tmp_path, ASK, Heard(), Heard(), Heard())
    assert talk.practice.run() is Stopped.UNHEARD
    assert talk.mouth.said[2] != talk.mouth.said[3]
    assert talk.on_disk() == [ASK]


def test_being_heard_again_forgives_the_silence(tmp_path: Path) -> None:
    talk = Talk(tmp_path, Heard(), Heard(), ASK, Heard(), Heard(), QUIT)
    assert talk.practice.run() is Stopped.QUIT


def test_a_microphone_lost_in_mid_turn_keeps_what_was_said(tmp_path: Path) -> None:
    lost = DeviceError("the microphone has gone")
    talk = Talk(tmp_path, Heard(text=ASK, failed=lost))
    with pytest.raises(DeviceError, match="gone"):
        talk.practice.run()
    assert talk.on_disk() == [ASK]


def test_a_microphone_lost_in_silence_is_still_an_error(tmp_path: Path) -> None:
    talk = Talk(tmp_path, Heard(failed=DeviceError("the microphone has gone")))
    with pytest.raises(DeviceError, match="gone"):
        talk.practice.run()


def test_a_full_disk_stops_the_talk_and_keeps_the_earlier_turns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = Talk(tmp_path, ASK, TELL)
    real = SessionFolder.add

    def add(folder: SessionFolder, record: TurnRecord, clip: None = None) -> None:
        if record.number == 2:
            monkeypatch.setattr("os.fsync", full)
        real(folder, record, clip)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(SessionFolder, "add", add)
    with pytest.raises(StorageError, match="No space left on device"):
        talk.practice.run()
    assert talk.on_disk() == [ASK]


def test_used_up_recordings_stop_the_talk_unfinished(tmp_path: Path) -> None:
    assert Talk(tmp_path, ASK, Heard(used_up=True)).practice.run() is Stopped.OUT_OF_TURNS
