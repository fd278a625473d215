"""The scenario file: one YAML file, one simulated salesperson, one conversation to practise.

This model is the format. Unknown keys are refused; every field says what it is for.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from trainer.types import Kind, Label, Outcome

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Spoken = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=400)]
"""One thing the salesperson says aloud; 400 characters are over 20 seconds of speech."""
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Gauge = Annotated[float, Field(ge=0, le=100)]


class Stage(StrEnum):
    """Where in a coaching talk a topic belongs."""

    GOAL = "goal"
    REALITY = "reality"
    OPTIONS = "options"
    WILL = "will"


class Difficulty(StrEnum):
    """How fast the salesperson opens and how long they hold a grudge."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class _Part(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, use_attribute_docstrings=True
    )


class Brief(_Part):
    """What the manager reads before the talk."""

    situation: Text
    """Who you are to each other, what has happened, what is known."""
    your_goal: Text
    """What the manager is to practise, in a sentence or two."""
    good_to_know: Text | None = None
    """Anything else they would know on the day."""


class Person(_Part):
    """Who the salesperson is; history and wants are for the writer and the closing report."""

    name: Text
    """First name first; the talk shows it before every line."""
    role: Text
    """What they sell, to whom, where."""
    history: Text
    """What made them as they are; the secret of the talk is in here."""
    wants: Text
    """What they are after, under what they say."""


class StartingMind(_Part):
    """Where the inner state starts, and how fast it moves."""

    openness: Gauge = 35
    """How much they say of what is going on."""
    trust: Gauge = 40
    """How safe they feel with this manager."""
    ownership: Gauge = 25
    """How much they take the matter for their own to solve."""
    gain: Annotated[float, Field(gt=0, le=3)] = 1.0
    """Multiplies every step towards opening, on top of the difficulty."""
    loss: Annotated[float, Field(gt=0, le=3)] = 1.0
    """Multiplies every step towards closing, on top of the difficulty."""


class Needs(_Part):
    """What must be true before something is said; what is left out does not matter."""

    openness: Gauge | None = None
    """At least this."""
    trust: Gauge | None = None
    """At least this."""
    ownership: Gauge | None = None
    """At least this."""
    revealed: tuple[Name, ...] = ()
    """Things that must have come out before, named by `reveals`."""


class Layer(_Part):
    """One depth of a topic; asked again, the salesperson takes the next line of it."""

    lines: Annotated[tuple[Spoken, ...], Field(min_length=1)]
    """What they say; two or three ways of saying it."""
    needs: Needs | None = None
    """Without it: layer 1 nothing, layer 2 openness 45, deeper layers openness 60."""
    reveals: Name | None = None
    """A name for what this layer gives away, used by `needs`, `endings` and `tests`."""


class Topic(_Part):
    """Something the salesperson can be asked about, layer under layer."""

    id: Name
    """A name of your own for it, used by `tests` and `better_lines`."""
    stage: Stage = Stage.REALITY
    """Where in a coaching talk it belongs."""
    asks: Annotated[tuple[Text, ...], Field(min_length=3)]
    """What a manager might say to get here: questions, or statements in an enrollment talk."""
    layers: Annotated[tuple[Layer, ...], Field(min_length=1)]
    """From what anyone may hear to what they hardly admit; a layer opens after the one above."""


class Idea(_Part):
    """A step of the salesperson's own: voiced, then chosen, then committed to."""

    id: Name
    """A name of your own for it."""
    action: Text
    """The step in a few plain words; used to tell whether the manager named it first."""
    needs: Needs | None = None
    """Without it: openness 55."""
    lines: Annotated[tuple[Spoken, ...], Field(min_length=1)]
    """Said when asked what they could do."""
    choose: Annotated[tuple[Spoken, ...], Field(min_length=1)]
    """Said when asked which step they will take."""
    commit: Annotated[tuple[Spoken, ...], Field(min_length=1)]
    """Said when asked when, how, or how they will hold themselves to it."""


class Reactions(_Part):
    """Lines for turns that are not simply answered."""

    told: Annotated[tuple[Spoken, ...], Field(min_length=3)]
    """After an instruction or advice nobody asked for: they comply, or go flat."""
    told_again: tuple[Spoken, ...] = ()
    """From the second time on: they hand the problem back. Falls back to told."""
    steered: Annotated[tuple[Spoken, ...], Field(min_length=3)]
    """After a leading question, or advice dressed as a question."""
    pressed: tuple[Spoken, ...] = ()
    """After pressure, a threat or a comparison. Falls back to told."""
    blamed: tuple[Spoken, ...] = ()
    """After "why didn't you": they defend. Falls back to steered."""
    slanted: tuple[Spoken, ...] = ()
    """After their words were given back with the manager's verdict. Falls back to steered."""
    taken_over: tuple[Spoken, ...] = ()
    """After the manager changed the topic without asking. Falls back to told."""
    switched: tuple[Spoken, ...] = ()
    """After business of the manager's own, without a word, in the middle of a good talk: which
    conversation is this now? Without lines here it is taken as told or taken_over."""
    repaired: tuple[Spoken, ...] = ()
    """After the manager took a push back. Falls back to listened."""
    stacked: tuple[Spoken, ...] = ()
    """After three or more questions at once. Falls back to off_map."""
    grilled: tuple[Spoken, ...] = ()
    """After a run of closed questions. Falls back to off_map."""
    listened: Annotated[tuple[Spoken, ...], Field(min_length=3)]
    """After being heard well, when no deeper layer opens."""
    granted: Annotated[tuple[Spoken, ...], Field(min_length=1)]
    """When the manager asks leave to offer something: they say yes."""
    refused: tuple[Spoken, ...] = ()
    """When asked leave while trust is low: they say no. Falls back to granted."""
    advised: tuple[Spoken, ...] = ()
    """After advice given with leave. Falls back to listened."""
    announced: tuple[Spoken, ...] = ()
    """After the manager says openly what kind of talk this is or what they want."""
    greeted: tuple[Spoken, ...] = ()
    """After small talk. Falls back to listened."""
    not_yet: Annotated[tuple[Spoken, ...], Field(min_length=3)]
    """When asked for ideas or a decision before they are ready."""
    declined: tuple[Spoken, ...] = ()
    """Enrollment: asked a second time for a yes they are not ready for, they say an honest no.
    Without lines here they only put it off, with not_yet."""
    used_up: tuple[Spoken, ...] = ()
    """When a topic has nothing left to say. Falls back to off_map."""
    off_map: Annotated[tuple[Spoken, ...], Field(min_length=4)]
    """When the question is about something the scenario does not know; stays in role."""
    silence: Annotated[tuple[Spoken, ...], Field(min_length=2)]
    """When nothing was heard; they ask again."""


FALLBACKS: Mapping[str, str] = {
    "told_again": "told",
    "pressed": "told",
    "taken_over": "told",
    "switched": "told",
    "repaired": "listened",
    "declined": "not_yet",
    "blamed": "steered",
    "slanted": "steered",
    "stacked": "off_map",
    "grilled": "off_map",
    "used_up": "off_map",
    "refused": "granted",
    "advised": "listened",
    "announced": "listened",
    "greeted": "listened",
}
"""Which reaction stands in where a scenario has no lines for one."""

SELDOM = frozenset({"switched", "repaired", "declined"})
"""Reactions a scenario does well without: what happens is then taken as something else."""


class When(_Part):
    """When an ending comes; every condition given must hold. Numbers mean "at least"."""

    committed: bool | None = None
    """Whether they have said how they will hold themselves to a step."""
    chosen: bool | None = None
    """Whether they have chosen a step."""
    declined: bool | None = None
    """They have said no to the manager's request (`reactions.declined`)."""
    openness: Gauge | None = None
    """Openness is at least this."""
    openness_below: Gauge | None = None
    """Openness has fallen under this."""
    trust_below: Gauge | None = None
    """Trust has fallen under this."""
    pushed: Annotated[int, Field(ge=1)] | None = None
    """Turns in which they were told or steered and which were not made good since."""
    turns: Annotated[int, Field(ge=1)] | None = None
    """Turns the manager has had."""
    revealed: tuple[Name, ...] = ()
    """Things that have come out, named by `reveals`."""


class Ending(_Part):
    """One way the talk can end; the first whose conditions hold is taken."""

    id: Name
    """A name of your own for it."""
    outcome: Outcome
    """How the talk came out for them."""
    when: When
    lines: Annotated[tuple[Spoken, ...], Field(min_length=1)]
    """The last thing they say."""


class StepAsks(_Part):
    """Further ways a manager may ask for ideas, a choice or a commitment in this scenario."""

    options: tuple[Text, ...] = ()
    """Asks for ideas: "What could you try?" and the like."""
    choice: tuple[Text, ...] = ()
    """Asks for a choice: "Which of those would you start with?" and the like."""
    commitment: tuple[Text, ...] = ()
    """Asks for a commitment: "How will you hold yourself to it?" and the like."""


class BetterLine(_Part):
    """A line the feedback may offer for a turn about this topic."""

    topic: Name | None = None
    """Left out: it fits any turn."""
    say: Text
    """A question or a reflection that carries no answer of the manager's."""


class ExpectedMind(_Part):
    """How the salesperson must stand after a turn; gauges as lowest and highest."""

    openness: tuple[Gauge, Gauge] | None = None
    """Between these two."""
    trust: tuple[Gauge, Gauge] | None = None
    """Between these two."""
    ownership: tuple[Gauge, Gauge] | None = None
    """Between these two."""
    ideas: tuple[Name, ...] = ()
    """Ideas they must have voiced by now."""
    chosen: Name | None = None
    """The idea they must have chosen."""
    committed: bool | None = None
    """Whether they have said how they will hold themselves to it."""


class ExpectedTurn(_Part):
    """One scripted manager turn and what must come of it."""

    say: Text
    """What the manager says."""
    label: Label | None = None
    """A label at least one of the turn's segments must have."""
    quality: tuple[Gauge, Gauge] | None = None
    """Lowest and highest question quality."""
    neutrality: tuple[Gauge, Gauge] | None = None
    """Lowest and highest agenda neutrality."""
    topic: Name | None = None
    """The topic that must be answered from."""
    reaction: Name | None = None
    """The reaction the turn must meet, by its name under `reactions`."""
    reveals: tuple[Name, ...] = ()
    """Things that must be out after this turn."""
    hides: tuple[Name, ...] = ()
    """Things that must still be unsaid after this turn."""
    mind: ExpectedMind | None = None


class Test(_Part):
    """A scripted talk that runs with `trainer scenarios test`."""

    __test__ = False  # pytest would collect the name

    name: Text
    """What it shows, in a few words."""
    turns: Annotated[tuple[ExpectedTurn, ...], Field(min_length=1)]
    ending: Literal["good", "poor", "unfinished", "none"] | None = None
    """How the talk stands after the last turn; none: it goes on."""


class Thinking(_Part):
    """How the salesperson takes a moment before an answer that costs them something.

    Before a deeper layer, a new idea or a choice; not before anything else.
    """

    seconds: Annotated[float, Field(gt=0, le=3)] = 1.0
    """From the end of the manager's turn to the first word; the sound is part of it."""
    sounds: tuple[Spoken, ...] = ()
    """What is heard at its start, in turn: "Hm." or "Well..."; without any it is silence."""


class ScenarioFile(_Part):
    """A whole scenario file."""

    format: Literal[1]
    """The version of this format."""
    title: Text
    """As it stands in the list of scenarios."""
    kind: Kind
    """What is practised; decides how neutrality is scored."""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] = "en"
    """The language of the talk, as two letters."""
    difficulty: Difficulty = Difficulty.MEDIUM
    minutes: Annotated[int, Field(ge=2, le=60)] = 12
    """About how long a talk takes."""
    brief: Brief
    person: Person
    voice: Annotated[dict[Literal["piper", "kokoro", "pyttsx3"], Text], Field(min_length=1)]
    """A voice for each engine, the preferred engine first."""
    terms: tuple[Text, ...] = ()
    """Names and terms the recogniser should expect."""
    mind: StartingMind = StartingMind()
    thinking: Thinking | None = None
    """Without it they answer at once."""
    opening: Annotated[tuple[Spoken, ...], Field(min_length=1)]
    """Their first line; one of these is said."""
    topics: Annotated[tuple[Topic, ...], Field(min_length=3)]
    ideas: Annotated[tuple[Idea, ...], Field(min_length=1)]
    step_asks: StepAsks = StepAsks()
    reactions: Reactions
    endings: Annotated[tuple[Ending, ...], Field(min_length=2)]
    """The last of them with `turns` alone, so that every talk ends."""
    better_lines: tuple[BetterLine, ...] = ()
    tests: tuple[Test, ...] = ()
