"""Names said in a scenario that the recogniser is not told to expect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trainer.scenario.finding import Remark, Severity, Where
from trainer.scenario.lines import example_asks, spoken_lines
from trainer.scenario.model import ScenarioFile

# Words written with a capital that every recogniser spells by itself.
_KNOWN = frozenset(
    """i i'm i'll i've i'd monday tuesday wednesday thursday friday saturday sunday mondays
    tuesdays wednesdays thursdays fridays saturdays sundays january february march april may june
    july august september october november december christmas easter new year mister miss madam
    mrs mr ms dr doctor sir god ok english german french italian spanish american british
    europe european""".split()
)
_NAME = re.compile(r"(?<![.!?…:\"'“‘] )(?<!^)(?<![\w'’-])([A-Z][\w&-]*(?:['’]s)?)")
_PART = re.compile(r"[\w&'’-]+")


def missing_terms(file: ScenarioFile) -> Iterator[Remark]:
    """Yield names used inside sentences that stand in none of the `terms`, each once."""
    known = {_plain(part) for term in file.terms for part in _PART.findall(term)}
    for where, name in _names(file):
        plain = _plain(name)
        if plain not in known and plain not in _KNOWN:
            known.add(plain)
            yield Remark(
                where,
                f"'{name}' is not in terms, so it may be misheard; add it there",
                Severity.WARNING,
            )


def names_in(text: str) -> list[str]:
    """Return the names used inside the sentences of a text that recognisers may not know."""
    found = [re.sub(r"['’]s$", "", each[1]) for each in _NAME.finditer(text)]
    return [name for name in found if _plain(name) not in _KNOWN]


def _names(file: ScenarioFile) -> Iterator[tuple[Where, str]]:
    yield from ((("person", "name"), part) for part in file.person.name.split())
    for line in (*spoken_lines(file), *example_asks(file)):
        for found in _NAME.finditer(line.text):
            yield line.where, found[1]


def _plain(name: str) -> str:
    return re.sub(r"['’]s?$", "", name).lower()
