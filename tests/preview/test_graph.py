"""The picture of a scenario: a golden text of the small one, and what no talk can come to."""

from __future__ import annotations

from pathlib import Path

from tests.scenario.edit import changed
from tests.talks import small_scenario
from trainer.preview.graph import graph_lines
from trainer.scenario.load import load

SMALL_DRAWN = """\
Ana Sample: opening ●
│
├─ month (reality; 3 example asks)
│   1 ●●                   at once
│   2 ●                    openness 45  → stopped_ringing
│   3 ●                    openness 60, after stopped_ringing (month 2)  → the_mail
├─ team (reality; 3 example asks)
│   1 ●                    at once
├─ goal (goal; 3 example asks)
│   1 ●                    at once
│
├─ steps of their own: voiced, chosen, committed to
│   call_back ● ● ●        openness 50
│
└─ endings: the first whose conditions hold
    own_step ●             good: committed
    flat ●                 poor: pushed 3 times
    time ●                 unfinished: after 12 turns"""


def test_the_small_scenario_is_drawn() -> None:
    assert "\n".join(graph_lines(small_scenario().file)) == SMALL_DRAWN


def test_what_no_talk_can_come_to_is_crossed_out(tmp_path: Path) -> None:
    path = changed(
        tmp_path,
        ("needs: {openness: 60, revealed: [stopped_ringing]}", "needs: {revealed: [the_mail]}"),
        ("    when: {pushed: 3}", "    when: {pushed: 30}"),
    )
    lines = list(graph_lines(load(path).file))
    assert [line for line in lines if "✗" in line] == [
        "│   ✗ 3 ●                    after the_mail (month 3)  → the_mail",
        "    ✗ flat ●                 poor: pushed 30 times",
    ]
