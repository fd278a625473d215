"""What an ask is for: the nine asking labels by form test and source test (rubric 2 and 3)."""

from __future__ import annotations

import re
from collections.abc import Callable

from trainer.scoring.ask_cues import (
    ABOUT_TOPIC,
    ADVICE_ANYWHERE,
    BLAME,
    CHECK,
    DEGREE,
    FAULT,
    FEELING,
    JUDGEMENT,
    LEADING,
    PERMISSION,
    PRESUPPOSES,
    PUSH,
    RHETORICAL,
    SCALE,
    SPEAKER_ACTS,
    SPECIFIC,
    TALK_ACTS,
    WHY_SUGGESTS,
    WHY_WORLD,
    WHY_YOU,
)
from trainer.scoring.evidence import Votes
from trainer.scoring.own_words import content_stems
from trainer.scoring.reading import Reading, candidate
from trainer.types import Label

_WH_REACH = 4  # words of a question before the auxiliary: "which of those have"
_ECHO_WORDS = 4  # an echo of their words thrown back is at most this long


def _action_theirs(reading: Reading, action: str) -> bool:
    """Apply the source test to an action; words without content of their own are nobody's push."""
    tokens = action.split()
    return not content_stems(tokens) or reading.table.is_theirs(tokens)


def vote_permission(reading: Reading, votes: Votes) -> None:
    """Vote for asking leave, where it waits for an answer (boundary rule 1)."""
    text = reading.inner if reading.wrapper else reading.statement
    if reading.wrapper and reading.main:
        return
    if PERMISSION.search(text) and SPEAKER_ACTS.search(f" {text} "):
        votes.add(Label.PERMISSION, 4.5)
    elif PERMISSION.search(text):
        votes.add(Label.PERMISSION, 2.6)


def vote_advice_question(reading: Reading, votes: Votes) -> None:
    """Vote for an action with a question round it, unless the action is theirs (source test)."""
    text = reading.plain
    match = ADVICE_ANYWHERE.search(text)
    if match is None or _asks_what_they_tried(reading, match.group()):
        _vote_topic_first(reading, votes)
        return
    action = text[match.end() :] or text
    if TALK_ACTS.match(action):
        votes.add(Label.PERMISSION, 1.6)
        votes.add(Label.CLOSED_QUESTION, 0.8)
        return
    head = text[: match.start()]
    if ABOUT_TOPIC.search(match.group()) and not re.search(r"\w+ing\b|\byou\b|\bwe\b", action):
        weight = 1.0 if reading.table.echoes(action.split()) else 2.8
        votes.add(Label.ADVICE_QUESTION, weight)
        if weight < CLEARLY_STEERS:
            votes.add(Label.OPEN_QUESTION, 1.4)
        return
    named = action if content_stems(action.split()) else head
    if _names_nothing(reading, action):
        return
    if _action_theirs(reading, named):
        pressed = PUSH.search(text)
        wh = reading.main is not None and reading.main.wh
        votes.add(Label.OPEN_QUESTION if wh else Label.CLOSED_QUESTION, 1.5)
        votes.add(
            Label.ADVICE_QUESTION, 2.0 if pressed or not content_stems(named.split()) else 0.8
        )
        return
    votes.add(Label.ADVICE_QUESTION, 5.2 if PUSH.search(text) else 3.2)
    if re.search(r"\b(?:considered|thought (?:of|about)|thinking (?:of|about)) \w+ing\b", text):
        votes.add(Label.ADVICE_QUESTION, 1.8)


def _names_nothing(reading: Reading, action: str) -> bool:
    """Say whether an open ask points at what is on the table only: "how will you go about it"."""
    main = reading.main
    if main is None or main.wh not in ("how", "what", "where") or reading.run_up:
        return False
    return not content_stems(action.split()) and bool(_POINTS.match(f"{action} "))


_POINTS = re.compile(r" (?:(?:if|to|about|you|he|she|they|do|did|does) )*(?:it|that|this)\b")


def _asks_what_they_tried(reading: Reading, cue: str) -> bool:
    """Say whether a yes/no wording is the rest of an open ask: "what have you tried"."""
    main = reading.main
    if main is None or main.wh not in ("what", "which", "who", "how", "where", "when"):
        return False
    turned = reading.question.split()[1 : len(cue.split()) + _WH_REACH]
    return cue.split()[0] in ("have", "had", "did", "would", "could") and cue.split()[0] in turned


def _vote_topic_first(reading: Reading, votes: Votes) -> None:
    """Vote for a manager's idea put in front of an open ask ("A demo day, what would that do?")."""
    ahead = reading.run_up
    if not ahead or reading.main is None or len(content_stems(ahead)) < 2:
        return
    if not re.search(r" (?:would|might|could|that|it|of that) ", reading.question):
        return
    if ahead[0] in ("you", "so", "when", "if", "i", "they", "he", "she", "since", "because"):
        return
    if reading.table.spoken_before and not reading.table.is_theirs(ahead):
        votes.add(Label.ADVICE_QUESTION, 2.8)


def vote_why(reading: Reading, votes: Votes) -> None:
    """Vote for a demand to justify their own act, or for an open why about the world."""
    text = reading.inner if reading.wrapper else reading.plain
    world = WHY_WORLD.search(text)
    if WHY_SUGGESTS.search(text) and votes.of(Label.ADVICE_QUESTION) >= CLEARLY_STEERS:
        return
    if WHY_YOU.search(text) and not (world and " why " in text):
        votes.add(Label.WHY_CHALLENGE, 3.6)
        if re.match(r" why (?:did|have|were|are) not you ", text):
            votes.add(Label.WHY_CHALLENGE, 1.6)
    elif " why " in text and reading.main and reading.main.wh == "why":
        if world:
            votes.add(Label.OPEN_QUESTION, 3.9)
        elif re.search(
            r"\bwhy (?:did|does|do|has|is|was|are|were|would|will) (?:he|she|they)\b", text
        ):
            votes.add(Label.OPEN_QUESTION, 2.4)
        elif BLAME.search(text) or re.search(r"\b(?:you|your|we|our)\b", text):
            votes.add(Label.WHY_CHALLENGE, 2.2)
            votes.add(Label.OPEN_QUESTION, 1.0)
        else:
            bare = reading.spoken.words <= _ECHO_WORDS
            votes.add(Label.OPEN_QUESTION, 1.6 if bare else 2.0)
            votes.add(Label.WHY_CHALLENGE, 2.2 if bare else 1.0)


def vote_leading(reading: Reading, votes: Votes) -> None:
    """Vote for a wanted answer in the wording, or a fault or feeling taken for granted."""
    text = reading.plain
    theirs = reading.table
    if PRESUPPOSES.search(text):
        named = FAULT.search(text) or FEELING.search(text)
        own = named is not None and theirs.echoes(named.group().split()) > 0
        votes.add(Label.LEADING_QUESTION, 1.0 if own else 5.2 if named else 3.4)
    if LEADING.search(text) and not CHECK.search(text) and not WHY_SUGGESTS.search(text):
        # What wants an action is the advice it carries, not also a wanted opinion.
        votes.add(Label.LEADING_QUESTION, 2.4 if votes.of(Label.ADVICE_QUESTION) < 4 else 1.2)
    if reading.tag and reading.main is None:
        _vote_tag(reading, votes)


def _vote_tag(reading: Reading, votes: Votes) -> None:
    """Weigh a tag: closed on their own material, leading on the manager's judgement (rule 9)."""
    said = reading.statement.split()
    share = reading.table.share(said)
    fact = re.match(
        r" you (?:have |had |did |do |were |are )?(?:not |already |just )*\w+", reading.statement
    )
    judged = JUDGEMENT.search(reading.statement) or LEADING.search(reading.statement)
    denied = re.match(r" (?:\w+ ){1,2}not\b", reading.statement)
    closed = 1.0 + 2.4 * share + (1.8 if fact and not denied else 0.0)
    leading = 2.2 + (1.2 if judged else 0.0) - 1.4 * share
    if reading.tag in _FACT_TAGS:
        closed += 1.4 if fact and not judged else 0.6
    elif " not" in reading.tag:
        leading += 0.8
    votes.add(Label.CLOSED_QUESTION, closed - (1.2 if judged else 0.0))
    votes.add(Label.LEADING_QUESTION, leading)


_FACT_TAGS = frozenset({"right", "yes", "correct", "is that right"})


def vote_rhetorical(reading: Reading, votes: Votes) -> None:
    """Vote for a question that leaves no room for an answer (boundary rule 12)."""
    text = reading.plain
    if RHETORICAL.search(text):
        votes.add(Label.RHETORICAL_QUESTION, 3.2)
        if re.match(r" who (?:would|does|could|has) not ", text):
            votes.add(Label.RHETORICAL_QUESTION, 1.6)
    words = reading.spoken.words
    if reading.main is None and reading.spoken.marked and not reading.tag and words <= _ECHO_WORDS:
        if words and reading.table.echoes(reading.spoken.tokens):
            votes.add(Label.RHETORICAL_QUESTION, 1.2)


_FORMS: tuple[Callable[[Reading, Votes], None], ...] = (
    vote_permission,
    vote_advice_question,
    vote_why,
    vote_leading,
    vote_rhetorical,
)


STEERS = (
    Label.WHY_CHALLENGE,
    Label.LEADING_QUESTION,
    Label.ADVICE_QUESTION,
    Label.RHETORICAL_QUESTION,
    Label.PERMISSION,
)
CLEARLY_STEERS = 2.4  # votes from which the form test no longer competes
FAINT = 0.5  # what is left of a form vote then


class _Faint(Votes):
    """Votes that count for less, because a cue already says what the ask is for."""

    def __init__(self, votes: Votes) -> None:
        self._votes = votes

    def add(self, label: Label, weight: float) -> None:
        self._votes.add(label, weight * FAINT)


def vote_ask(reading: Reading, votes: Votes) -> None:
    """Vote for what a segment asks: steering cues first, then the form test for the rest."""
    for vote in _FORMS:
        vote(reading, votes)
    if reading.goes_on:
        votes.add(Label.OPEN_QUESTION, 4.0)
        return
    main = reading.main
    steering = max((votes.of(label) for label in STEERS), default=0.0)
    if steering >= CLEARLY_STEERS:
        votes = _Faint(votes)
    if reading.wrapper and main is None:
        votes.add(Label.OPEN_QUESTION, 4.2)
    elif main is not None and main.wh:
        _vote_question_word(reading, votes)
    elif main is not None:
        _vote_polar(reading, votes)
    elif not reading.tag:
        _vote_bare(reading, votes)


def _vote_question_word(reading: Reading, votes: Votes) -> None:
    question = reading.question
    offered = candidate(reading)
    if offered and re.search(r" (?:am i|are we|do we) ", f" {question} "):
        votes.add(Label.RHETORICAL_QUESTION, 2.0)
    if offered:
        votes.add(Label.NARROWED_QUESTION, 3.2)
        return
    if SCALE.search(reading.plain):
        votes.add(Label.CLOSED_QUESTION, 3.5)
        return
    why = reading.main is not None and reading.main.wh == "why"
    if SPECIFIC.search(question) and not DEGREE.search(question):
        votes.add(Label.SPECIFIC_QUESTION, 3.0)
        votes.add(Label.OPEN_QUESTION, 0.6)
    elif not why:
        votes.add(Label.OPEN_QUESTION, 2.6)
        if re.search(r" (?:you|your|yourself) ", question):
            votes.add(Label.OPEN_QUESTION, 1.2)
        if reading.main is not None and reading.main.sure:
            votes.add(Label.OPEN_QUESTION, 0.4)


_ABOUT_OTHERS = re.compile(r" (?:did|do|does|has|have|had) (?:he|she|they|it|the|that) ")


def _vote_polar(reading: Reading, votes: Votes) -> None:
    votes.add(Label.CLOSED_QUESTION, 2.0)
    if _ABOUT_OTHERS.match(reading.plain):
        votes.add(Label.CLOSED_QUESTION, 0.8)
    if CHECK.search(reading.plain) or SCALE.search(reading.plain):
        votes.add(Label.CLOSED_QUESTION, 2.0)
    if re.search(r" (?:anything|something|somewhere|any other way) (?:else|more) ", reading.plain):
        votes.add(Label.OPEN_QUESTION, 2.4)


def _vote_bare(reading: Reading, votes: Votes) -> None:
    """Vote on a statement or fragment that only its question mark makes an ask."""
    if SCALE.search(reading.plain):
        votes.add(Label.CLOSED_QUESTION, 3.0)
    text = reading.plain
    if re.match(
        r" (?:and|so|because|such as|meaning|go on|like what|what else|how so|for example) $", text
    ):
        votes.add(Label.OPEN_QUESTION, 3.0)
        return
    votes.add(Label.CLOSED_QUESTION, 1.8 + reading.table.share(reading.spoken.tokens))
    if re.match(r" you ", text) and JUDGEMENT.search(text):
        votes.add(Label.LEADING_QUESTION, 1.4)
