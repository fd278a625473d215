"""What feedback says about each point: in plain words, about the wording, never the person.

Each point has several wordings, taken in turn, so that a talk does not sound like a form. ``{it}``
in a strength stands for what in the turn was strong (``praise.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from trainer.feedback.choose import Tip


class Wording(NamedTuple):
    """What the words did, and why that matters to ownership."""

    what: str
    why: str


WORDINGS: Mapping[Tip, tuple[Wording, ...]] = {
    Tip.DIRECTION: (
        Wording(
            "This hands over a task.",
            "They can do it or not do it, but the thinking stays with you.",
        ),
        Wording(
            "Here the next step comes from you.",
            "It may get done, but as your errand; a step they find is one they finish.",
        ),
        Wording(
            "This settles what happens now.",
            "Once it is settled, there is nothing left for them to work out.",
        ),
    ),
    Tip.PRESSURE: (
        Wording(
            "This leans on them.",
            "People who feel pushed defend themselves and stop looking at the problem.",
        ),
        Wording(
            "There is a push in these words.",
            "A push is answered with a yes or a wall, seldom with a thought.",
        ),
        Wording(
            "This puts weight on them rather than on the question.",
            "Under weight people look for the way out, not for the way on.",
        ),
    ),
    Tip.TAKEOVER: (
        Wording(
            "This swaps their topic for yours.",
            "If you need something too, say so openly and let them agree to the switch.",
        ),
        Wording(
            "Their topic was on the table, and yours took its place.",
            "What they came with is still open, and now it waits.",
        ),
    ),
    Tip.ADVICE: (
        Wording(
            "This is your solution.",
            "A step they think of themselves is a step they will stand by.",
        ),
        Wording(
            "The idea here is yours.",
            "It may be a good one; theirs has the better chance of being done.",
        ),
        Wording(
            "Here an answer came before their own.",
            "They stop looking once one is on the table.",
        ),
    ),
    Tip.ADVICE_QUESTION: (
        Wording(
            "It sounds like a question, but your idea is inside it.",
            "They can only take it or leave it, and their own idea goes unheard.",
        ),
        Wording(
            "There is advice inside this question.",
            "The talk is now about your idea; they may have had another.",
        ),
        Wording(
            "The question already carries its answer.",
            "Leave your idea out, and there is room for theirs.",
        ),
    ),
    Tip.STORY: (
        Wording(
            "This moves the talk to your experience.",
            "While they listen to yours, they stop working on theirs.",
        ),
        Wording(
            "Now the talk is about how it was for you.",
            "It may help later, when they ask; first comes how it is for them.",
        ),
    ),
    Tip.LEADING: (
        Wording(
            "The answer you want can be heard in the question.",
            "They will agree with you sooner than find out what they think.",
        ),
        Wording(
            "This asks for a yes to your view.",
            "A yes costs them nothing, and tells you nothing new.",
        ),
        Wording(
            "Your own view is already in here.",
            "Ask without it, and you hear theirs.",
        ),
    ),
    Tip.RHETORICAL: (
        Wording(
            "This question leaves no room for an answer.",
            "It lands as a verdict, and verdicts close people.",
        ),
        Wording(
            "It has the shape of a question, but wants no answer.",
            "They hear the point behind it, and guard against that.",
        ),
    ),
    Tip.SLANT: (
        Wording(
            "This gives their words back with your view added.",
            "They have to correct you or go along; a plain echo lets them go on.",
        ),
        Wording(
            "There is a conclusion in here that they have not drawn.",
            "Let them draw it: then it is theirs, or it was wrong.",
        ),
    ),
    Tip.STACKING: (
        Wording(
            "That was more than one question at once.",
            "They will pick the easiest; one question gets the real one answered.",
        ),
        Wording(
            "Several questions came together here.",
            "Ask the one you most want answered, then wait.",
        ),
        Wording(
            "One question was followed by another before an answer could come.",
            "The first one was still working.",
        ),
    ),
    Tip.SELF_ANSWER: (
        Wording(
            "You asked, and then answered it.",
            "The silence after your question is where their answer comes from.",
        ),
        Wording(
            "The question got its answer from you.",
            "Wait a breath longer; what they say will be worth more to both of you.",
        ),
    ),
    Tip.NARROWED: (
        Wording(
            "The open question was good; the suggested answer closed it.",
            "With a guess on the table they react to yours and keep their own.",
        ),
        Wording(
            "A good question, with a guess behind it.",
            "Stop before the guess: their answer may be one you did not think of.",
        ),
    ),
    Tip.WHY: (
        Wording(
            "This asks them to justify themselves.",
            "People answer a why about themselves with a defence, not with what happened.",
        ),
        Wording(
            "A why about what they did sounds like a charge.",
            "Ask what led to it, and you hear the story instead of the excuse.",
        ),
    ),
    Tip.CLOSED: (
        Wording(
            "One word is enough to answer this.",
            "You get a fact; an open question gets you their thinking.",
        ),
        Wording(
            "A yes or a no would do here.",
            "Then the next question is up to you again, and they wait for it.",
        ),
        Wording(
            "This can be answered without thinking further.",
            "The same question, opened, lets them look again.",
        ),
    ),
    Tip.BURIED: (
        Wording(
            "The question is there, but much else was said around it.",
            "Short and then quiet leaves them the room to think.",
        ),
        Wording(
            "A good question, with a lot of words round it.",
            "The question alone would have been stronger.",
        ),
    ),
    Tip.STRONG_UPTAKE: (
        Wording(
            "You built your question on {it}.",
            "That keeps it their conversation, and shows you were listening.",
        ),
        Wording(
            "Your question picks up {it}.",
            "People go on more easily from where they already are.",
        ),
        Wording(
            "The question grew out of {it}.",
            "So they can think on, instead of starting afresh.",
        ),
    ),
    Tip.STRONG_LISTENING: (
        Wording(
            "You gave back {it} before anything else.",
            "Being understood is what lets people go one layer deeper.",
        ),
        Wording(
            "You let them hear that {it} had arrived.",
            "Nobody explains a thing twice to someone who has it.",
        ),
    ),
    Tip.STRONG_CHOICE: (
        Wording(
            "You left the choice with them.",
            "A choice that is really theirs is one they will act on.",
        ),
        Wording(
            "These words say out loud who decides.",
            "That is how a step becomes theirs.",
        ),
    ),
    Tip.STRONG_OWNERSHIP: (
        Wording(
            "You asked for their own step.",
            "What people name themselves, they hold themselves to.",
        ),
        Wording(
            "The step is for them to name here.",
            "A step somebody has named is half taken.",
        ),
    ),
    Tip.STRONG_PERMISSION: (
        Wording(
            "You asked before offering something.",
            "A yes they could have refused keeps the talk theirs.",
        ),
        Wording(
            "You asked first, and a no was possible.",
            "What follows is something they have let in.",
        ),
    ),
    Tip.STRONG_OPEN: (
        Wording(
            "One open question{it}, with no answer hidden in it.",
            "They have to look for themselves, and that is where ownership starts.",
        ),
        Wording(
            "An open question{it}: any answer is possible.",
            "So the one they give is theirs.",
        ),
        Wording(
            "You asked openly{it} and kept your own view out.",
            "You will hear something you could not have said for them.",
        ),
    ),
    Tip.STRONG_BRIEF: (
        Wording(
            "One question, {it}, and then you stopped.",
            "The quiet after it is theirs to fill.",
        ),
    ),
}


def wording(tip: Tip, used: int) -> Wording:
    """Return the wording of a point that was made so many times before in this talk."""
    ways = WORDINGS[tip]
    return ways[used % len(ways)]
