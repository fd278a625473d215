"""What check finds in scenarios that load: one table of what is wrong and what is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.scenario.edit import changed
from tests.talks import SMALL
from trainer.salesperson.encoder import WordEncoder
from trainer.salesperson.taking import Taken
from trainer.scenario.finding import Severity
from trainer.scenario.lint.lint import Linter
from trainer.scenario.lint.speech import spoken_s
from trainer.scenario.load import listed_file
from trainer.scenario.model import FALLBACKS, Reactions
from trainer.scoring.rules import RulesClassifier
from trainer.text_to_speech.known_voices import require_known

ERROR, WARNING = Severity.ERROR, Severity.WARNING
ENDS = "endings:\n"
OWN_STEP = "  - id: own_step\n"


def findings(path: Path, linter: Linter | None = None) -> dict[str, list[str]]:
    """What is found, by severity; each without the path."""
    listed = listed_file(path)
    assert listed.problems == ()
    found: dict[str, list[str]] = {ERROR: [], WARNING: []}
    for each in (linter or Linter(require_known)).findings(listed):
        found[each.severity].append(str(each).removeprefix(f"{path}:"))
    return found


def ending(id_: str, when: str) -> str:
    return f"  - id: {id_}\n    outcome: good\n    when: {{{when}}}\n    lines: [Right then.]\n"


@pytest.mark.parametrize(
    ("old", "new", "severity", "expected"),
    [
        (
            "needs: {openness: 60, revealed: [stopped_ringing]}\n        reveals: the_mail",
            "needs: {revealed: [the_mail]}\n        reveals: the_mail",
            ERROR,
            "36:9: topics.1.layers.3.needs: layer 3 of 'month' and all below it can never be "
            "reached: 'the_mail' comes out only behind it",
        ),
        (
            "        reveals: stopped_ringing\n",
            "        reveals: stopped_ringing\n        needs: {revealed: [the_mail]}\n",
            ERROR,
            "layer 2 of 'month' and all below it can never be reached: 'the_mail'",
        ),
        (
            "kokoro: jf_alpha",
            "kokoro: jf_alfa",
            ERROR,
            "voice.kokoro: kokoro has no voice 'jf_alfa', did you mean jf_alpha?",
        ),
        ("piper: joe", "piper: joe~+9", ERROR, "voice.piper: voice 'joe~+9': ~+9 is too far"),
        ("pyttsx3: female", "pyttsx3: Samantha!", ERROR, "pyttsx3 has no voice 'Samantha!'"),
        ("pyttsx3: female", "pyttsx3: en-gb+f9", ERROR, "has no voice 'f9'"),
        (
            ENDS,
            ENDS + ending("late", "turns: 30"),
            ERROR,
            "'late' can never come: turns: 30 is more than the 12 turns the talk can last",
        ),
        (
            ENDS,
            ENDS + ending("both", "openness: 60, openness_below: 50"),
            ERROR,
            "openness cannot be both that high and that low",
        ),
        (
            ENDS,
            ENDS + ending("odd", "committed: true, chosen: false"),
            ERROR,
            "who commits to a step has chosen it",
        ),
        (
            "    lines: [Good. That helped.]\n",
            "    lines: [Good. That helped.]\n"
            + ending("deep", "committed: true, revealed: [the_mail]"),
            ERROR,
            "ending 'deep' can never come: 'own_step' stands above it and asks for less",
        ),
        (
            "when: {turns: 12}",
            "when: {turns: 90}",
            WARNING,
            "endings: a talk that goes nowhere lasts 90 turns; let it end by turn 40",
        ),
        (
            "lines: [I have to run.]",
            f"lines: [{'I have to run to the other building now. ' * 5}]",
            WARNING,
            "s to say, expected at most 12; cut it to about ",
        ),
        (
            "steered: [I suppose., ",
            "steered: [The team is busy with the fair., ",
            WARNING,
            "reactions.steered.1: says nearly the same as topics.2.layers.1.lines.1",
        ),
        (
            "The team is busy with the fair.",
            "The team is busy with Hannover.",
            WARNING,
            "topics.2.layers.1.lines.1: 'Hannover' is not in terms, so it may be misheard",
        ),
        (
            "- Who in the team do you talk to?",
            "- Don't you think you should ask Kristof for help?",
            WARNING,
            "topics.2.asks.3: the scorer calls this advice_question, which steers",
        ),
        (
            "  - id: team",
            "  - id: teams",
            WARNING,
            "reactions: no lines of its own for, and said instead in brackets: pressed (told)",
        ),
        ("format: 1", "format: 1", WARNING, "1:1: file: no test ends with ending: good; add one"),
    ],
)
def test_what_is_wrong_is_found_with_its_place(
    tmp_path: Path, old: str, new: str, severity: Severity, expected: str
) -> None:
    linter = Linter(require_known, RulesClassifier(), WordEncoder())
    found = findings(changed(tmp_path, (old, new)), linter)[severity]
    assert [each for each in found if expected in each], found


def test_a_good_scenario_has_no_error() -> None:
    assert findings(SMALL)[ERROR] == []


def test_endings_that_differ_in_what_they_ask_for_may_both_come(tmp_path: Path) -> None:
    path = changed(
        tmp_path,
        (ENDS, ENDS + ending("deep", "committed: true, revealed: [the_mail]")),
        ("    lines: [I have to run.]\n", "    lines: [I have to run.]\n"),
    )
    assert findings(path)[ERROR] == []


def test_lines_of_one_meaning_are_found_only_with_the_encoder(tmp_path: Path) -> None:
    class OneMeaning(WordEncoder):
        def encode(self, texts: object) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
            assert isinstance(texts, list)
            return np.ones((len(texts), 1), np.float32)

    near = ("The month had two good weeks", "The month was slow, and then slow again")
    path = changed(tmp_path, near)
    alike = "says nearly the same"
    assert not [each for each in findings(path)[WARNING] if alike in each]
    found = findings(path, Linter(require_known, encoder=OneMeaning()))[WARNING]
    assert [each for each in found if alike in each]


def test_a_request_is_no_steering_in_an_enrollment_talk(tmp_path: Path) -> None:
    ask = ("- Who in the team do you talk to?", "- Take Norvik along today.")
    for kind, steers in (("coaching", True), ("enrollment", False)):
        path = changed(tmp_path, ask, ("kind: coaching", f"kind: {kind}"))
        found = findings(path, Linter(require_known, RulesClassifier()))[WARNING]
        assert bool([each for each in found if "topics.2.asks.3" in each]) is steers


def test_longer_lines_and_slower_voices_take_longer() -> None:
    line = "I could ring them and simply ask what went wrong."
    assert 2 < spoken_s(line, {"piper": "joe"}) < 4
    assert spoken_s(line, {"piper": "joe"}) < spoken_s(line, {"piper": "joe", "kokoro": "jf_alpha"})
    assert spoken_s(line, {"piper": "joe@0.8"}) == pytest.approx(
        spoken_s(line, {"piper": "joe"}) / 0.8
    )


def test_every_reaction_that_may_be_left_out_has_one_that_stands_in() -> None:
    optional = {name for name, field in Reactions.model_fields.items() if not field.is_required()}
    assert set(FALLBACKS) == optional
    assert {Reactions.model_fields[name].is_required() for name in FALLBACKS.values()} == {True}
    takings = {taken.value for taken in Taken}
    assert {*FALLBACKS, *FALLBACKS.values()} <= takings
    assert set(Reactions.model_fields) == takings
