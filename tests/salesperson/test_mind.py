"""How one turn moves the salesperson's mind, and how it is taken."""

from __future__ import annotations

import pytest

from tests.talks import small_scenario
from trainer.salesperson.mind import move, starting_mind
from trainer.salesperson.taking import Taken, asks_only_closed, take
from trainer.scenario.model import Difficulty, ScenarioFile
from trainer.scoring.score import score_segments
from trainer.types import Flag, Kind, Label, LabelledSegment, Mind, TurnScore

L, F = Label, Flag


def turn(*parts: tuple[Label, tuple[Flag, ...]]) -> TurnScore:
    return score_segments(
        tuple(
            LabelledSegment.certain(f"words {n}", label, *flags)
            for n, (label, flags) in enumerate(parts)
        )
    )


def of(label: Label, *flags: Flag) -> tuple[Label, tuple[Flag, ...]]:
    return label, flags


MIND = Mind(openness=50, trust=50, ownership=50)


@pytest.mark.parametrize(
    ("score", "taken"),
    [
        (turn(of(L.OPEN_QUESTION)), None),
        (turn(of(L.DIRECTION)), Taken.TOLD),
        (turn(of(L.ADVICE)), Taken.TOLD),
        (turn(of(L.ADVICE, F.ASKED)), Taken.ADVISED),
        (turn(of(L.DIRECTION), of(L.OPEN_QUESTION)), Taken.TOLD),
        (turn(of(L.DIRECTION, F.THEIRS)), Taken.ANNOUNCED),
        (turn(of(L.PRESSURE), of(L.ADVICE)), Taken.PRESSED),
        (turn(of(L.LEADING_QUESTION)), Taken.STEERED),
        (turn(of(L.WHY_CHALLENGE, F.BLAME)), Taken.BLAMED),
        (turn(of(L.REFLECTION, F.SLANT)), Taken.SLANTED),
        (turn(of(L.FRAMING, F.TAKEOVER)), Taken.TAKEN_OVER),
        (turn(of(L.REFLECTION)), Taken.LISTENED),
        (turn(of(L.REFLECTION), of(L.OPEN_QUESTION)), None),
        (turn(of(L.PERMISSION)), Taken.GRANTED),
        (turn(of(L.SOCIAL)), Taken.GREETED),
        (turn(of(L.OPEN_QUESTION), of(L.OPEN_QUESTION), of(L.OPEN_QUESTION)), Taken.STACKED),
    ],
)
def test_a_turn_is_taken_by_its_worst_push_and_otherwise_answered(
    score: TurnScore, taken: Taken | None
) -> None:
    assert take(score, MIND, Kind.COACHING) is taken


def test_the_second_time_of_being_told_is_taken_differently() -> None:
    assert take(turn(of(L.DIRECTION)), Mind(50, 50, 50, told=1), Kind.COACHING) is Taken.TOLD_AGAIN


def test_leave_is_refused_where_trust_is_low() -> None:
    assert take(turn(of(L.PERMISSION)), Mind(50, 10, 50), Kind.COACHING) is Taken.REFUSED


def test_a_request_is_what_an_enrollment_talk_is_for() -> None:
    assert take(turn(of(L.DIRECTION)), MIND, Kind.ENROLLMENT) is Taken.ANNOUNCED


def test_three_closed_questions_in_a_row_feel_like_an_interrogation() -> None:
    file, mind = small_scenario().file, MIND
    closed = turn(of(L.CLOSED_QUESTION))
    takes = []
    for _ in range(4):
        takes.append(take(closed, mind, Kind.COACHING))
        mind = move(mind, closed, file, takes[-1])
    assert takes == [None, None, Taken.GRILLED, None]


def test_an_open_question_ends_the_run_of_closed_ones() -> None:
    file = small_scenario().file
    mind = move(Mind(50, 50, 50, closed_run=2), turn(of(L.OPEN_QUESTION)), file, None)
    assert mind.closed_run == 0
    assert not asks_only_closed(turn(of(L.OPEN_QUESTION)))


@pytest.mark.parametrize("label", [L.OPEN_QUESTION, L.REFLECTION, L.AUTONOMY, L.AFFIRMATION])
def test_asking_and_listening_open(label: Label) -> None:
    after = move(MIND, turn(of(label)), small_scenario().file, None)
    assert after.openness > MIND.openness and after.trust > MIND.trust


@pytest.mark.parametrize(
    "label", [L.DIRECTION, L.PRESSURE, L.ADVICE, L.ADVICE_QUESTION, L.LEADING_QUESTION, L.STORY]
)
def test_telling_and_steering_close(label: Label) -> None:
    after = move(MIND, turn(of(label)), small_scenario().file, None)
    assert after.openness < MIND.openness and after.ownership < MIND.ownership


def test_difficulty_changes_how_fast_they_open_and_how_long_they_hold_a_grudge() -> None:
    def after(difficulty: Difficulty, label: Label) -> float:
        file: ScenarioFile = small_scenario().file.model_copy(update={"difficulty": difficulty})
        return move(MIND, turn(of(label)), file, None).openness

    easy, hard = Difficulty.EASY, Difficulty.HARD
    assert after(easy, L.OPEN_QUESTION) > after(hard, L.OPEN_QUESTION) > MIND.openness
    assert after(hard, L.DIRECTION) < after(easy, L.DIRECTION) < MIND.openness


def test_no_turn_leaves_the_scale() -> None:
    file = small_scenario().file
    low = high = starting_mind(file)
    for _ in range(30):
        low = move(low, turn(of(L.PRESSURE)), file, Taken.PRESSED)
        high = move(high, turn(of(L.AUTONOMY), of(L.OPEN_QUESTION, F.UPTAKE)), file, None)
    assert (low.openness, low.trust, low.ownership) == (0, 0, 0)
    assert all(90 < gauge <= 100 for gauge in (high.openness, high.trust, high.ownership))


def after(mind: Mind, score: TurnScore, taken: Taken | None, difficulty: Difficulty) -> Mind:
    file = small_scenario().file.model_copy(update={"difficulty": difficulty})
    return move(mind, score, file, taken)


@pytest.mark.parametrize(
    ("difficulty", "turns"), [(Difficulty.EASY, 2), (Difficulty.MEDIUM, 3), (Difficulty.HARD, 4)]
)
def test_good_turns_running_make_a_push_good_the_sooner_the_easier_they_are(
    difficulty: Difficulty, turns: int
) -> None:
    mind = after(MIND, turn(of(L.DIRECTION)), Taken.TOLD, difficulty)
    held = []
    for _ in range(turns):
        mind = after(mind, turn(of(L.OPEN_QUESTION)), None, difficulty)
        held.append(mind.held)
    assert held == [1] * (turns - 1) + [0]


def test_an_apology_makes_the_push_good_at_once() -> None:
    pushed = after(MIND, turn(of(L.DIRECTION)), Taken.TOLD, Difficulty.HARD)
    sorry = after(pushed, turn(of(L.SOCIAL)), Taken.REPAIRED, Difficulty.HARD)
    assert (pushed.held, sorry.held) == (1, 0)
    assert sorry.trust > pushed.trust


def test_they_open_more_slowly_while_they_hold_something_against_the_manager() -> None:
    asked = turn(of(L.OPEN_QUESTION))
    fresh = after(MIND, asked, None, Difficulty.MEDIUM)
    holding = after(Mind(50, 50, 50, told=1), asked, None, Difficulty.MEDIUM)
    assert MIND.openness < holding.openness < fresh.openness


def test_the_more_open_they_are_the_less_one_more_question_adds() -> None:
    asked = turn(of(L.OPEN_QUESTION))
    gains = [
        after(Mind(openness, 50, 50), asked, None, Difficulty.MEDIUM).openness - openness
        for openness in (40, 60, 80, 95)
    ]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] > 2 * gains[2] > 0


def torn(text: str, **shares: float) -> LabelledSegment:
    probs = {each: shares.get(each.value, 0.0) for each in Label}
    label = max(probs, key=lambda each: probs[each])
    return LabelledSegment(LabelledSegment.certain(text, label).segment, label, frozenset(), probs)


def test_one_torn_reading_is_not_taken_as_a_push() -> None:
    doubtful = score_segments((torn("call them?", advice_question=0.5, open_question=0.45),))
    clear = score_segments((torn("call them?", advice_question=0.8, open_question=0.15),))
    assert take(doubtful, MIND, Kind.COACHING) is None
    assert take(clear, MIND, Kind.COACHING) is Taken.STEERED


def test_several_questions_at_once_open_no_more_than_one() -> None:
    one = after(MIND, turn(of(L.OPEN_QUESTION)), None, Difficulty.MEDIUM)
    two = after(MIND, turn(of(L.OPEN_QUESTION), of(L.OPEN_QUESTION)), None, Difficulty.MEDIUM)
    three = after(MIND, turn(*[of(L.OPEN_QUESTION)] * 3), Taken.STACKED, Difficulty.MEDIUM)
    assert two.openness == one.openness
    assert three.openness < MIND.openness
