"""A talk held aloud on a scripted desk: time passes as frames are read, words are scripted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.practice.aloud_talk import ASK, LINE_S, LONGER, TELL, ScriptedTalk, SteadyVoice, said
from trainer.audio.patience import FRAME_S
from trainer.errors import DeviceError
from trainer.live.desk import Stopped
from trainer.records.report import summary_lines
from trainer.scenario.model import Thinking
from trainer.types import AudioClip, Confidence, DuplexMode, Kind, Line, Reply


def test_a_whole_question_is_answered_after_the_short_wait(tmp_path: Path) -> None:
    talk = ScriptedTalk(tmp_path, [4.0, said(2.0), 5.0], [ASK])
    assert talk.run() is Stopped.OUT_OF_TURNS
    assert talk.on_disk() == [ASK]
    (times,) = talk.times
    assert times.answered_s == pytest.approx(0.4, abs=0.05)
    assert talk.played_s() == [3.0, pytest.approx(3.0, abs=0.1)]


def test_an_unfinished_sentence_is_waited_for_and_taken_whole(tmp_path: Path) -> None:
    talk = ScriptedTalk(
        tmp_path,
        [4.0, said(1.0), 2.0, said(1.0), 5.0],
        [["open: So what would you", "open: So what would you do?"]],
    )
    talk.run()
    assert talk.on_disk() == ["open: So what would you do?"]
    assert len(talk.device.played) == 2


def test_a_manager_who_goes_on_stops_the_salesperson_and_both_parts_are_one_turn(
    tmp_path: Path,
) -> None:
    talk = ScriptedTalk(tmp_path, [4.0, said(2.0), 1.2, said(1.5), 9.0], [[ASK, LONGER]])
    talk.run()
    assert talk.on_disk() == [LONGER]
    assert [(r.number, r.attempt) for r in talk.session.records] == [(1, 1)]
    assert "goes on" in talk.screen.told
    _, begun, answer = talk.device.played
    assert begun.duration_s < 1.1
    assert answer.duration_s == pytest.approx(LINE_S, abs=0.1)


def test_going_on_stops_the_salesperson_within_a_quarter_of_a_second(tmp_path: Path) -> None:
    pause_s = 1.2
    talk = ScriptedTalk(tmp_path, [4.0, said(2.0), pause_s, said(1.5), 9.0], [[ASK, LONGER]])
    talk.run()
    audible_s = talk.device.played[1].duration_s
    began_s = talk.times[0].answered_s
    assert began_s + audible_s - pause_s < 0.25


def test_a_cough_or_a_hum_over_the_salesperson_lets_them_go_on(tmp_path: Path) -> None:
    talk = ScriptedTalk(tmp_path, [1.0, said(0.3), 9.0], ["Mm-hmm."])
    talk.run()
    assert talk.on_disk() == []
    first, rest = talk.device.played
    assert 0.9 < first.duration_s < 1.4
    assert first.duration_s + rest.duration_s >= LINE_S - 0.05


def test_a_hum_right_after_the_answer_has_begun_changes_nothing(tmp_path: Path) -> None:
    talk = ScriptedTalk(tmp_path, [4.0, said(2.0), 1.0, said(0.3), 9.0], [[ASK, f"{ASK} Mhm."]])
    talk.run()
    assert talk.on_disk() == [ASK]
    assert "goes on" not in talk.screen.told
    assert len(talk.device.played) == 3


def test_words_late_in_a_line_are_a_turn_and_the_rest_of_the_line_is_unsaid(
    tmp_path: Path,
) -> None:
    # Twelve seconds of silence first: the opening's three seconds are over, a turn, the answer.
    talk = ScriptedTalk(tmp_path, [2.0, said(2.0), 9.0], [ASK])
    talk.run()
    (record,) = talk.session.records
    assert record.said_before.endswith(" —")
    assert talk.session.scenario.file.opening[0].startswith(record.said_before[:-2])
    assert "interrupted" in talk.screen.told


def test_what_was_not_said_can_be_said_later(tmp_path: Path) -> None:
    talk = ScriptedTalk(tmp_path, [4.0, said(2.0), 0.5, 4.5, 0.0], [ASK])
    talk.run()
    whole = talk.session.reply
    cut = talk.session.interrupted([])
    assert cut is not None and cut.reply.text == ""
    assert whole.lines[0].id not in cut.reply.mind.said
    assert cut.reply.mind.openness == whole.mind.openness


def test_in_half_duplex_nothing_is_heard_over_the_salesperson(tmp_path: Path) -> None:
    talk = ScriptedTalk(tmp_path, [1.0, said(1.0), 9.0], [], mode=DuplexMode.HALF)
    talk.run()
    assert talk.played_s() == [3.0]
    assert talk.on_disk() == []


def test_a_hum_alone_is_no_turn(tmp_path: Path) -> None:
    talk = ScriptedTalk(tmp_path, [4.0, said(0.4), 3.0, said(2.0), 3.0], ["Mm-hmm.", ASK])
    talk.run()
    assert talk.on_disk() == [ASK]


def test_a_short_answer_is_a_turn(tmp_path: Path) -> None:
    talk = ScriptedTalk(tmp_path, [4.0, said(0.4), 3.0], ["Okay."])
    talk.run()
    assert talk.on_disk() == ["Okay."]


def test_silence_is_asked_about(tmp_path: Path) -> None:
    talk = ScriptedTalk(tmp_path, [60.0], [], give_up_s=5.0)
    assert talk.run() is Stopped.UNHEARD


def test_words_that_were_not_surely_heard_are_not_scored_until_said_again(
    tmp_path: Path,
) -> None:
    unsure = Confidence(no_speech_prob=0.9, avg_logprob=-2.0, compression_ratio=1.0)
    talk = ScriptedTalk(tmp_path, [4.0, said(2.0), 5.0], [ASK], confidence=unsure)
    talk.run()
    assert talk.on_disk() == []
    assert any("Not surely heard" in line for line in talk.screen.told)


def test_a_microphone_lost_in_mid_turn_keeps_what_was_said(tmp_path: Path) -> None:
    talk = ScriptedTalk(tmp_path, [4.0, said(2.0), DeviceError("gone")], [ASK])
    with pytest.raises(DeviceError, match="gone"):
        talk.run()
    assert talk.on_disk() == [ASK]


def test_a_recogniser_that_fails_loses_nothing(tmp_path: Path) -> None:
    talk = ScriptedTalk(tmp_path, [4.0, said(2.0), 5.0], [RuntimeError("out of memory")])
    with pytest.raises(RuntimeError, match="out of memory"):
        talk.run()
    again = ScriptedTalk(tmp_path, [9.0], [])
    heard: list[float] = []

    def transcribe(clip: AudioClip) -> object:
        heard.append(clip.duration_s)
        raise KeyboardInterrupt

    again.session.transcribe = transcribe  # type: ignore[method-assign,assignment]
    with pytest.raises(KeyboardInterrupt):
        again.run()
    assert heard == [pytest.approx(2.6, abs=4 * FRAME_S)]


def test_typed_words_end_what_is_being_said(tmp_path: Path) -> None:
    talk = ScriptedTalk(tmp_path, [9.0], [], typed=f"{ASK}\nquit\n")
    assert talk.run() is Stopped.QUIT
    assert talk.on_disk() == [ASK]


def test_let_me_try_that_again_takes_the_turn_back(tmp_path: Path) -> None:
    talk = ScriptedTalk(
        tmp_path,
        [4.0, said(2.0), 5.0, said(1.0), 6.0, said(2.0), 5.0],
        [TELL, "Let me try that again.", ASK],
    )
    talk.run()
    assert talk.on_disk() == [TELL, ASK]
    assert talk.screen.before[-1] is not None


def test_the_coach_speaks_before_the_salesperson(tmp_path: Path) -> None:
    talk = ScriptedTalk(tmp_path, [4.0, said(2.0), 9.0], [TELL], coached=True)
    talk.run()
    assert talk.played_s() == [3.0, 3.0, 3.0]


def test_words_over_the_coach_are_another_go_at_the_turn(tmp_path: Path) -> None:
    # The coach speaks twice as long as a turn may be re-opened.
    talk = ScriptedTalk(
        tmp_path,
        [9.0, said(2.0), 5.2, said(2.0), 9.0],
        [TELL, ASK],
        coached=True,
        voice=LongVoice(),
    )
    talk.run()
    assert "Taken as another go at your turn." in talk.screen.told
    assert [(r.number, r.attempt) for r in talk.folder.records()] == [(1, 1), (1, 2)]


class LongVoice(SteadyVoice):
    """Takes eight seconds for every line."""

    def synthesise(self, text: str, voice: str) -> AudioClip:
        return said(8.0)


def test_a_moment_is_taken_only_where_the_scenario_says_so(tmp_path: Path) -> None:
    thinking = Thinking(seconds=1.0)
    talk = ScriptedTalk(tmp_path, [4.0, said(2.0), 9.0], [ASK], thinking=thinking)
    deep = Reply((Line("topics.month.2.1", "It is the fear."),), talk.session.reply.mind)
    shallow = Reply((Line("topics.month.1.1", "Fine."),), talk.session.reply.mind)
    lengths = [
        [item.clip.result().duration_s for item in talk.desk._cast.items(reply)]
        for reply in (deep, shallow)
    ]
    assert lengths == [[1.0, 3.0], [3.0]]


def test_how_a_turn_was_delivered_is_kept_and_summed_up(tmp_path: Path) -> None:
    talk = ScriptedTalk(tmp_path, [4.5, said(2.0), 5.0, said(2.0), 9.0], [ASK, LONGER])
    talk.run()
    first, second = (record.delivery for record in talk.folder.records())
    assert first is not None and second is not None
    assert first.speech_s == pytest.approx(2.0, abs=0.1)
    assert first.salesperson_s == pytest.approx(LINE_S, abs=0.1)
    assert first.left_s == pytest.approx(1.5, abs=0.1)
    assert second.left_s == pytest.approx(5.0 - 0.4 - LINE_S, abs=0.1)
    summary = talk.session.summary(np.random.default_rng(0))
    lines = summary_lines(talk.session.kept, summary, kind=Kind.COACHING, name="Joel")
    (line,) = (each for each in lines if each.startswith("Delivery"))
    assert "you spoke 40% of the time, 9 words a turn, 1.6 s of silence left" in line


def test_an_interruption_is_counted_and_a_correction_keeps_it(tmp_path: Path) -> None:
    talk = ScriptedTalk(tmp_path, [2.0, said(2.0), 9.0], [ASK])
    talk.run()
    corrected = talk.session.correct(LONGER)
    (record,) = talk.folder.records()
    assert record.delivery is not None and record.delivery.interrupted
    assert corrected is not None and corrected.delivery == record.delivery
