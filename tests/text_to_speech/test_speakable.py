"""What is written and what is said: a table to read as the rules."""

from __future__ import annotations

import pytest

from trainer.errors import UsageError
from trainer.text_to_speech.speakable import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        # left alone: espeak-ng reads these well
        ("Q3 was up 10%, says the CFO.", "Q3 was up 10%, says the CFO."),
        ("It's the 1st of May 2024.", "It's the 1st of May 2024."),
        ("follow-up, B2B, CRM, KPIs", "follow-up, B2B, CRM, KPIs"),
        # money
        ("€40", "40 euros"),
        ("$1 and £1", "1 dollar and 1 pound"),
        ("$40k, maybe $1.5M", "40 thousand dollars, maybe 1 point 5 million dollars"),
        (
            "€2.5bn, £1.2 million, 300€",
            "2 point 5 billion euros, 1 point 2 million pounds, 300 euros",
        ),
        ("€1,200.50, $12.05, $3.00", "1200 euros 50, 12 dollars 5, 3 dollars"),
        ("a $40k quota", "a 40 thousand dollar quota"),
        # numbers
        ("1,250,000 calls", "1250000 calls"),
        ("3.5 hours, 2.5x", "3 point 5 hours, 2 point 5x"),
        ("0.75", "0 point 7 5"),
        ("5K or 2M", "5 thousand or 2 million"),
        ("10–15 deals, 50-60 calls", "10 to 15 deals, 50 to 60 calls"),
        ("#1 in the region", "number 1 in the region"),
        ("a 50/50 chance, 24/7", "a 50 50 chance, 24 7"),
        ("-5 degrees, −5 degrees", "-5 degrees, -5 degrees"),
        # times
        ("at 3:30 pm", "at 3 30 pm"),
        ("2:30pm", "2 30pm"),
        ("at 10:00, not 9:05", "at 10 o'clock, not 9 oh 5"),
        ("10:00 am", "10 am"),
        ("9 a.m. or so", "9 am or so"),
        ("till 4 p.m.", "till 4 pm."),
        ("our 1:1", "our one to one"),
        # short forms
        ("the CFO & I, P&L", "the CFO and I, P and L"),
        ("and/or Q1/Q2", "and or Q1 Q2"),
        ("e.g. Acme vs. us, i.e. them", "for example Acme versus us, that is them"),
        ("Mr. Ng, Mrs. Ng, Ms. Ng, Dr. Ng", "Mister Ng, Missis Ng, Miz Ng, Doctor Ng"),
        ("ROI, OKRs, FY25, SaaS", "R O I, O K R's, F Y 25, sass"),
        ("ARR", "AR R"),
        ("Mm-hmm. Mhm. Mm. Hm.", "Uh-huh. Uh-huh. Hmm. Hmm."),
        # marks
        ("“Maybe”, it’s ‘fine’", "\"Maybe\", it's 'fine'"),
        ("*really* [[good]] _now_", "really good now"),
        ("👍 great", "great"),
        ("line one\n  line two", "line one line two"),
        ("Well… I don't know...", "Well, I don't know."),
        ("Really...?", "Really?"),
        ("...I guess", "I guess"),
        ("I'm—well—stuck. So - anyway -- yes", "I'm, well, stuck. So, anyway, yes"),
    ],
)
def test_what_would_be_misread_is_spelled_out(written: str, said: str) -> None:
    assert speakable(written) == said


def test_kokoro_keeps_its_own_pauses() -> None:
    assert speakable("Well... I'm—hm—stuck", pauses="kept") == "Well… I'm—Hmm—stuck"


def test_what_is_said_is_said_the_same_when_spelled_out_again() -> None:
    once = speakable("a $1.5M deal at 3:30, 10–15% & Mm-hmm… 1,200")
    assert speakable(once) == once


@pytest.mark.parametrize("text", ["", "  \n", "…", "?!", "👍", "—"])
def test_a_line_without_words_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="there is nothing to speak"):
        speakable(text)
