"""`trainer practise`: one talk at a desk."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

from trainer import build
from trainer.cli.options import recogniser_option, scorer_option
from trainer.cli.scenarios.listing import print_listing
from trainer.cli.screen import TerminalScreen
from trainer.cli.talk import Parts, hold_talk
from trainer.errors import UsageError
from trainer.live.aloud import AloudDesk
from trainer.live.desk import COMMANDS_HELP, Stopped
from trainer.live.ears import RecordingEars, TypedEars, recordings_in
from trainer.live.keys import Keys
from trainer.live.mouth import SilentMouth
from trainer.records.store import SessionFolder, Store
from trainer.scenario.load import Scenario, find
from trainer.types import DuplexMode, FeedbackTime

BAD_INPUT = 2
FEEDBACK_TIMES = tuple(time.value for time in FeedbackTime)
PATIENCE = ("quick", "normal", "patient")  # Patience's values, without importing audio for --help


@click.command("practise")
@click.argument("scenario", required=False)
@click.option("--typed", "is_typed", is_flag=True, help="Type instead of speaking; no sound.")
@click.option(
    "--audio-in",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Take each turn from the next recording in DIR; no sound.",
)
@click.option("--voice", metavar="ENGINE[:VOICE]", help="piper, kokoro or pyttsx3, and its voice.")
@click.option(
    "--coach-voice",
    is_flag=False,
    flag_value="auto",
    metavar="[=ENGINE:VOICE]",
    help="Say the feedback aloud too, by a second voice; it is always shown.",
)
@recogniser_option
@scorer_option
@click.option("--seed", default=0, show_default=True, help="Chooses among lines that fit equally.")
@click.option(
    "--patience",
    type=click.Choice(PATIENCE),
    default="normal",
    show_default=True,
    help="How long your pauses are waited out.",
)
@click.option(
    "--half-duplex/--open-microphone",
    default=None,
    help="Do not listen while the salesperson speaks, always safe; or do. Else as doctor found.",
)
@click.option("--microphone", metavar="NAME", help="One that trainer doctor lists, this time.")
@click.option("--speaker", metavar="NAME", help="One that trainer doctor lists, this time.")
@click.option(
    "--feedback",
    "feedback_time",
    type=click.Choice(FEEDBACK_TIMES),
    help="When you hear about your turns: after every one, faded (less often as you improve, back "
    "when you slip), or at the end.  [default: every, or as the resumed talk had it]",
)
@click.option("--keep-audio", is_flag=True, help="Keep your recordings with the session.")
@click.option("--resume", is_flag=True, help="Go on with the talk that was left last.")
def command(
    scenario: str | None,
    is_typed: bool,
    audio_in: Path | None,
    voice: str | None,
    coach_voice: str | None,
    stt: str,
    scorer: str,
    seed: int,
    patience: str,
    half_duplex: bool | None,
    microphone: str | None,
    speaker: str | None,
    feedback_time: str | None,
    keep_audio: bool,
    resume: bool,
) -> None:
    """Practise a talk aloud.

    Without SCENARIO it lists what there is and asks. While it listens, Enter ends your turn;
    again, retry, back, quit and help can be typed at any time.
    """
    if is_typed and audio_in is not None:
        raise UsageError("--typed and --audio-in exclude each other; choose one")
    store = Store()
    resumed = store.unfinished() if resume else None
    chosen = _left_last(resumed) if resumed else find(scenario or _ask_which())
    screen = TerminalScreen(chosen.file.person.name.split()[0], chosen.file.kind)
    if is_typed:
        parts = Parts(TypedEars(_read_line), SilentMouth(), recogniser=None, voice=None)
    elif audio_in is not None:
        parts = _recorded(recordings_in(audio_in), stt, patience)
    else:
        voices = _Voices(voice, coach_voice)
        sound = _Sound(microphone, speaker, half_duplex)
        parts = _aloud(chosen, screen, stt, patience, voices, sound)
    feedback = _feedback_time(feedback_time, resumed)
    parts = replace(parts, scorer=build.classifier(scorer), feedback=feedback)
    _print_header(chosen, parts, resumed)
    stopped = hold_talk(
        chosen, parts, screen, store=store, resumed=resumed, seed=seed, keep_audio=keep_audio
    )
    if stopped is Stopped.UNHEARD:
        sys.exit(BAD_INPUT)


def _feedback_time(chosen: str | None, resumed: SessionFolder | None) -> FeedbackTime:
    """Return when feedback comes; what is chosen anew for a resumed talk is kept with it."""
    if resumed is None:
        return FeedbackTime(chosen or FeedbackTime.EVERY)
    if chosen is not None and chosen != resumed.info.feedback:
        resumed.begin(replace(resumed.info, feedback=chosen))
    return FeedbackTime(chosen or resumed.info.feedback)


def _left_last(folder: SessionFolder) -> Scenario:
    info = folder.info
    folder.mend()
    path = Path(info.scenario_path)
    scenario = find(str(path) if path.is_file() else info.scenario)
    if scenario.sha256 != info.scenario_sha256:
        click.echo("The scenario file has changed since; going on with it as it is now.", err=True)
    return scenario


def _ask_which() -> str:
    names = print_listing()
    answer = str(click.prompt("Which one (number or name)", err=True)).strip()
    if answer.isdigit() and 1 <= int(answer) <= len(names):
        return names[int(answer) - 1]
    return answer


def _read_line() -> str | None:
    try:
        return input("You: ").strip()
    except EOFError:
        return None


def _recorded(files: list[Path], stt: str, patience: str) -> Parts:
    from trainer.audio.patience import Patience

    recogniser = build.speech_to_text(stt)
    ears = RecordingEars(files, build.turn_detector(Patience(patience)))
    return Parts(ears, SilentMouth(), recogniser=recogniser, voice=None)


class _Voices(NamedTuple):
    salesperson: str | None
    coach: str | None


class _Sound(NamedTuple):
    microphone: str | None
    speaker: str | None
    half_duplex: bool | None


def _aloud(
    scenario: Scenario,
    screen: TerminalScreen,
    stt: str,
    patience: str,
    voices: _Voices,
    sound: _Sound,
) -> Parts:
    from trainer.audio import remembered
    from trainer.audio.devices import find_device
    from trainer.audio.duplex import Duplex
    from trainer.audio.microphone import Microphone
    from trainer.audio.patience import Patience

    # A missing device is said now, before the models load and a session is begun.
    chosen = remembered.choice(sound.microphone, sound.speaker)
    find_device(chosen.speaker, "speaker")
    with Microphone(chosen.microphone):
        pass
    found = remembered.finding(chosen)
    mode = found.mode if found else DuplexMode.OPEN
    because = "as trainer doctor found" if found else "trainer doctor tells whether it suits here"
    if sound.half_duplex is not None:
        mode = DuplexMode.HALF if sound.half_duplex else DuplexMode.OPEN
        because = "as you asked"
    delay_s = found.delay_s if found else 0.0
    device = Duplex(chosen.microphone, chosen.speaker, mode=mode, delay_s=delay_s)
    spoken = build.spoken_by(scenario, voices.salesperson)
    coach = build.coach_voice(voices.coach, spoken) if voices.coach else None
    recogniser = build.speech_to_text(stt)
    desk = build.aloud_desk(
        scenario,
        device,
        recogniser,
        spoken,
        Keys(sys.stdin),
        patience=Patience(patience),
        coach=coach,
        show=screen.doing,
        on_frame=screen.level,
    )
    listening = f"{_DUPLEX[mode]} ({because})"
    return Parts(desk, desk, recogniser, spoken, opened=desk, listening=listening)


_DUPLEX = {
    DuplexMode.OPEN: "Open microphone: speak whenever you like, also over the salesperson",
    DuplexMode.HALF: "Half-duplex: you are not heard while the salesperson speaks",
}


def _print_header(scenario: Scenario, parts: Parts, resumed: SessionFolder | None) -> None:
    file = scenario.file
    click.echo(f"{file.title} · {file.kind} · about {file.minutes} minutes")
    if resumed is None:
        click.echo(f"\n{file.brief.situation}\n\nYour goal: {file.brief.your_goal}")
        if file.brief.good_to_know:
            click.echo(f"Good to know: {file.brief.good_to_know}")
    else:
        click.echo(f"Going on after turn {len({r.number for r in resumed.records()})}.")
    if parts.voice is not None:
        voice = parts.voice
        click.echo(
            f"\nVoice: {voice.engine.name} {voice.voice} ({voice.because}). {parts.listening}"
        )
    if parts.recogniser is not None:
        click.echo(f"Recogniser: {parts.recogniser.name}. Scorer: {parts.scorer.name}.")
    else:
        click.echo(f"Scorer: {parts.scorer.name}.")
    how = {
        TypedEars: "Type what you would say.",
        AloudDesk: "Just speak; Enter ends your turn.",
    }.get(type(parts.ears))
    click.echo(f"\n{how} {COMMANDS_HELP}\n" if how else "")
