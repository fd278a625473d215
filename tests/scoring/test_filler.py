"""Filler at the ends of a turn is taken off, and only filler."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.scoring.filler import without_filler


@pytest.mark.parametrize(
    ("text", "before", "core", "after"),
    [
        ("Mm, okay. What happened? Right.", "Mm, okay.", "What happened?", "Right."),
        ("Okay. Yeah. So what now?", "Okay. Yeah.", "So what now?", ""),
        ("um okay so what happened", "um okay", "so what happened", ""),
        ("Right, so what happened?", "", "Right, so what happened?", ""),
        ("You called them, right?", "", "You called them, right?", ""),
        ("You called them. Right?", "", "You called them. Right?", ""),
        ("you called them right", "", "you called them right", ""),
        ("Call them today, okay.", "", "Call them today, okay.", ""),
        ("great to hear that um", "", "great to hear that", "um"),
        ("Mm, okay. call them today Right.", "Mm, okay.", "call them today", "Right."),
        ("Mm, okay.", "", "Mm, okay.", ""),
        ("", "", "", ""),
    ],
)
def test_whole_sentences_of_filler_are_taken_off(
    text: str, before: str, core: str, after: str
) -> None:
    assert without_filler(text) == (before, core, after)


@given(st.lists(st.sampled_from("um okay. Right, right? so What they said. mm…".split())))
def test_no_word_is_lost(words: list[str]) -> None:
    parts = without_filler(" ".join(words))
    assert " ".join(parts).split() == words
    assert not words or parts.core
