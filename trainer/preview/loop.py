"""The loop of a preview: what is typed is said or obeyed, and a saved file is taken up at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from rich.console import Console
from rich.table import Table
from rich.text import Text

from trainer.errors import TrainerError, UsageError
from trainer.feedback.render import score_line
from trainer.preview.saved import Saves
from trainer.preview.shown import labels_of, mind_lines, what_may_be_said
from trainer.preview.start import change_of
from trainer.preview.talk import PreviewTalk
from trainer.scenario.lines import lines_by_id
from trainer.scenario.load import listed_file
from trainer.types import Mind, Reply

HELP = """\
Type what a manager would say; an empty line is a turn that was not heard. Or:
  /back             take the last turn back
  /restart          begin anew
  /set openness 70  (trust, ownership) and see what opens
  /set revealed X   as if X had come out already
  /lines            what may be said now, and what keeps the rest shut
  /say [LINE]       hear the last line, or one by its id (topics.calls.1.1)
  /reload           read the file again; saving it does so by itself
  /quit"""
_POLL_S = 0.1
_MIND_WIDTH = 40


class LineSource(Protocol):
    """Typed lines, taken without waiting."""

    closed: bool

    def take(self) -> str | None:
        """Return the next line, or None when there is none yet."""


@dataclass(slots=True)
class Preview:
    """Shows a talk with the mind beside it, and keeps it up to date with its file."""

    talk: PreviewTalk
    console: Console
    speak: Callable[[str], None]
    """Says a line aloud."""
    speaks_all: bool = False
    """Whether every line is said aloud."""

    def run(self, lines: LineSource) -> None:
        """Go on until the input ends or asks to quit."""
        saves = Saves(self.talk.scenario.path.parent)
        self._tell(HELP)
        self._show_start()
        self._prompt()
        while not lines.closed:
            line = lines.take()
            if saves.any_new():
                self._reload()
                self._prompt()
            if line is not None:
                if line in {"/quit", "quit"}:
                    return
                self._obey(line)
                self._prompt()
            elif not lines.closed:
                time.sleep(_POLL_S)

    def _obey(self, line: str) -> None:
        command, *words = line.split() or [""]
        try:
            match command:
                case "/back":
                    if not self.talk.back():
                        self._tell("nothing was said yet")
                    self._show(self.talk.reply, self.talk.reply.mind)
                case "/restart":
                    self.talk.restart()
                    self._show_start()
                case "/set":
                    step = self.talk.set(change_of(words, self.talk.scenario.file))
                    self._show(step.reply, step.before)
                case "/lines":
                    file, mind = self.talk.scenario.file, self.talk.reply.mind
                    self._tell("\n".join(what_may_be_said(file, mind)))
                case "/say":
                    self.speak(self._line_named(words))
                case "/reload":
                    self._reload()
                case _ if command.startswith("/"):
                    self._tell(HELP)
                case _:
                    self._say(line)
        except TrainerError as error:
            self._tell(str(error))

    def _say(self, text: str) -> None:
        if self.talk.is_over:
            self._tell(f"the talk is over ({self.talk.reply.ended}); /back, /restart or /quit")
            return
        step = self.talk.say(text)
        self._tell(f"     [{labels_of(step)}]")
        if step.score is not None:
            self._tell(f"     {score_line(step.score, self.talk.scenario.file.kind)}")
        self._show(step.reply, step.before)
        self._aloud(step.reply)

    def _line_named(self, words: list[str]) -> str:
        if not words:
            return self.talk.reply.text
        return text_of_line(self.talk, words[0])

    def _reload(self) -> None:
        """Take up the saved file, or say what is wrong and stay with the last good version."""
        listed = listed_file(self.talk.scenario.path)
        if listed.scenario is None:
            self._tell("\n" + "\n".join(listed.problems))
            self._tell("The talk goes on with the last good version; mend the file and save it.")
            return
        if listed.scenario.sha256 == self.talk.scenario.sha256:
            return
        turns = len(self.talk.steps)
        again = self.talk.reload(listed.scenario)
        rest = "" if again == turns else f" of {turns}; the talk now ends there"
        self._tell(f"\n{listed.path.name} was saved: said again with it, {again} turns{rest}.")
        last = self.talk.steps[-1].before if self.talk.steps else self.talk.reply.mind
        self._show(self.talk.reply, last)

    def _show_start(self) -> None:
        self._show(self.talk.reply, self.talk.reply.mind)
        self._aloud(self.talk.reply)

    def _aloud(self, reply: Reply) -> None:
        if self.speaks_all:
            try:
                for line in reply.lines:
                    self.speak(line.text)
            except TrainerError as error:
                self.speaks_all = False
                self._tell(f"{error}; going on without sound")

    def _show(self, reply: Reply, before: Mind) -> None:
        name = self.talk.scenario.file.person.name.split()[0]
        grid = Table.grid(padding=(0, 2), expand=True)
        grid.add_column(ratio=1)
        grid.add_column(width=_MIND_WIDTH, style="dim")
        said = Text.assemble((f"{name}: ", "bold cyan"), reply.text)
        if reply.ended is not None:
            said.append(f"\n— the talk is over: {reply.ended}", "bold")
        grid.add_row(said, Text("\n".join(mind_lines(before, reply))))
        self.console.print(grid)

    def _tell(self, text: str) -> None:
        self.console.print(Text(text, style="dim"))

    def _prompt(self) -> None:
        self.console.print("You: ", end="")
        self.console.file.flush()


def text_of_line(talk: PreviewTalk, id_: str) -> str:
    """Return a line by its id.

    Raises:
        UsageError: There is no such line.
    """
    lines = {line.id: line.text for line in lines_by_id(talk.scenario.file)}
    if id_ not in lines:
        raise UsageError(
            f"no line is called '{id_}'; expected one like {next(iter(lines))} "
            "(trainer scenarios preview shows each line's)"
        )
    return lines[id_]
