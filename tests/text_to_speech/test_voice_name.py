"""Voice names: what the grammar means and what it refuses."""

from __future__ import annotations

import pytest

from trainer.errors import UsageError
from trainer.text_to_speech.voice_name import Share, VoiceName, parse, require


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("joe", VoiceName((Share("joe", 1.0),))),
        ("gmw/en-us", VoiceName((Share("gmw/en-us", 1.0),))),
        ("joe@0.95", VoiceName((Share("joe", 1.0),), speed=0.95)),
        ("joe~+2", VoiceName((Share("joe", 1.0),), semitones=2.0)),
        ("joe~2", VoiceName((Share("joe", 1.0),), semitones=2.0)),
        ("joe~-1.5@1.1", VoiceName((Share("joe", 1.0),), semitones=-1.5, speed=1.1)),
        ("a+b", VoiceName((Share("a", 0.5), Share("b", 0.5)))),
        ("a:0.7+b:0.3", VoiceName((Share("a", 0.7), Share("b", 0.3)))),
        ("a:3+b:1", VoiceName((Share("a", 0.75), Share("b", 0.25)))),
        (" a + b ", VoiceName((Share("a", 0.5), Share("b", 0.5)))),
        ("a+b+c:1", None),
        ("a:1+b:1~-2@0.9", VoiceName((Share("a", 0.5), Share("b", 0.5)), -2.0, 0.9)),
    ],
)
def test_a_name_is_taken_apart(name: str, expected: VoiceName | None) -> None:
    if expected is None:
        with pytest.raises(UsageError, match="every voice of a blend a weight, or none"):
            parse(name)
    else:
        assert parse(name) == expected


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("", "is not of the form"),
        ("@1.1", "is not of the form"),
        ("a+", "is not of the form"),
        ("a++b", "is not of the form"),
        ("a:x", "is not of the form"),
        ("a@fast", "is not of the form"),
        ("a@1.1~2", "is not of the form"),
        ("a~", "is not of the form"),
        ("a@nan", "is not of the form"),
        ("a~+9", "keep between ~-5 and ~\\+5 semitones"),
        ("a@3", "keep between @0.7 and @1.4"),
        ("a@0", "keep between @0.7 and @1.4"),
        ("a+a", "names the same voice twice"),
        ("a:0+b:1", "a weight of 0 adds nothing"),
    ],
)
def test_a_wrong_name_is_refused_with_what_is_expected(name: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        parse(name)


def test_an_octave_of_shift_is_a_doubling_and_the_engine_slows_down_for_it() -> None:
    name = VoiceName((Share("a", 1.0),), semitones=12.0, speed=0.8)
    assert name.pitch_ratio == 2.0
    assert name.engine_speed == 0.4


def test_an_unknown_voice_is_answered_with_the_nearest_and_the_list() -> None:
    with pytest.raises(UsageError) as caught:
        require("jf_alfa", ("jf_alpha", "jm_kumo"), "kokoro")
    assert str(caught.value) == (
        "kokoro has no voice 'jf_alfa', did you mean jf_alpha? there are jf_alpha, jm_kumo"
    )


def test_a_long_list_of_voices_is_cut() -> None:
    with pytest.raises(UsageError, match=r"; there are v0, .*v11 and 88 more$"):
        require("xyz", tuple(f"v{n}" for n in range(100)), "pyttsx3")
