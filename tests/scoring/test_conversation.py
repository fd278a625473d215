"""Scores of a whole talk (rubric 6) and of the two other kinds (rubric 7), from labels given."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.scoring import conversation
from trainer.scoring.conversation import (
    FEWEST_TURNS,
    Band,
    ConversationScore,
    band,
    pattern,
    score_conversation,
    stage_spread,
    talk_neutrality,
    talk_quality,
)
from trainer.scoring.kinds import advice_hygiene, agenda_openness
from trainer.scoring.score import not_scored, score_segments
from trainer.types import Flag, Kind, Label, LabelledSegment, OwnedAction, TurnScore

L, F = Label, Flag
Part = Label | tuple[Label, Flag] | tuple[Label, Flag, Flag] | tuple[Label, str]


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "BOOTSTRAP_DRAWS", 60)


def segment(part: Part) -> LabelledSegment:
    if not isinstance(part, tuple):
        return LabelledSegment.certain("some words here", part)
    label, *rest = part
    flags = [each for each in rest if isinstance(each, Flag)]
    text = next((each for each in rest if not isinstance(each, Flag)), "some words here")
    return LabelledSegment.certain(text, label, *flags)


def turn(*parts: Part, kind: Kind = Kind.COACHING) -> TurnScore:
    return score_segments(tuple(segment(part) for part in parts), kind)


OPEN = turn((L.OPEN_QUESTION, F.UPTAKE, F.ABOUT_PERSON))
ORDER = turn(L.DIRECTION)


def talk(
    *turns: TurnScore, kind: Kind = Kind.COACHING, actions: tuple[OwnedAction, ...] = ()
) -> ConversationScore:
    return score_conversation(turns, kind=kind, rng=np.random.default_rng(0), actions=actions)


def test_under_five_scored_turns_only_turns_are_reported() -> None:
    unscored = not_scored("there were only fillers")
    short = talk(*[OPEN] * (FEWEST_TURNS - 1), unscored, unscored)
    assert short.question_quality is None and short.agenda_neutrality is None
    assert talk(*[OPEN] * FEWEST_TURNS).question_quality is not None


def test_managers_are_remembered_for_their_worst_push() -> None:
    # .6 of the mean (78.75) and .4 of the lowest quarter (15).
    assert talk_neutrality([OPEN, OPEN, OPEN, ORDER]) == pytest.approx(0.6 * 78.75 + 0.4 * 15)


def test_the_talks_quality_is_the_mean_and_the_pattern() -> None:
    turns = [OPEN] * 4
    assert talk_quality(turns) == pytest.approx(0.7 * 100 + 0.3 * pattern(turns))
    assert talk_quality([turn(L.REFLECTION)]) is None


@pytest.mark.parametrize(
    ("turns", "parts"),
    [
        # open share, one ask a turn, uptake, listening, stages, about the person
        ([turn(L.OPEN_QUESTION)], (100, 100, 0, 0, 25, 0)),
        ([turn(L.CLOSED_QUESTION)], (0, 100, 0, 0, 0, 0)),
        ([turn(L.CLOSED_QUESTION, L.OPEN_QUESTION)], (50, 0, 0, 0, 25, 0)),
        ([turn(L.REFLECTION, (L.OPEN_QUESTION, F.UPTAKE))], (100, 100, 100, 100, 25, 0)),
        ([turn((L.OPEN_QUESTION, F.ABOUT_PERSON))], (100, 100, 0, 0, 25, 100)),
        ([turn(L.DIRECTION)], (0, 0, 0, 0, 0, 0)),
    ],
)
def test_the_pattern_is_the_mean_of_six_parts(
    turns: list[TurnScore], parts: tuple[float, ...]
) -> None:
    assert pattern(turns) == pytest.approx(sum(parts) / 6)


def test_options_before_a_goal_earn_nothing() -> None:
    fact, goal = turn(L.OPEN_QUESTION), turn((L.OPEN_QUESTION, F.FORWARD))
    will = turn((L.OPEN_QUESTION, F.OWNERSHIP))
    assert stage_spread([goal, fact, fact, goal, will]) == 100
    assert stage_spread([fact, fact, fact, goal, will]) == 50


def test_an_idea_the_manager_named_first_caps_neutrality_at_sixty() -> None:
    handed = OwnedAction("ring Norvik", named_by_manager=True, held_to_it=True)
    own = OwnedAction("ring Norvik", named_by_manager=False, held_to_it=True)
    capped, free = talk(*[OPEN] * 6, actions=(handed,)), talk(*[OPEN] * 6, actions=(own,))
    assert capped.agenda_neutrality is not None and free.agenda_neutrality is not None
    assert (capped.agenda_neutrality.value, free.agenda_neutrality.value) == (60, 100)
    assert (handed.owned, own.owned) == (False, True)
    assert not OwnedAction("ring", named_by_manager=False, held_to_it=False).owned


def test_the_cap_is_for_coaching_talks() -> None:
    handed = OwnedAction("take the trainee", named_by_manager=True, held_to_it=True)
    turns = [turn((L.FRAMING, "I'd like something from you, because we need it."))] * 2 + [
        turn((L.OPEN_QUESTION, F.ABOUT_PERSON), kind=Kind.ENROLLMENT),
        turn(L.REFLECTION, kind=Kind.ENROLLMENT),
        turn((L.OPEN_QUESTION, F.OWNERSHIP), kind=Kind.ENROLLMENT),
    ]
    openness = talk(*turns, kind=Kind.ENROLLMENT, actions=(handed,)).agenda_neutrality
    assert openness is not None and openness.value == 100


@pytest.mark.parametrize(
    ("score", "expected"),
    [(39.9, Band.TELLING), (40, Band.MIXED), (60, Band.COACHING), (80, Band.STRONG)],
)
def test_bands(score: float, expected: Band) -> None:
    assert band(score) is expected


def test_the_interval_holds_the_value_and_an_even_talk_has_none() -> None:
    mixed = talk(*[OPEN, ORDER] * 4).agenda_neutrality
    assert mixed is not None and mixed.low < mixed.value < mixed.high
    even = talk(*[OPEN] * 8).agenda_neutrality
    assert even is not None and even.low == even.value == even.high


WISH = (L.FRAMING, "I'd like you to take Miriam along.")
WISH_AND_WHY = (L.FRAMING, "I'd like you to take Miriam, because she learns nothing here.")
AIMS = (L.OPEN_QUESTION, F.ABOUT_PERSON)
HEARD = L.REFLECTION
CLOSE = (L.CLOSED_QUESTION, F.OWNERSHIP)


@pytest.mark.parametrize(
    ("turns", "openness"),
    [
        ([[WISH_AND_WHY], [AIMS], [HEARD], [CLOSE]], 100),
        ([[WISH], [AIMS], [HEARD], [CLOSE]], 90),  # what, but not why
        ([[AIMS], [HEARD], [CLOSE], [WISH_AND_WHY]], 80),  # too late
        ([[WISH_AND_WHY], [HEARD], [CLOSE]], 60),  # nothing asked, so nothing drawn out
        ([[WISH_AND_WHY], [AIMS], [CLOSE]], 60),  # not tied to their words, no objection reflected
        ([[WISH_AND_WHY], [AIMS], [HEARD], [L.SOCIAL]], 80),  # no commitment asked for
        ([[WISH_AND_WHY], [AIMS], [HEARD], [L.DIRECTION], [CLOSE]], 80),  # assumes
        ([[WISH_AND_WHY], [AIMS], [HEARD], [L.AUTONOMY, L.DIRECTION], [CLOSE]], 100),
        ([[WISH_AND_WHY], [AIMS], [HEARD], [L.ADVICE_QUESTION], [CLOSE]], 85),  # disguised
        (
            [[WISH_AND_WHY], [AIMS], [HEARD], [L.LEADING_QUESTION, L.RHETORICAL_QUESTION], [CLOSE]],
            70,
        ),
        ([[WISH_AND_WHY], [AIMS], [HEARD], [L.PRESSURE], [CLOSE]], 75),  # forced
        ([[L.PRESSURE], [L.LEADING_QUESTION]], 0),
        ([[(L.FRAMING, "We have twenty minutes.")], [AIMS], [HEARD], [CLOSE]], 80),
        ([[WISH_AND_WHY], [AIMS], [(L.REFLECTION, F.SLANT)], [CLOSE]], 60),
    ],
)
def test_agenda_openness_has_five_parts_less_disguise(
    turns: list[list[Part]], openness: float
) -> None:
    assert agenda_openness([turn(*parts) for parts in turns]) == openness


def test_a_closing_check_of_commitment_is_worth_sixty_five_in_enrollment_only() -> None:
    assert turn(CLOSE, kind=Kind.ENROLLMENT).question_quality == 65
    assert turn(CLOSE).question_quality == 50


TRIED = (L.OPEN_QUESTION, F.ABOUT_PERSON)
TWO_WAYS: tuple[Label, Flag] = (L.ADVICE, F.LICENSED)
LIMITED = (L.ADVICE, "One route is a call; it may not fit.")


@pytest.mark.parametrize(
    ("turns", "hygiene"),
    [
        ([[TRIED], [L.PERMISSION], [TWO_WAYS], [TWO_WAYS], [L.OPEN_QUESTION]], 100),
        ([[TRIED], [L.PERMISSION], [LIMITED], [L.OPEN_QUESTION]], 100),
        ([[TRIED], [L.PERMISSION, LIMITED], [L.OPEN_QUESTION]], 80),  # no stop, so no leave
        ([[TRIED], [(L.ADVICE, F.ASKED)], [L.OPEN_QUESTION]], 80),  # one option, without limits
        ([[TRIED], [L.PERMISSION], [LIMITED], [L.SOCIAL]], 80),  # no check-back
        ([[L.PERMISSION], [LIMITED], [L.OPEN_QUESTION]], 60),  # never asked, so not fitted
        ([[L.ADVICE]], 0),
        ([[TRIED], [L.STORY], [L.PERMISSION], [LIMITED], [L.OPEN_QUESTION]], 100),  # free here
        ([[TRIED], [L.PERMISSION], [LIMITED], [L.DIRECTION], [L.OPEN_QUESTION]], 85),
        ([[TRIED], [L.PERMISSION], [LIMITED], [L.PRESSURE], [L.OPEN_QUESTION]], 75),
    ],
)
def test_advice_hygiene_has_five_parts_less_force(turns: list[list[Part]], hygiene: float) -> None:
    assert advice_hygiene([turn(*parts, kind=Kind.MENTORING) for parts in turns]) == hygiene


@pytest.mark.parametrize("measure", [agenda_openness, advice_hygiene, talk_neutrality])
def test_a_talk_without_turns_has_no_score(measure: object) -> None:
    assert callable(measure) and measure([]) is None
