"""JUnit XML, which build servers show: inputs, thresholds and scenarios as test cases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TextIO
from xml.etree import ElementTree

from trainer.evaluation.result import EvaluatedTalk, ScenarioResult
from trainer.evaluation.run import Evaluation
from trainer.evaluation.talks import Problem
from trainer.evaluation.thresholds import Checked

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Case(NamedTuple):
    name: str
    kind: str | None = None
    """``failure`` or ``error``; None when it passed."""
    message: str = ""
    detail: str = ""


def write_junit(result: Evaluation, checked: Sequence[Checked], out: TextIO) -> None:
    """Write the suites ``inputs``, ``thresholds`` and one for each scenario."""
    suites = ElementTree.Element("testsuites", name="trainer evaluate")
    _suite(suites, "inputs", _inputs(result.talks, result.problems))
    _suite(suites, "thresholds", [_threshold(each) for each in checked])
    _write(suites, result.scenarios, out)


def write_scenarios_junit(
    results: Sequence[ScenarioResult], problems: Sequence[Problem], out: TextIO
) -> None:
    """Write the suite ``files`` (what cannot be read) and one for each scenario."""
    suites = ElementTree.Element("testsuites", name="trainer scenarios test")
    _suite(suites, "files", _inputs((), problems))
    _write(suites, results, out)


def _write(suites: ElementTree.Element, scenarios: Sequence[ScenarioResult], out: TextIO) -> None:
    for scenario in dict.fromkeys(each.scenario for each in scenarios):
        cases = [
            _Case(
                each.name,
                "failure" if each.failures else None,
                each.failures[0] if each.failures else "",
                "\n".join(each.failures),
            )
            for each in scenarios
            if each.scenario == scenario
        ]
        _suite(suites, f"scenario {scenario}", cases)
    for name in ("tests", "failures", "errors"):
        total = sum(int(suite.get(name, "0")) for suite in suites)
        suites.set(name, str(total))
    ElementTree.indent(suites)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(ElementTree.tostring(suites, encoding="unicode") + "\n")


def _inputs(talks: Sequence[EvaluatedTalk], problems: Sequence[Problem]) -> list[_Case]:
    read = [_Case(f"{talk.id} ({talk.where})") for talk in talks]
    return read + [_Case(each.where, "error", each.message) for each in problems]


def _threshold(checked: Checked) -> _Case:
    sign = ">=" if checked.threshold.is_least else "<="
    name = f"{checked.threshold.name} {sign} {checked.threshold.limit:g}"
    return _Case(name, None if checked.held else "failure", checked.message)


def _suite(suites: ElementTree.Element, name: str, cases: Sequence[_Case]) -> None:
    if not cases:
        return
    counts = {kind: sum(case.kind == kind for case in cases) for kind in ("failure", "error")}
    suite = ElementTree.SubElement(
        suites,
        "testsuite",
        name=_clean(name),
        tests=str(len(cases)),
        failures=str(counts["failure"]),
        errors=str(counts["error"]),
    )
    for case in cases:
        node = ElementTree.SubElement(
            suite, "testcase", classname=_clean(name), name=_clean(case.name)
        )
        if case.kind is not None:
            what = ElementTree.SubElement(node, case.kind, message=_clean(case.message))
            what.text = _clean(case.detail) or None


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)
