"""Topics, echoes and the manager's own question, as they may be said again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.feedback.tidy import from_why, gerund, own_question, stem_of
from trainer.feedback.topic import echoes, names, people, things


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Send her the contract again.", ["the contract"]),
        ("They don't notice the partners don't pay.", ["the partners"]),
        ("You should offer the smaller package.", ["the smaller package"]),
        ("What about the way you said it the other day?", []),
        ("my boss wants your forecast by friday", ["your forecast"]),
        ("Ask the Leeds office.", ["the Leeds office"]),
    ],
)
def test_things_are_taken_only_where_it_shows_where_they_end(text: str, found: list[str]) -> None:
    assert things(text) == found


def test_their_own_things_are_given_back_as_theirs() -> None:
    assert things("They've had my quote six weeks and my offer.", said_by_them=True) == [
        "your offer"
    ]


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("I was dreading it.", "you were dreading it"),
        ("Well, they've had my quote for six weeks.", "they've had your quote for six weeks"),
        ("I don't think she likes me.", "you don't think she likes you"),
        ("i didnt know it was two million", "you didn't know it was two million"),
        ("Okay.", None),
        ("I could do what you said.", None),
        ('He said "no" to it.', None),
        ("Should I ring them?", None),
    ],
)
def test_a_clause_of_theirs_is_turned_to_the_listener(line: str, first: str | None) -> None:
    assert next(echoes(line), None) == first


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("so whats holding you back", "What's holding you back?"),
        ("Right, tell me about the residents' lunch.", "Tell me about the residents' lunch."),
        ("Did they, and what do you make of that?", "What do you make of that?"),
        ("how, how do, like, that", None),
        ("What if you rang her?", None),
        ("What's not to love?", None),
        ("Did she like it?", None),
        ("whats she like sixteen", None),
    ],
)
def test_their_own_question_is_kept_only_when_it_is_clean(text: str, line: str | None) -> None:
    assert own_question(text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Why did you send it on a Friday?", "What led you to send it on a Friday?"),
        ("Why did you not ring her?", "What was going on for you when it came to ringing her?"),
        ("Why didn't you call?", "What was going on for you when it came to calling?"),
        ("How come you didn't get a date?", None),
        ("Why do you write so late?", "What makes you write so late?"),
        ("Why are they quiet?", None),
    ],
)
def test_a_why_becomes_what_led_to_it(text: str, line: str | None) -> None:
    assert from_why(text) == line


def test_the_stem_of_a_narrowed_question_is_kept() -> None:
    assert stem_of("What stopped you, was it the price?") == "What stopped you?"


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("call", "calling"),
        ("write", "writing"),
        ("get", "getting"),
        ("see", "seeing"),
        ("begin", "beginning"),
        ("visit", "visiting"),
        ("stop", "stopping"),
        ("meet", "meeting"),
        ("ask", "asking"),
    ],
)
def test_verbs_get_their_ing(verb: str, form: str) -> None:
    assert gerund(verb) == form


def test_people_are_heard_of_by_name_or_as_objects() -> None:
    assert names("You could ask Fergus or Ms Khan on Monday.") == ["Fergus", "Khan"]
    assert people("Ring her today and tell them.") == ["them", "her"]
    assert people("Ring her boss.") == []


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_topics_or_none(text: str) -> None:
    for found in (things(text), names(text), people(text), list(echoes(text))):
        assert all(phrase.strip() for phrase in found)
    own_question(text), stem_of(text), from_why(text)
