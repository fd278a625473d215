"""What a statement does: the listening, telling and process labels (rubric 3)."""

from __future__ import annotations

import re

from trainer.scoring.evidence import Votes
from trainer.scoring.reading import Reading
from trainer.scoring.tell_cues import (
    ADVICE,
    AFFIRMATION,
    ASSIGNS,
    AUTONOMY,
    DIRECTION,
    FIGURE,
    FRAMING,
    I_DID,
    IMPERATIVE,
    KIND_IMPERATIVE,
    LATER_IMPERATIVE,
    NOT_STORY,
    OBLIGES,
    PAST_I,
    PRESSURE,
    PRESSURE_HINT,
    REFLECTION,
    REQUEST,
    SLANT_CUE,
    SLANT_VERDICT,
    SO_YOU,
    SOCIAL,
    STORY,
    STORY_FRAME,
    TAKEOVER,
    YOU_ACT,
)
from trainer.scoring.vocabulary import (
    ACTIONS,
    NOT_IMPERATIVE_AFTER,
    OBJECTS,
    SOCIAL_WORDS,
    TALKING,
)
from trainer.types import Label


def is_order(reading: Reading) -> bool:
    """Say whether the clause is an imperative about the work."""
    match = IMPERATIVE.match(reading.statement)
    if match is None or KIND_IMPERATIVE.search(reading.statement):
        return False
    verb = match["verb"]
    rest = reading.statement[match.end() :].split()
    if verb not in ACTIONS or (rest and rest[0] in NOT_IMPERATIVE_AFTER):
        return False
    return not rest or rest[0] in OBJECTS or rest[0] not in ("i", "you", "we", "they", "he", "she")


def is_request(reading: Reading) -> bool:
    """Say whether a yes/no form asks them for an act, which in enrollment is a plain request."""
    match = REQUEST.match(reading.plain)
    return bool(match and (match["verb"] is None or match["verb"] in ACTIONS - TALKING))


def _orders(reading: Reading) -> bool:
    return is_order(reading) and " let us " not in reading.statement


def orders_later(reading: Reading) -> bool:
    """Say whether an order comes after something else in the same sentence."""
    return any(
        match["verb"] in ACTIONS and match.group().split()[-1] in OBJECTS
        for match in LATER_IMPERATIVE.finditer(reading.statement)
    )


def is_offered_loosely(plain: str) -> bool:
    """Say whether the wording offers a suggestion as disposable."""
    return bool(
        re.search(
            r"\btake (?:this |it )?or leave\b|\bneither (?:may|might)\b|\bignore (?:this|me) if\b",
            plain,
        )
    )


def vote_statement(reading: Reading, votes: Votes) -> None:
    """Vote for what a segment that asks nothing does."""
    text = reading.statement
    words = reading.spoken.words
    _vote_process(reading, votes, text, words)
    _vote_steering(reading, votes, text)
    _vote_listening(reading, votes, text)
    _vote_telling(reading, votes, text)


def _vote_process(reading: Reading, votes: Votes, text: str, words: int) -> None:
    tokens = [token for token in reading.spoken.tokens if token != ","]
    known = sum(token in SOCIAL_WORDS for token in tokens)
    if not tokens:
        votes.add(Label.SOCIAL, 3.0)
    elif known == words and words <= 8:
        votes.add(Label.SOCIAL, 4.0)
    elif words <= 3 and not reading.table.echoes(tokens) and not is_order(reading):
        votes.add(Label.SOCIAL, 2.0)
    if SOCIAL.search(reading.spoken.plain):
        votes.add(Label.SOCIAL, 2.2 if words <= 12 else 0.8)
    if KIND_IMPERATIVE.search(text):
        votes.add(Label.SOCIAL, 2.6)
    if FRAMING.search(text):
        ordered = _orders(reading) or DIRECTION.search(text) or PRESSURE.search(text)
        votes.add(Label.FRAMING, 1.2 if ordered else 2.6 + (0.8 if reading.first else 0.0))
        if not ordered and " let us " in text and TAKEOVER.search(reading.spoken.plain):
            votes.add(Label.FRAMING, 1.4)
    if not reading.table.spoken_before and not reading.table.granted and words > 3:
        votes.add(Label.FRAMING, 1.1)


def _vote_steering(reading: Reading, votes: Votes, text: str) -> None:
    bare = YOU_ACT.search(text)
    if is_order(reading):
        _vote_order(reading, votes, text)
    elif bare and bare["verb"] in ACTIONS:
        assigns = ASSIGNS.search(text) or reading.spoken.plain.startswith((" then ", " so you "))
        votes.add(Label.DIRECTION, 2.4 if assigns else 1.2)
        votes.add(Label.ADVICE, 1.2 if assigns else 0.8)
    elif orders_later(reading):
        votes.add(Label.DIRECTION, 1.6)
    if DIRECTION.search(text) and not re.search(r"\byour own (?:way|answer|mind|choice)\b", text):
        votes.add(Label.DIRECTION, 2.4)
        if OBLIGES.match(text) and reading.table.share(text.split()) < MOSTLY_THEIRS:
            votes.add(Label.DIRECTION, 1.0)
    if reading.tag in ("okay", "all right", "cool", "understood", "deal", "yes") and (
        votes.of(Label.DIRECTION)
    ):
        votes.add(Label.DIRECTION, 1.0)
    if ADVICE.search(text):
        votes.add(Label.ADVICE, 2.6 + (2.4 if reading.table.asked else 0.0))
    hits = PRESSURE.count(text)
    if hits:
        votes.add(Label.PRESSURE, 2.8 + 0.6 * min(hits - 1, 2))
    if PRESSURE_HINT.search(text):
        votes.add(Label.PRESSURE, 1.0 if hits else 1.6)


def _vote_order(reading: Reading, votes: Votes, text: str) -> None:
    """Vote for an imperative; asked for, it is advice, and only repeating them it may be heard."""
    if reading.table.asked:
        votes.add(Label.ADVICE, 3.6)
        votes.add(Label.DIRECTION, 1.0)
        return
    assigns = ASSIGNS.search(text) is not None
    votes.add(Label.DIRECTION, 3.2 + (2.4 if assigns else 0.0))
    if not assigns and reading.spoken.words > 1 and reading.table.share(text.split()) >= 1:
        votes.add(Label.REFLECTION, 0.8)


def _vote_listening(reading: Reading, votes: Votes, text: str) -> None:
    if AUTONOMY.search(text):
        votes.add(Label.AUTONOMY, 3.0)
    if AFFIRMATION.search(text):
        votes.add(Label.AFFIRMATION, 3.0)
    steering = max(votes.of(label) for label in (Label.DIRECTION, Label.ADVICE, Label.PRESSURE))
    room = max(0.0, 1 - max(steering, votes.of(Label.AUTONOMY), votes.of(Label.SOCIAL)) / 4)
    echoes = reading.table.echoes(reading.spoken.tokens)
    opens_so = reading.spoken.plain.startswith((" so ", " okay so ", " right so "))
    about_you = re.search(r"\b(?:you|your|yourself)\b", text)
    if REFLECTION.search(text):
        votes.add(Label.REFLECTION, 2.0)
    if opens_so:
        votes.add(Label.REFLECTION, 1.4)
    if opens_so and about_you:
        votes.add(Label.REFLECTION, 0.8)
    if SO_YOU.match(reading.spoken.plain):
        votes.add(Label.REFLECTION, 1.4)
        votes.add(Label.PRESSURE, -min(1.4, votes.of(Label.PRESSURE)))
    if reading.table.spoken_before and not re.search(r"\b(?:i|me|my|we|our)\b", text):
        own = 0.7 * min(echoes, 3) + (0.9 if about_you else 0.0) + (0.6 if reading.first else 0.0)
        votes.add(Label.REFLECTION, room * (0.7 + own))


def _vote_telling(reading: Reading, votes: Votes, text: str) -> None:
    if STORY.search(text) and not NOT_STORY.search(text):
        votes.add(Label.STORY, 2.6 + (2.4 if STORY_FRAME.search(text) else 0.0))
    elif reading.before is Label.STORY and PAST_I.search(text):
        votes.add(Label.STORY, 1.2)
    elif I_DID.search(text) and not re.search(r"\byou\b", text) and reading.spoken.words >= 6:
        votes.add(Label.STORY, 2.0 + (1.2 if STORY_FRAME.search(text) else 0.0))
    votes.add(Label.INFORMATION, 1.2)
    if reading.table.granted:
        votes.add(Label.INFORMATION, 0.4)
    if FIGURE.search(text) and not re.search(r"\b(?:you|your|i|my)\b", text):
        votes.add(Label.INFORMATION, 0.8)
    if reading.before in _HARD_WORDS:
        votes.add(Label.PRESSURE, 1.6)
    if re.search(
        r"\bi (?:noticed|saw|heard|observed)\b|\bby the way\b|\bfor what it is worth\b"
        r"|\bjust so you know\b",
        text,
    ):
        votes.add(Label.INFORMATION, 1.6)
    if re.search(
        r"\b(?:we|our|their|the|there) \b.*\b(?:per ?cent|percent|days|weeks|months|pounds|quid"
        r"|\d+|each|every)\b",
        text,
    ):
        votes.add(Label.INFORMATION, 0.9)


MOSTLY_THEIRS = 0.34  # of a reflection's ideas theirs, from which a hint of verdict is no slant
_HARD_WORDS = frozenset(
    {
        Label.WHY_CHALLENGE,
        Label.LEADING_QUESTION,
        Label.RHETORICAL_QUESTION,
        Label.DIRECTION,
        Label.PRESSURE,
        Label.ADVICE_QUESTION,
    }
)
"""After one of these a plain statement more often presses the point than informs."""


def is_slanted(reading: Reading) -> bool:
    """Say whether a reflection adds a verdict or plan the person has not voiced (rule 6)."""
    if any(not reading.table.is_theirs(word.split()) for word in _verdicts(reading)):
        return True
    theirs = reading.table.share(reading.statement.split())
    return bool(SLANT_CUE.search(reading.statement)) and theirs < MOSTLY_THEIRS


def _verdicts(reading: Reading) -> list[str]:
    return [match.group() for match in SLANT_VERDICT.finditer(reading.statement)]
