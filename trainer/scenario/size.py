"""How much there is in a scenario."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.scenario.lines import spoken_lines
from trainer.scenario.model import ScenarioFile


@dataclass(frozen=True, slots=True)
class Size:
    """Counts of a scenario's parts."""

    lines: int
    """Lines the salesperson can say."""
    topics: int
    deep_topics: int
    """Topics of three layers or more."""
    ideas: int
    endings: int
    tests: int

    def __str__(self) -> str:
        return (
            f"{self.lines} spoken lines, {self.topics} topics ({self.deep_topics} with 3 layers), "
            f"{self.ideas} ideas, {self.endings} endings, {self.tests} tests"
        )


def size_of(file: ScenarioFile) -> Size:
    """Count a scenario's parts."""
    return Size(
        lines=sum(1 for _ in spoken_lines(file)),
        topics=len(file.topics),
        deep_topics=sum(len(topic.layers) >= 3 for topic in file.topics),
        ideas=len(file.ideas),
        endings=len(file.endings),
        tests=len(file.tests),
    )
