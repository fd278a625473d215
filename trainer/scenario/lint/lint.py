"""Every lint in one pass; each finding says what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trainer.errors import UsageError
from trainer.protocols import Classifier, Encoder
from trainer.scenario.finding import Finding, Remark, Severity, field_name
from trainer.scenario.lint.asks import steering_asks
from trainer.scenario.lint.names import missing_terms
from trainer.scenario.lint.reach import unreachable
from trainer.scenario.lint.speech import alike_lines, long_lines
from trainer.scenario.load import Listed
from trainer.scenario.model import FALLBACKS, SELDOM, ScenarioFile


@dataclass(frozen=True, slots=True)
class Linter:
    """What the lints are done with; every part but the voices may be left out for speed."""

    require_voice: Callable[[str, str], None]
    """Takes engine and voice; raises UsageError when the engine has no such voice."""
    classifier: Classifier | None = None
    encoder: Encoder | None = None

    def findings(self, listed: Listed) -> list[Finding]:
        """Return what is wrong with a scenario that loads, errors first, then by place."""
        if listed.scenario is None or listed.tree is None:
            return []
        found = [
            Finding(
                listed.tree.place_of(each.where),
                field_name(each.where),
                each.message,
                each.severity,
            )
            for each in self._remarks(listed.scenario.file)
        ]
        return sorted(found, key=lambda each: (each.severity is Severity.WARNING, each.place.line))

    def _remarks(self, file: ScenarioFile) -> Iterator[Remark]:
        yield from unreachable(file)
        yield from self._unknown_voices(file)
        yield from long_lines(file)
        yield from alike_lines(file, self.encoder)
        yield from missing_terms(file)
        yield from _bare_reactions(file)
        yield from _untested(file)
        if self.classifier is not None:
            yield from steering_asks(file, self.classifier)

    def _unknown_voices(self, file: ScenarioFile) -> Iterator[Remark]:
        for engine, voice in file.voice.items():
            try:
                self.require_voice(engine, voice)
            except UsageError as error:
                yield Remark(("voice", engine), str(error))


def _bare_reactions(file: ScenarioFile) -> Iterator[Remark]:
    bare = [
        f"{name} ({FALLBACKS[name]})"
        for name, lines in file.reactions
        if not lines and name not in SELDOM
    ]
    if bare:
        yield Remark(
            ("reactions",),
            "no lines of its own for, and said instead in brackets: "
            f"{', '.join(bare)}; write two for each",
            Severity.WARNING,
        )


def _untested(file: ScenarioFile) -> Iterator[Remark]:
    for outcome in ("good", "poor"):
        if not any(test.ending == outcome for test in file.tests):
            yield Remark(
                ("tests",) if file.tests else (),
                f"no test ends with ending: {outcome}; add one, it shows that the ending comes",
                Severity.WARNING,
            )
