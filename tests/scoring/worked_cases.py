"""The rubric's worked cases as a manager says them, for every scorer to reach from text."""

from __future__ import annotations

from typing import NamedTuple

from trainer.types import Label

L = Label
OPEN, CLOSED, SPECIFIC, NARROWED = (
    L.OPEN_QUESTION,
    L.CLOSED_QUESTION,
    L.SPECIFIC_QUESTION,
    L.NARROWED_QUESTION,
)
QUIET = ("The CFO went quiet on me.",)
MERIDIAN = ("I'd like to talk about Meridian.",)


class Case(NamedTuple):
    """A worked case of the rubric, or a paraphrase of one."""

    text: str
    labels: tuple[Label, ...]
    quality: float | None
    neutrality: float
    said: tuple[str, ...] = ()
    licensed: bool = False


# Every row of the table; one of them holds two turns.
WORKED: list[Case] = [
    Case("What's the real obstacle for you here?", (OPEN,), 90, 100),
    Case("Tell me more about that.", (OPEN,), 85, 100),
    Case("Walk me through it.", (OPEN,), 85, 100),
    Case(
        "You said the CFO went quiet. What do you make of that?",
        (L.REFLECTION, OPEN),
        100,
        100,
        QUIET,
    ),
    Case("Who signs the contract?", (SPECIFIC,), 60, 100),
    Case("Did they reply?", (CLOSED,), 45, 100),
    Case("You called them, right?", (CLOSED,), 45, 87),
    Case("What stopped you, was it price?", (NARROWED,), 45, 74),
    Case("Why didn't you call?", (L.WHY_CHALLENGE,), 20, 74),
    Case("Why do you think they went quiet?", (OPEN,), 90, 100),
    Case("That demo was rushed, wasn't it?", (L.LEADING_QUESTION,), 15, 49),
    Case("Have you considered calling them?", (L.ADVICE_QUESTION,), 10, 40),
    Case("Don't you think you should call them?", (L.ADVICE_QUESTION,), 10, 32),
    Case("I'd like you to call them today, okay?", (L.DIRECTION,), 0, 15),
    Case("Who wouldn't pick up the phone?", (L.RHETORICAL_QUESTION,), 5, 57),
    Case("Could I offer an idea?", (L.PERMISSION,), None, 100),
    Case(
        "One route is a call, another a note; neither may fit. What's your read?",
        (L.ADVICE, L.AUTONOMY, OPEN),
        90,
        85,
        ("Yes, go on.",),
        True,
    ),
    Case(
        "I'd ring the sponsor. What do you see?",
        (L.ADVICE, OPEN),
        90,
        92,
        ("What would you do?",),
    ),
    Case("When I was a rep I just kept dialling until they answered.", (L.STORY,), 0, 66),
    Case("So you felt cornered on the discount.", (L.REFLECTION,), None, 100),
    Case("So you know deep down you should have called.", (L.REFLECTION,), None, 74),
    Case("What would you like to leave with today?", (OPEN,), 95, 100),
    Case("Fine, but first let's do your forecast.", (L.FRAMING,), None, 57, MERIDIAN),
    Case("What's your plan? How will you start? Who'll help?", (OPEN, OPEN, SPECIFIC), 55, 100),
    Case("Ring them today. What else might work?", (L.DIRECTION, OPEN), 85, 15),
    Case("It's your call, but ring them today.", (L.AUTONOMY, L.DIRECTION), 0, 15),
    Case("Call her today, then.", (L.DIRECTION,), 0, 40, ("I'll call her.",)),
    Case("Was it the price?", (CLOSED,), 45, 87),
    Case("How much of that is down to how you left it?", (L.LEADING_QUESTION,), 15, 49),
]
