"""Flags on a labelled segment: what qualifies its label (rubric 3 and 4)."""

from __future__ import annotations

import re

from trainer.labels import SCORED_ASKS
from trainer.scoring.ask_cues import BLAME, FAULT, FEELING, JUDGEMENT, PUSH
from trainer.scoring.own_words import content_stems
from trainer.scoring.reading import Reading
from trainer.scoring.tell_cues import TAKEOVER
from trainer.scoring.telling import is_offered_loosely, is_slanted
from trainer.scoring.words import PAUSE
from trainer.types import Flag, Label

LONG_ASK_WORDS = 25
LONG_RUN_UP_WORDS = 40

_NEUTRAL_ASKS = frozenset(
    {
        Label.OPEN_QUESTION,
        Label.SPECIFIC_QUESTION,
        Label.CLOSED_QUESTION,
        Label.NARROWED_QUESTION,
    }
)
_TELLS = frozenset({Label.ADVICE, Label.STORY, Label.INFORMATION})

_PERSON = re.compile(
    r"\b(?:do|did|would|are|were|have|what|how|why|is|was|does"
    r"|has) (?:not )?you(?:r)? (?:\w+ )?(?:think|thinking|feel"
    r"|feeling|believe|reckon|see|seeing|make|make of|figure|suppose|mind|want|care|read|weigh"
    r"|weighing|worry|worried|trust"
    r"|like|enjoy|find|noticing|notice|sure|take|wonder|wondering)\b|\b(?:for|in|on|with|to|of"
    r"|about|from) you(?:rself)?\b"
    r"|\byou (?:think|feel|believe|reckon|figure|sense|suppose|imagine|make of|read)\b"
    r"|\bgoes? through you\b|\byour (?:\w+ )?(?:gut"
    r"|view|read|take|sense|head|mind|heart|instinct|stomach|thinking|feeling|theory|hunch"
    r"|worry|fear|own|opinion|confidence|brain"
    r"|side|definition)\b|\bfeel(?:s|ing)?\b|\b(?:sit|sits|sitting|land|lands) with you\b"
    r"|\bmatters?\b|\bwhat (?:makes|made|led|brought"
    r"|drew|pulls?|puts|has) you\b|\bwhat is it like\b|\bhow sure\b|\bhow (?:confident"
    r"|comfortable|keen)\b|\btelling you\b"
)
_FORWARD = re.compile(
    r"\bwhat (?:would|could|might|will)\b|\bhow (?:would|could|might)\b|\bwhere (?:would"
    r"|could|might|will)\b|\bwhat (?:are|is) (?:your|the|you)"
    r" (?:\w+ )?(?:options?|choices?|next|goal|aim|hope|hoping|outcome|plan|move|ideal)\b"
    r"|\boutcome\b|\bnext\b|\boptions?\b|\bhop(?:e|ing)\b"
    r"|\bdo you want\b|\bgood look like\b|\bideal\w*\b|\bfrom here\b|\bif you\b|\bif it\b"
    r"|\binstead\b|\bgoing to\b|\bdifferently\b|\bpossible\b"
)
_OWNERSHIP = re.compile(
    r"\bwhat (?:will|would|are|do) you (?:going to |like to |want to |plan to |be willing to "
    r"|need to )?(?:do|commit|try|leave|take|start|say|get|have"
    r"|walk|change|need|want|promise|aim)\b|\b(?:what|which) (?:is|are|would be"
    r"|will be) (?:your|the first|the next|the one|one|the smallest)"
    r" (?:\w+ )?(?:step|move|thing|action|goal|measure)\b|\bhow (?:would|do"
    r"|are|will) you (?:going to |want to |like to |plan to )"
    r"?(?:go about|know|set|tell|measure|handle|hold|make sure|approach|put|get round|plan)\b"
    r"|\bwhen (?:will|would|could|are) you\b|\bby when\b"
    r"|\bwhat day\b|\bby (?:which|what) (?:day|time|date)\b|\bwhere (?:do|would) you (?:want"
    r"|like) (?:to|us)\b|\byour (?:next|first) (?:step|move)\b"
)
_ANAPHOR = re.compile(r" (?:that|this|it|those|these) ")
_TWO_TOPICS = re.compile(
    r" and (?:also )?(?:what|how|why|who|when|where|which|is|are|did|do|does|have|has|will"
    r"|would|can)\b|\bas well as (?:what|how|why|who|when|where)\b"
)
_ANSWERS = re.compile(
    r"^ (?:because|exactly|probably|i will tell you|simple|nothing|nobody|no one|none|never"
    r"|precisely|obviously|that is (?:what|why|because|right|who)"
    r"|the answer)\b"
)


def flags_of(reading: Reading, label: Label, *, run_up_words: int = 0) -> frozenset[Flag]:
    """Return the flags of one segment.

    Args:
        reading: The segment's words with their context.
        label: What it was labelled.
        run_up_words: Words of the turn before this segment, for an ask.
    """
    flags = _ask_flags(reading, label) if label in SCORED_ASKS else _statement_flags(reading, label)
    if label in SCORED_ASKS:
        own_run_up = sum(token != PAUSE for token in reading.run_up)
        if (
            reading.spoken.words - own_run_up > LONG_ASK_WORDS
            or run_up_words + own_run_up > LONG_RUN_UP_WORDS
        ):
            flags.add(Flag.LONG)
    return frozenset(flags)


def _ask_flags(reading: Reading, label: Label) -> set[Flag]:
    flags: set[Flag] = set()
    text, question = reading.plain, reading.question
    if label is Label.ADVICE_QUESTION and PUSH.search(text):
        flags.add(Flag.PUSH)
    if label is Label.WHY_CHALLENGE and BLAME.search(text):
        flags.add(Flag.BLAME)
    if label is Label.LEADING_QUESTION:
        fault = FAULT.search(text)
        if fault is not None and not fault.group().startswith("down to"):
            flags.add(Flag.BLAME)
    if label is Label.CLOSED_QUESTION:
        if reading.tag:
            flags.add(Flag.TAG)
        elif is_guess(reading):
            flags.add(Flag.GUESS)
    if label is Label.NARROWED_QUESTION and reading.tail and reading.table.is_theirs(reading.tail):
        flags.add(Flag.THEIRS)
    if label in _NEUTRAL_ASKS and _takes_up(reading):
        flags.add(Flag.UPTAKE)
    if label in (Label.OPEN_QUESTION, Label.SPECIFIC_QUESTION, Label.NARROWED_QUESTION):
        if _OWNERSHIP.search(question):
            flags.add(Flag.OWNERSHIP)
        if label is Label.OPEN_QUESTION and _PERSON.search(f" {' '.join(reading.tokens)} "):
            flags.add(Flag.ABOUT_PERSON)
        if label is Label.OPEN_QUESTION and _FORWARD.search(question) and " else " not in question:
            flags.add(Flag.FORWARD)
    onset = reading.main
    if onset is not None and label is not Label.NARROWED_QUESTION and _TWO_TOPICS.search(question):
        flags.add(Flag.COMPOUND)
    return flags


def is_guess(reading: Reading) -> bool:
    """Say whether a closed ask puts the manager's own cause or feeling into it (rules 4 and 21)."""
    text = reading.plain
    named = content_stems(reading.spoken.tokens)
    if not named or named & reading.table.all:
        return False
    cause = re.match(
        r" (?:is|was|were|are|has|had) (?:not )?(?:it|that|this|he|she|they|you)\b", text
    )
    feeling = FAULT.search(text) or FEELING.search(text)
    if feeling:
        return True
    return bool(
        cause
        and re.match(
            r" (?:is|was) (?:it|that|this) (?:the|a|an|because|that|about|just|maybe|his|her"
            r"|their|your|down)\b",
            text,
        )
    )


def _takes_up(reading: Reading) -> bool:
    """Say whether an ask builds on the person's own words or idea."""
    words = [*reading.run_up, *reading.question.split()]
    if reading.table.echoes(words):
        return True
    returned = reading.before is Label.REFLECTION and not reading.first
    return returned and bool(_ANAPHOR.search(reading.question))


def _statement_flags(reading: Reading, label: Label) -> set[Flag]:
    flags: set[Flag] = set()
    table = reading.table
    if label in _TELLS:
        loose = label is Label.ADVICE and is_offered_loosely(reading.plain)
        if (table.granted or loose) and not (label is Label.INFORMATION and not table.granted):
            flags.add(Flag.LICENSED)
        elif table.asked and label is Label.ADVICE:
            flags.add(Flag.ASKED)
        elif table.asked and label is Label.STORY:
            flags.add(Flag.LICENSED)
    if label in (Label.DIRECTION, Label.ADVICE) and table.is_theirs(reading.spoken.tokens):
        flags.add(Flag.THEIRS)
    if label is Label.REFLECTION and is_slanted(reading):
        flags.add(Flag.SLANT)
    if label is Label.INFORMATION and _is_diagnosis(reading):
        flags.add(Flag.SLANT)
    if label is Label.AFFIRMATION and re.search(
        r"\b(?:now you are|coachable|like one of us|talking sense|come round|agree"
        r"|getting there|that's the spirit|good (?:boy|girl|lad)|respect it)\b",
        reading.plain,
    ):
        flags.add(Flag.SLANT)
    if label is Label.FRAMING and table.spoken_before and TAKEOVER.search(reading.spoken.plain):
        flags.add(Flag.TAKEOVER)
    return flags


def _is_diagnosis(reading: Reading) -> bool:
    """Say whether a flat statement gives the manager's cause of the case (rule 18)."""
    return bool(
        re.match(
            r" (?:it|that|this) is (?:the|a|your|their|his|her|all|just|about|because)\b",
            reading.plain,
        )
        and reading.spoken.words <= 10
        and not re.search(r"\d|\bper ?cent\b", reading.plain)
        and (JUDGEMENT.search(reading.plain) or reading.spoken.words <= 6)
    )


def answers_itself(reading: Reading) -> bool:
    """Say whether a statement right after an ask answers it (rule 13)."""
    return bool(_ANSWERS.match(reading.spoken.plain)) and not reading.asks
