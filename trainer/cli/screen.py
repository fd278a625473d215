"""What a manager reads during a talk, on a terminal or in a file."""

from __future__ import annotations

import math

from rich.console import Console
from rich.text import Text

from trainer.audio.listen import Heard as Level
from trainer.feedback.render import change_line, feedback_lines, score_line
from trainer.live.desk import Activity
from trainer.types import Kind, Reply, Transcript, TurnRecord

_BARS = " ▁▂▃▄▅▆▇█"
_QUIET_DBFS = -60.0  # shown as no bar
_FRAMES_PER_BAR = 3  # about ten updates a second


class TerminalScreen:
    """Prints a talk; the line that says what is happening is only drawn on a terminal."""

    def __init__(self, name: str, kind: Kind, console: Console | None = None) -> None:
        """Show a talk with a person of that name."""
        self._console = console or Console(highlight=False, soft_wrap=False)
        self._name = name
        self._kind = kind
        self._frames = 0
        self._status = False

    def doing(self, activity: Activity) -> None:
        """Show what is happening."""
        self._draw(f"[{activity}]")

    def level(self, heard: Level) -> None:
        """Show the level of what the microphone hears."""
        self._frames += 1
        if self._frames % _FRAMES_PER_BAR == 0:
            share = (heard.level_dbfs - _QUIET_DBFS) / -_QUIET_DBFS
            bar = _BARS[min(len(_BARS) - 1, max(0, math.ceil(share * (len(_BARS) - 1))))]
            self._draw(f"[{Activity.LISTENING}] {bar * 3} Enter ends your turn")

    def salesperson(self, reply: Reply) -> None:
        """Show what the salesperson says."""
        self._print(Text.assemble((f"{self._name}: ", "bold cyan"), reply.text))

    def manager(self, heard: Transcript) -> None:
        """Show what was heard."""
        if heard.engine != "typed":
            self._print(Text.assemble(("You: ", "bold"), heard.text))

    def scored(self, record: TurnRecord, before: TurnRecord | None) -> None:
        """Show scores and feedback, and what another attempt changed; nothing yet if kept back."""
        if before is None and record.feedback is not None and record.feedback.kept_back:
            self._console.print()
            return
        self._print(Text(score_line(record.score, self._kind), style="bold"), indent=5)
        if before is not None:
            self._print(Text(change_line(before.score, record.score, self._kind)), indent=5)
        if record.feedback_now is not None:
            for line in feedback_lines(record.feedback_now):
                self._print(Text(line), indent=5)
        self._console.print()

    def goes_on(self) -> None:
        """Show that the turn just answered goes on, and its answer does not count."""
        self.tell("You went on: both parts are taken as one turn.")

    def interrupted(self) -> None:
        """Show that the salesperson was interrupted."""
        self.tell(f"{self._name} stops; what was not said counts as unsaid.")

    def tell(self, line: str) -> None:
        """Show one line from the program itself."""
        self._print(Text(line, style="dim"))

    def _print(self, text: Text, indent: int = 0) -> None:
        self._clear()
        for line in text.wrap(self._console, self._console.width - indent):
            line.rstrip()
            self._console.print(Text(" " * indent) + line)

    def _draw(self, line: str) -> None:
        if self._console.is_terminal:
            self._console.file.write(f"\r\x1b[2K{line}")
            self._console.file.flush()
            self._status = True

    def _clear(self) -> None:
        if self._status:
            self._console.file.write("\r\x1b[2K")
            self._status = False
