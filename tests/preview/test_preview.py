"""A preview: the mind in view, from any point, and a file that is saved while one talks."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from tests.scenario.edit import changed as edited
from tests.talks import SMALL, LabelsByCue
from trainer.errors import UsageError
from trainer.preview.loop import Preview
from trainer.preview.shown import what_may_be_said
from trainer.preview.start import Change, change_of, turns_of_test
from trainer.preview.talk import PreviewTalk
from trainer.salesperson.encoder import WordEncoder
from trainer.scenario.load import load
from trainer.types import Outcome

HOW = "open: How was the month for you?"
BROKEN = "title: [\n"


class Scripted:
    """Typed lines; a function among them is called in its place, as somebody at an editor."""

    def __init__(self, *script: str | Callable[[], object]) -> None:
        self._script = iter(script)
        self.closed = False

    def take(self) -> str | None:
        each = next(self._script, None)
        if each is None:
            self.closed = True
        if callable(each):
            each()
            return None
        return each


def talk_with(path: Path = SMALL, start: Change | None = None) -> PreviewTalk:
    return PreviewTalk(load(path), classifier=LabelsByCue(), encoder=WordEncoder(), start=start)


def shown(talk: PreviewTalk, *script: str | Callable[[], object]) -> tuple[str, list[str]]:
    out, spoken = io.StringIO(), list[str]()
    Preview(talk, Console(file=out, width=140), spoken.append).run(Scripted(*script))
    return out.getvalue(), spoken


def test_what_is_said_is_answered_with_labels_and_the_mind_beside() -> None:
    out, _ = shown(talk_with(), HOW)
    assert "[open_question]" in out
    assert "Ana: The month was slow, and Norvik went silent." in out
    assert "openness  35 → 4" in out and "topics.month.1.1" in out


def test_a_saved_file_is_said_again_from_the_start(tmp_path: Path) -> None:
    path = edited(tmp_path)
    slow = "The month was slow, and Norvik went silent."

    def save() -> None:
        path.write_text(path.read_text().replace(slow, "Slow, slower, slowest it was, the month."))

    out, _ = shown(talk_with(path), HOW, save)
    assert slow in out and "s.yaml was saved: said again with it, 1 turns." in out
    assert "Ana: Slow, slower, slowest it was, the month." in out


def test_a_broken_file_is_named_and_the_last_good_version_goes_on(tmp_path: Path) -> None:
    path = edited(tmp_path)
    good = path.read_text()
    mended = good.replace("The quiet month", "The mended month")
    talk = talk_with(path)
    out, _ = shown(
        talk, lambda: path.write_text(BROKEN), HOW, lambda: path.write_text(mended), "/back"
    )
    assert f"{path}:2:1: file: not valid YAML" in out.replace("\n", "")
    assert "goes on with the last good version" in out
    assert "The month was slow" in out
    assert talk.scenario.file.title == "The mended month"


def test_a_piece_that_is_saved_counts_as_a_save(tmp_path: Path) -> None:
    silence = 'silence: ["Hello, are you there?", I cannot hear you.]'
    path = edited(tmp_path, (silence, "include: shared/quiet.yaml"))
    (tmp_path / "shared").mkdir()
    piece = tmp_path / "shared" / "quiet.yaml"
    piece.write_text("silence: [Sorry?, Say again?]")
    talk = PreviewTalk(load(path), classifier=LabelsByCue(), encoder=WordEncoder())
    out, _ = shown(talk, "", lambda: piece.write_text("silence: [Beg your pardon?, Again?]"))
    assert "Ana: Sorry?" in out and "Ana: Beg your pardon?" in out


def test_after_a_save_the_talk_may_end_sooner(tmp_path: Path) -> None:
    path = edited(tmp_path)
    sooner = path.read_text().replace("turns: 12", "turns: 1")
    out, _ = shown(talk_with(path), HOW, HOW, lambda: path.write_text(sooner), HOW)
    assert "1 turns of 2; the talk now ends there" in out
    assert "the talk is over (unfinished); /back, /restart or /quit" in out


def test_a_preview_may_begin_anywhere() -> None:
    talk = talk_with(start=Change({"openness": 90.0}, ("stopped_ringing",)))
    talk.say(HOW)
    assert talk.reply.mind.revealed == {"stopped_ringing", "the_mail"}


def test_what_is_set_by_hand_stays_set_when_the_file_is_saved(tmp_path: Path) -> None:
    path = edited(tmp_path)
    more = path.read_text().replace("The quiet month", "Another month")
    talk = talk_with(path)
    out, _ = shown(talk, "/set openness 95", lambda: path.write_text(more), "/lines")
    assert talk.reply.mind.openness == 95
    assert "openness  35 → 95" in out and "call_back       idea: may be voiced" in out


def test_a_turn_can_be_taken_back_and_the_talk_begun_anew() -> None:
    talk = talk_with()
    shown(talk, HOW, HOW, "/back")
    assert len(talk.steps) == 1
    shown(talk, "/restart")
    assert talk.steps == []


def test_nothing_said_is_a_turn_that_was_not_heard_and_they_ask_in_other_words() -> None:
    talk = talk_with()
    first, second = talk.say(""), talk.say("")
    assert [first.score, second.score] == [None, None]
    assert first.reply.text != second.reply.text
    assert talk.reply.mind == talk.opening.mind


def test_lines_are_heard_when_asked_for() -> None:
    _, spoken = shown(talk_with(), "/say", "/say endings.flat.1")
    assert spoken == [
        "It has been a quiet month, if I am honest.",
        "I will get back to work, then.",
    ]


def test_a_whole_talk_ends_and_says_so() -> None:
    talk = talk_with()
    out, _ = shown(talk, *["tell: Do it."] * 3)
    assert talk.reply.ended is Outcome.POOR and "the talk is over: poor" in out


def test_what_may_be_said_names_what_keeps_the_rest_shut() -> None:
    talk = talk_with()
    lines = list(what_may_be_said(talk.scenario.file, talk.reply.mind))
    assert lines == [
        "month           1 of 3 layers, 2 unsaid; 2 needs openness 45",
        "team            1 of 1 layers, 1 unsaid",
        "goal            1 of 1 layers, 1 unsaid",
        "call_back       idea: needs openness 50",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("openness much", "openness: found 'much'; expected a number from 0 to 100"),
        ("openness 101", "found '101'"),
        ("opennes 5", "expected /set openness 70"),
        ("", "expected /set openness 70"),
        ("revealed the_male", "did you mean 'the_mail'?"),
    ],
)
def test_what_cannot_be_set_is_one_line(words: str, expected: str) -> None:
    with pytest.raises(UsageError, match=expected.replace("?", r"\?")):
        change_of(words.split(), load(SMALL).file)


def test_a_scripted_talk_is_found_by_number_or_name() -> None:
    file = load(Path("scenarios/avoided_prospecting.yaml")).file
    expected = tuple(turn.say for turn in file.tests[0].turns)
    assert turns_of_test("1", file) == expected
    assert turns_of_test(file.tests[0].name, file) == expected
    with pytest.raises(UsageError, match=r"there are|did you mean"):
        turns_of_test("999", file)
