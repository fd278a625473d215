"""What feedback says about each point: in plain words, about the wording, never the person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from trainer.feedback.choose import Tip


class Wording(NamedTuple):
    """What the words did, and why that matters to ownership."""

    what: str
    why: str


WORDINGS: Mapping[Tip, Wording] = {
    Tip.DIRECTION: Wording(
        "This hands over a task.",
        "They can do it or not do it, but the thinking stays with you.",
    ),
    Tip.PRESSURE: Wording(
        "This leans on them.",
        "People who feel pushed defend themselves and stop looking at the problem.",
    ),
    Tip.TAKEOVER: Wording(
        "This swaps their topic for yours.",
        "If you need something too, say so openly and let them agree to the switch.",
    ),
    Tip.ADVICE: Wording(
        "This is your solution.",
        "A step they think of themselves is a step they will stand by.",
    ),
    Tip.ADVICE_QUESTION: Wording(
        "It sounds like a question, but your idea is inside it.",
        "They can only take it or leave it, and their own idea goes unheard.",
    ),
    Tip.STORY: Wording(
        "This moves the talk to your experience.",
        "While they listen to yours, they stop working on theirs.",
    ),
    Tip.LEADING: Wording(
        "The answer you want can be heard in the question.",
        "They will agree with you sooner than find out what they think.",
    ),
    Tip.RHETORICAL: Wording(
        "This question leaves no room for an answer.",
        "It lands as a verdict, and verdicts close people.",
    ),
    Tip.SLANT: Wording(
        "This gives their words back with your view added.",
        "They have to correct you or go along; a plain echo lets them go on.",
    ),
    Tip.STACKING: Wording(
        "That was more than one question at once.",
        "They will pick the easiest; one question gets the real one answered.",
    ),
    Tip.SELF_ANSWER: Wording(
        "You asked, and then answered it.",
        "The silence after your question is where their answer comes from.",
    ),
    Tip.NARROWED: Wording(
        "The open question was good; the suggested answer closed it.",
        "With a guess on the table they react to yours and keep their own.",
    ),
    Tip.WHY: Wording(
        "This asks them to justify themselves.",
        "People answer a why about themselves with a defence, not with what happened.",
    ),
    Tip.CLOSED: Wording(
        "One word is enough to answer this.",
        "You get a fact; an open question gets you their thinking.",
    ),
    Tip.BURIED: Wording(
        "The question is there, but much else was said around it.",
        "Short and then quiet leaves them the room to think.",
    ),
    Tip.STRONG_UPTAKE: Wording(
        "You built your question on what they had just said.",
        "That keeps it their conversation, and shows you were listening.",
    ),
    Tip.STRONG_LISTENING: Wording(
        "You gave back what you heard before anything else.",
        "Being understood is what lets people go one layer deeper.",
    ),
    Tip.STRONG_CHOICE: Wording(
        "You left the choice with them.",
        "A choice that is really theirs is one they will act on.",
    ),
    Tip.STRONG_OWNERSHIP: Wording(
        "You asked for their own step.",
        "What people name themselves, they hold themselves to.",
    ),
    Tip.STRONG_PERMISSION: Wording(
        "You asked before offering something.",
        "A yes they could have refused keeps the talk theirs.",
    ),
    Tip.STRONG_OPEN: Wording(
        "One open question, with no answer hidden in it.",
        "They have to look for themselves, and that is where ownership starts.",
    ),
    Tip.STRONG_BRIEF: Wording(
        "One question, and then you stopped.",
        "The quiet after it is theirs to fill.",
    ),
}
