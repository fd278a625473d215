from __future__ import annotations

import pytest

from trainer.audio.words_so_far import SoFar, is_only_listening, only_adds_listening, so_far

ASKED = """
What do you want to know?
what would you like to learn
What is that?
What would you like to leave with today?
what makes those calls so hard to start
How are you?
What do you want?
what would you like
So what does good look like
Who did you talk to
What are you waiting for
what else
Why?
And how?
Tell me more about that
walk me through it
Can you tell me what happened?
could you say what you tried
When you look back at March, what stands out?
what do you make of that
You said the price came up. What happened then?
Where does that come from
What's going on
what are you thinking of
Did they?
You called them, did you?
Who would you be if that were solved?
How do you feel?
if you had more time what would you do
What would that be?
What did you do
What do you think?
how is it going
Okay, so what's your next step?
What would you like to work on?
When will you call them?
How much of that is in your hands?
what's that about
I was wondering if you could tell me what happened on Monday.
I would like to understand what goes through your mind before you dial
""".strip().splitlines()

SAID = """
Okay.
Yes.
right
I see.
Got it.
Thank you.
It sounds as if the calls cost you a lot.
So you felt cornered on the discount.
I think so.
I hear you.
I'd like you to call them today.
That makes sense
you worked hard on this
I'm not sure I follow you
I don't know what it is
We could start with the list
When I was a rep, I just kept dialling.
Let's talk about the forecast.
""".strip().splitlines()

UNFINISHED = """
I would like to understand.
I'd love to hear
so I'm trying to understand
What I am hearing is that.
what I'm hearing is
What we've seen so far is that
So, um, what
So, what?
so um what would you
What would you like to
What would you like to?
What is the
I was wondering if
I think
I think that
You said that
because
And
Well,
So
What makes
what do you think about
When you think about the calls
If you had more time
if you look at last week
It sounds like
I'd like to
I hear that you
How would that
and then you could
Tell me about
and, uh
What I'm hearing is
What kind of
Can you
how did
I'm curious
The thing is
You mentioned the price and
so what's
I want
I would like you to...
What stops you from—
let's
what are the reasons for
my
""".strip().splitlines()

NOTHING = ["", "Mm-hmm.", "Mhm.", "Uh-huh", "Um...", "Hmm.", "..."]


@pytest.mark.parametrize("text", ASKED)
def test_a_whole_question_is_asked(text: str) -> None:
    assert so_far(text) is SoFar.ASKED


@pytest.mark.parametrize("text", SAID)
def test_a_whole_sentence_that_asks_nothing_is_said(text: str) -> None:
    assert so_far(text) is SoFar.SAID


@pytest.mark.parametrize("text", UNFINISHED)
def test_words_that_need_more_after_them_are_unfinished(text: str) -> None:
    assert so_far(text) is SoFar.UNFINISHED


@pytest.mark.parametrize("text", NOTHING)
def test_sounds_are_not_a_turn(text: str) -> None:
    assert so_far(text) is SoFar.NOTHING


@pytest.mark.parametrize("text", [*ASKED, *UNFINISHED])
def test_case_and_closing_signs_do_not_decide(text: str) -> None:
    plain = text.lower().rstrip(".?,—")
    assert (so_far(plain) is SoFar.UNFINISHED) == (so_far(text) is SoFar.UNFINISHED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mm-hmm.", True),
        ("Okay.", True),
        ("Yeah, right.", True),
        ("I see.", True),
        ("", True),
        ("Okay, but what about the price?", False),
        ("Hang on.", False),
        ("Why?", False),
        ("No, no, no, no.", False),
    ],
)
def test_words_over_someones_voice_that_only_show_listening(text: str, expected: bool) -> None:
    assert is_only_listening(text) is expected


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("How was it?", "How was it?", True),
        ("How was it?", "How was it? Mm-hmm.", True),
        ("How was it?", "How was it for you?", False),
        ("How was it?", "How was the month? And the week?", False),
        ("How was it?", "Was it?", True),
        ("", "Okay.", True),
        ("", "Hang on a second.", False),
    ],
)
def test_what_was_added_to_an_answered_turn(before: str, now: str, expected: bool) -> None:
    assert only_adds_listening(before, now) is expected
