"""Lines that might be said instead of a poor turn, nearest to the manager's own words first.

First their own question, trimmed; then the same sentence turned round; then an open question on
the thing or person it was about; then the scenario's own lines; then one on the salesperson's last
words; last, one that fits wherever it stands. None of them has been scored yet.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence

from trainer.feedback.choose import Point, Tip
from trainer.feedback.tidy import from_why, own_question, stem_of
from trainer.feedback.topic import echoes, names, on_table, people, things
from trainer.labels import SCORED_ASKS, is_ask
from trainer.same_idea import bare_idea
from trainer.scoring.own_words import content_stems
from trainer.scoring.words import spoken
from trainer.types import Flag, Kind, Label, LabelledSegment, ManagerTurn, TurnScore

_SOLUTIONS = frozenset({Tip.DIRECTION, Tip.ADVICE, Tip.ADVICE_QUESTION, Tip.STORY})
_VERDICTS = frozenset({Tip.LEADING, Tip.RHETORICAL, Tip.SLANT, Tip.PRESSURE})

_ASKED_ABOUT = frozenset({Tip.CLOSED, Tip.NARROWED, Tip.STACKING, Tip.LEADING})
"""What only the manager has named is the topic here; elsewhere it is a solution or a figure."""

_ON_STEP = (
    "What would you like to do about {x}?",
    "What options do you see with {x}?",
    "What would you like to happen with {x}?",
)
_ON_VIEW = (
    "How do you see {x} yourself?",
    "What's your own read of {x}?",
    "What matters most to you about {x}?",
)
_ON_FACT = (
    "Tell me more about {x}.",
    "What can you tell me about {x}?",
    "How do you see {x}?",
)
_ON_PERSON_STEP = (
    "What would you like to do next with {x}?",
    "How would you like to go about it with {x}?",
    "What have you tried with {x} so far?",
)
_ON_PERSON = (
    "How do things stand with {x}?",
    "Tell me more about how things are with {x}.",
    "How do you see things with {x}?",
)
_AFTER_ECHO_STEP = (
    "What would you like to do about that?",
    "What options do you see?",
    "Where would you like to go from there?",
)
_AFTER_ECHO = (
    "What do you make of that?",
    "Tell me more about that.",
    "How do you see that yourself?",
)
_AFTER_WISH = (
    "How would you like to go about it?",
    "What would that give you?",
    "What makes that important to you?",
)
_ANYWHERE_STEP = (
    "What options do you see?",
    "What would you like to do next?",
    "What have you thought of so far?",
)
_ANYWHERE_VIEW = (
    "How do you see it?",
    "What's your own read of it?",
    "What's your view, from where you stand?",
)
_ANYWHERE_FACT = (
    "Tell me more about that.",
    "How do you see that?",
    "What else can you tell me about it?",
)
_ANYWHERE: Mapping[Tip, tuple[str, ...]] = {
    Tip.WHY: (
        "What was going on for you at that moment?",
        "What was important to you there?",
        "What's behind that, from your side?",
    ),
    Tip.STACKING: ("Of all that, what matters most to you?",),
    Tip.PRESSURE: ("How do you see where this stands?", "What would help you with this?"),
    Tip.TAKEOVER: (
        "There's something I need from you too. Could we come to it when we're done with yours?",
        "I have a topic of my own as well. Would it be all right to take it after yours?",
    ),
    Tip.STORY: ("What has worked for you before?", "What have you tried so far?"),
}
_OPENING = (
    "Where would you like to start?",
    "What would you like to get out of today?",
    "What's most important to you today?",
)
_MENTORING_FIRST = (
    "Before I say anything: what have you tried so far?",
    "Before I share what I'd do: how do you see it yourself?",
)
_OPEN_REQUESTS = (
    "There's something I'd like from you here. How would that sit with you?",
    "I'll say openly what I'm after, and then I'd like to hear you: what would it mean for you?",
)


def proposals(
    turn: ManagerTurn,
    score: TurnScore,
    point: Point,
    better_lines: Sequence[str] = (),
    nth: int = 0,
) -> Iterator[str]:
    """Yield lines to say instead, best guess first.

    Args:
        turn: What was said, with its context.
        score: Its score.
        point: What the feedback is about.
        better_lines: The scenario's own lines for the topic under way.
        nth: How many points were made in this talk before; turns the wording round.
    """
    draw = nth + zlib.crc32(turn.text.encode())
    if turn.kind is Kind.ENROLLMENT and point.tip in _SOLUTIONS | {Tip.PRESSURE, Tip.LEADING}:
        yield from _open_request(point, draw)
    if turn.kind is Kind.MENTORING and point.tip in _SOLUTIONS:
        yield from _turned(_MENTORING_FIRST, draw)
    if point.tip is not Tip.TAKEOVER:
        yield from _own_asks(score, point)
        yield from _turned_round(point)
        yield from _on_topic(turn, point, draw, shared=True)
        yield from (line for line in better_lines if _fits(line, turn))
        if point.tip in _VERDICTS:
            yield from _on_their_words(turn, point, draw)
        yield from _on_topic(turn, point, draw, shared=False)
        yield from _on_their_words(turn, point, draw)
    yield from _turned(_ANYWHERE.get(point.tip, ()), draw)
    if not turn.said_before and point.tip not in {Tip.TAKEOVER, Tip.WHY}:
        yield from _turned(_OPENING, draw)
    if point.tip is not Tip.TAKEOVER:
        yield from _turned(_by_tip(point.tip, _ANYWHERE_STEP, _ANYWHERE_VIEW, _ANYWHERE_FACT), draw)
        yield from better_lines


def _fits(line: str, turn: ManagerTurn) -> bool:
    """Say whether a line of the scenario's is about what the manager is talking about."""
    talked = content_stems(spoken(turn.text).tokens)
    return bool(content_stems(spoken(line).tokens) & talked)


def _turned(lines: Sequence[str], draw: int) -> Iterator[str]:
    for at in range(len(lines)):
        yield lines[(at + draw) % len(lines)]


def _by_tip(
    tip: Tip, step: tuple[str, ...], view: tuple[str, ...], fact: tuple[str, ...]
) -> tuple[str, ...]:
    if tip in _SOLUTIONS:
        return step
    return view if tip in _VERDICTS else fact


def _own_asks(score: TurnScore, point: Point) -> Iterator[str]:
    """Keep one of the manager's own questions: an open one, or the stem of a narrowed one."""
    opens = [s for s in score.segments if s.label is Label.OPEN_QUESTION]
    for segment in sorted(opens, key=_builds_on_them, reverse=True):
        line = own_question(segment.segment.text)
        if line is not None:
            yield line
    if point.tip in {Tip.NARROWED, Tip.STACKING}:
        for segment in (s for s in score.segments if is_ask(s)):
            line = stem_of(segment.segment.text)
            if line is not None:
                yield line


def _builds_on_them(segment: LabelledSegment) -> int:
    return len(segment.flags & {Flag.UPTAKE, Flag.OWNERSHIP, Flag.ABOUT_PERSON})


def _turned_round(point: Point) -> Iterator[str]:
    text = point.segment.segment.text
    if point.segment.label is Label.WHY_CHALLENGE or point.tip is Tip.WHY:
        line = from_why(text)
        if line is not None:
            yield line
    if point.tip is Tip.LEADING:
        was = re.match(
            r"(?:so |well |and |but )*(?:that|this|the|your) ([a-z]+) was(?: a bit| really| so)? "
            r"[a-z]+,",
            text,
            re.I,
        )
        if was is not None:
            yield f"How was that {was[1].lower()} for you?"


def _on_topic(turn: ManagerTurn, point: Point, draw: int, *, shared: bool) -> Iterator[str]:
    """Ask openly about what the manager's sentence was about.

    In a solution only what the salesperson has named is a topic: the rest is the solution itself.

    Args:
        turn: What was said, with its context.
        point: What the feedback is about.
        draw: Turns the wording round.
        shared: Whether to take what the salesperson has named, or what only the manager has.
    """
    said = (*turn.earlier, *turn.said_before)
    own = point.segment.segment.text
    texts = (own,) if point.segment.label in SCORED_ASKS else (own, turn.text)
    found = dict.fromkeys(phrase for text in texts for phrase in things(text))
    on_thing = _by_tip(point.tip, _ON_STEP, _ON_VIEW, _ON_FACT)
    on_person = _ON_PERSON_STEP if point.tip in _SOLUTIONS else _ON_PERSON
    if shared:
        for phrase in (each for each in found if on_table(each, said)):
            yield from _filled(on_thing, phrase, draw)
        known = [name for name in names(turn.text) if on_table(name, said)]
        for person in (known or people(own))[:1]:
            yield from _filled(on_person, person, draw)
    elif point.tip in _ASKED_ABOUT:
        for phrase in (each for each in found if not on_table(each, said)):
            yield from _filled(on_thing, phrase, draw)


def _filled(patterns: Sequence[str], words: str, draw: int) -> Iterator[str]:
    for pattern in _turned(patterns, draw):
        yield pattern.format(x=words)


def _on_their_words(turn: ManagerTurn, point: Point, draw: int) -> Iterator[str]:
    if not turn.said_before:
        return
    last = turn.said_before[-1]
    after = _AFTER_ECHO_STEP if point.tip in _SOLUTIONS else _AFTER_ECHO
    for clause in list(echoes(last))[:2]:
        wish = re.match(r"you(?:'d|'ll| want| will| could| can) ", clause)
        for ask in _turned(_AFTER_WISH if wish else after, draw):
            yield f"You said {clause}. {ask}"
    on_thing = _by_tip(point.tip, _ON_STEP, _ON_VIEW, _ON_FACT)
    for phrase in things(last, said_by_them=True)[:2]:
        yield from _filled(on_thing, phrase, draw)


def _open_request(point: Point, draw: int) -> Iterator[str]:
    """Say the manager's own wish as one, and ask (rubric 7): in this kind that is what is open."""
    text = point.segment.segment.text.strip().rstrip(".?!")
    bare = bare_idea(text)
    words = bare.split()
    took_off = bare.lower() != text.lower()
    if (
        took_off
        and 2 <= len(words) <= 12
        and re.fullmatch(r"[a-z][a-z' -]+", bare[:1].lower() + bare[1:])
    ):
        if not re.search(r"(?:ing|ed|s)$", words[0]) and "you" != words[0]:
            yield f"I'd like you to {bare}. How does that sit with you?"
    yield from _turned(_OPEN_REQUESTS, draw)
