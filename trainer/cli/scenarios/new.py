"""`trainer scenarios new`: a few questions, and a file that passes its own check and tests."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from trainer import build, paths
from trainer.cli.scenarios.test import print_result, run_scripted
from trainer.errors import StorageError, UsageError
from trainer.scenario.finding import Severity
from trainer.scenario.lint.lint import Linter
from trainer.scenario.lint.speech import LONGEST_S, spoken_s
from trainer.scenario.load import SUFFIX, listed_file
from trainer.scenario.model import Difficulty
from trainer.scenario.new import VOICES, Answers, file_name, plain_phrase, starter_text
from trainer.text_to_speech.known_voices import require_known
from trainer.types import Kind

FAILED = 1

_MATTER = {
    Kind.COACHING: "What is the talk about, in a few words? (the prospecting calls)",
    Kind.ENROLLMENT: "What do you want from them? I'd like you to ... (take a trainee along)",
    Kind.MENTORING: "What do they want to learn, in a few words? (the first big tender)",
}


@click.command("new")
@click.argument("name", required=False)
def new(name: str | None) -> None:
    """Begin a scenario: asks a few questions and writes a file that works at once.

    NAME is the file's name without .yaml; without it, it is made from the title. Then give the
    person in the file their own words, with trainer scenarios preview beside you.
    """
    if name is not None:
        _free_path(file_name(name))
    answers = _asked()
    path = _free_path(file_name(name or answers.title))
    text = starter_text(answers)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise StorageError(f"{path}: cannot be written: {error.strerror}") from error
    _report(path)


def _asked() -> Answers:
    click.echo("A few questions; each can be changed later in the file.\n", err=True)
    title = _ask("What is the talk called? (The quiet phone)")
    kind = Kind(_choose("Coaching, enrollment or mentoring?", [k.value for k in Kind], "coaching"))
    difficulty = Difficulty(_choose("How hard?", [d.value for d in Difficulty], "medium"))
    name = _ask("Who is the salesperson? First and last name")
    voice = _choose("Whose voice?", list(VOICES), "woman")
    role = _ask("What do they sell, to whom, where?")
    situation = _ask("What does the manager know before the talk?")
    matter = plain_phrase(_ask(_MATTER[kind]))
    sayable = _sayable(VOICES[voice])
    return Answers(
        title=title,
        kind=kind,
        difficulty=difficulty,
        name=name,
        role=role,
        voice=voice,
        situation=situation,
        opening=_ask("What do they say first?", sayable),
        matter=matter,
        secret=_ask("And what is really behind it, in their own words?", sayable),
        step=plain_phrase(_ask("What may they come to do? I could ... (call Lorna back)")),
    )


def _ask(question: str, convert: Callable[[str], str] | None = None) -> str:
    answer = click.prompt(question, err=True, value_proc=convert or _something)
    return str(answer)


def _choose(question: str, among: list[str], default: str) -> str:
    return str(click.prompt(question, type=click.Choice(among), default=default, err=True))


def _something(text: str) -> str:
    if len(plain_phrase(text)) < 2:
        raise click.UsageError("that is too short; write a word or two")
    return text.strip()


def _sayable(voices: Mapping[str, str]) -> Callable[[str], str]:
    def check(text: str) -> str:
        seconds = spoken_s(_something(text), voices)
        if seconds > LONGEST_S:
            words = round(len(text.split()) * LONGEST_S / seconds)
            raise click.UsageError(f"that takes {seconds:.0f} s to say; cut it to {words} words")
        return text.strip()

    return check


def _free_path(name: str) -> Path:
    path = paths.scenarios_dir() / f"{name}{SUFFIX}"
    if path.exists():
        raise UsageError(f"{path} is there already; choose another name: scenarios new NAME")
    return path


def _report(path: Path) -> None:
    """Check and test what was written, and say what is next."""
    listed = listed_file(path)
    if listed.scenario is None:
        click.echo("\n".join(listed.problems), err=True)
        sys.exit(FAILED)
    classifier, encoder = build.classifier(), build.sentence_encoder()
    found = Linter(require_known, classifier, encoder).findings(listed)
    for finding in found:
        click.echo(str(finding), err=True)
    results = run_scripted(listed.scenario, encoder)
    for result in results:
        print_result(listed.id, result)
    failed = sum(not result.passed for result in results)
    click.echo(
        f"\nWrote {path}: {len(found)} findings, {len(results) - failed} of {len(results)} "
        f"tests pass.\nNext: open it in an editor, with trainer scenarios preview {listed.id} "
        "beside it."
    )
    if failed or any(each.severity is Severity.ERROR for each in found):
        sys.exit(FAILED)
