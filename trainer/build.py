"""The composition root: names and options in, working parts out; heavy imports happen here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from trainer.errors import UsageError
from trainer.protocols import Classifier, DuplexDevice, Encoder, SpeechToText
from trainer.scenario.load import Scenario
from trainer.session import Engines, Session
from trainer.types import FeedbackTime, TurnRecord

if TYPE_CHECKING:
    from trainer.audio.listen import Heard
    from trainer.audio.patience import Patience
    from trainer.audio.turn_detector import AudioTurnDetector
    from trainer.evaluation.hear import Parts
    from trainer.evaluation.scenario_runs import Cast
    from trainer.evaluation.work import Worker
    from trainer.live.aloud import AloudDesk
    from trainer.live.desk import Activity
    from trainer.live.keys import Keys
    from trainer.live.turn_times import TurnTimes
    from trainer.text_to_speech.cache import CachedSpeech

DEFAULT_SPEECH_TO_TEXT = "base"
SCORERS = ("minilm", "rules")
DEFAULT_SCORER = "minilm"


class SpokenBy(NamedTuple):
    """Who speaks the salesperson's lines."""

    engine: CachedSpeech
    voice: str
    because: str
    """One phrase for the manager: why this engine."""


def classifier(name: str = DEFAULT_SCORER) -> Classifier:
    """Build a scorer, ``rules`` or ``minilm``, the trained one, with the ledger of ideas behind it.

    Raises:
        ModelError: The trained one's weights are missing or corrupt.
    """
    from trainer.scoring.ideas import IdeaLedger

    if name == "minilm":
        from trainer.scoring.classifier import TrainedClassifier

        return IdeaLedger(TrainedClassifier(), sentence_encoder)
    from trainer.scoring.rules import RulesClassifier

    return IdeaLedger(RulesClassifier(), sentence_encoder)


def speech_to_text(name: str = DEFAULT_SPEECH_TO_TEXT) -> SpeechToText:
    """Load the recogniser.

    Raises:
        UsageError: No model is called that.
        ModelError: Its weights are missing or corrupt.
    """
    from trainer.speech_to_text.whisper import WhisperSpeechToText

    return WhisperSpeechToText.load(name)


def spoken_by(scenario: Scenario, wanted: str | None = None) -> SpokenBy:
    """Load the voice of a scenario's salesperson, with its lines cached on disk.

    Args:
        scenario: Its ``voice`` names a voice per engine, the preferred engine first.
        wanted: ``ENGINE`` or ``ENGINE:VOICE`` to overrule the scenario.

    Raises:
        UsageError: No such engine, or the scenario has no voice for it.
        MissingExtraError: The engine's package is not installed.
    """
    from trainer.text_to_speech.cache import CachedSpeech
    from trainer.text_to_speech.choose import load

    voices = {str(engine): voice for engine, voice in scenario.file.voice.items()}
    choice = _chosen_engine(voices, wanted)
    voice = choice.voice or voices.get(choice.engine)
    speech = CachedSpeech(load(choice.engine))
    if voice is None:
        raise UsageError(
            f"scenario '{scenario.id}' names no voice for {choice.engine}; choose one with "
            f"--voice {choice.engine}:NAME, for example {choice.engine}:{speech.voices()[0]}"
        )
    # An unknown voice is said now, not at the first line of a talk already begun.
    speech.synthesise(scenario.file.opening[0], voice)
    return SpokenBy(speech, voice, choice.because)


def line_speaker(scenario: Scenario) -> Callable[[str], None]:
    """Return what says a line aloud by the scenario's voice; it is loaded at the first line."""
    spoken: list[SpokenBy] = []

    def speak(text: str) -> None:
        from trainer.audio.speaker import Speaker

        if not spoken:
            spoken.append(spoken_by(scenario))
        Speaker().play(spoken[0].engine.synthesise(text, spoken[0].voice))

    return speak


_COACHES = ("kokoro:jf_alpha", "piper:en_US-joe-medium", "pyttsx3:female", "pyttsx3:male")


def coach_voice(wanted: str, salesperson: SpokenBy) -> SpokenBy:
    """Load a coach's voice, never the salesperson's own.

    Args:
        wanted: ``ENGINE:VOICE``, or ``auto`` for one that is installed.
        salesperson: Who speaks the lines.

    Raises:
        UsageError: There is no such engine or voice, or it is the salesperson's.
        MissingExtraError: The engine's package is not installed.
    """
    from trainer.text_to_speech.cache import CachedSpeech
    from trainer.text_to_speech.choose import is_installed, load

    own = f"{salesperson.engine.name}:{salesperson.voice}"
    if wanted == "auto":
        others = [each for each in _COACHES if not own.startswith(each)]
        wanted = next(each for each in others if is_installed(each.partition(":")[0]))
    engine, _, voice = wanted.partition(":")
    speech = CachedSpeech(load(engine))
    voice = voice or speech.voices()[0]
    if f"{engine}:{voice}" == own:
        raise UsageError(
            f"the coach's voice is the salesperson's own ({own}); choose another one, "
            "for example --coach-voice=auto"
        )
    speech.synthesise("Well done.", voice)
    return SpokenBy(speech, voice, "the coach")


class _Chosen(NamedTuple):
    engine: str
    voice: str | None
    because: str


def _chosen_engine(voices: Mapping[str, str], wanted: str | None) -> _Chosen:
    from trainer.text_to_speech.choose import default_engine, is_installed

    if wanted is not None:
        engine, _, voice = wanted.partition(":")
        return _Chosen(engine, voice or None, "you asked for it")
    preferred = next(iter(voices))
    if is_installed(preferred):
        return _Chosen(preferred, None, "the scenario's first choice")
    installed = [engine for engine in voices if is_installed(engine)]
    engine = installed[0] if installed else default_engine().engine
    return _Chosen(engine, None, f"the scenario would rather have {preferred}, not installed here")


def turn_detector(patience: Patience | None = None) -> AudioTurnDetector:
    """Build voice activity and end of turn from their weights."""
    from trainer.audio.end_of_turn import SmartTurn
    from trainer.audio.patience import SETTINGS, Patience
    from trainer.audio.turn_detector import AudioTurnDetector
    from trainer.audio.voice_activity import SileroVoiceActivity

    settings = SETTINGS[patience or Patience.NORMAL]
    return AudioTurnDetector(SileroVoiceActivity(), SmartTurn(), settings)


def aloud_desk(
    scenario: Scenario,
    device: DuplexDevice,
    recogniser: SpeechToText,
    spoken: SpokenBy,
    keys: Keys,
    *,
    show: Callable[[Activity], None],
    patience: Patience | None = None,
    coach: SpokenBy | None = None,
    on_frame: Callable[[Heard], None] = lambda level: None,
    on_turn: Callable[[TurnTimes], None] = lambda times: None,
) -> AloudDesk:
    """Build the ears and mouth of a talk held aloud, on a device not yet opened."""
    from trainer.audio.end_of_turn import SmartTurn
    from trainer.audio.patience import SETTINGS, Patience
    from trainer.audio.turn_detector import AudioTurnDetector
    from trainer.audio.voice_activity import SileroVoiceActivity
    from trainer.live.aloud import AloudDesk
    from trainer.live.cast import Cast, Coach
    from trainer.live.open_turn import Expecting
    from trainer.live.threads import Threads
    from trainer.live.voice import Clips
    from trainer.salesperson.ahead import lines_ahead
    from trainer.text_to_speech.ahead import LinesAhead

    threads = Threads(recogniser)
    detector = AudioTurnDetector(
        SileroVoiceActivity(),
        SmartTurn(),
        SETTINGS[patience or Patience.NORMAL],
        submit=threads.judging.submit,
    )
    file = scenario.file
    ahead = LinesAhead(spoken.engine, spoken.voice)
    cast = Cast(
        Clips(spoken.engine, threads.speaking),
        spoken.voice,
        thinking=file.thinking,
        coach=Coach(Clips(coach.engine, threads.speaking), coach.voice) if coach else None,
        ahead=lambda mind: ahead.prefer([line.text for line in lines_ahead(file, mind)]),
        close=ahead.close,
    )
    return AloudDesk(
        device,
        detector,
        threads,
        cast,
        keys,
        show=show,
        expecting=Expecting(file.language, ", ".join(file.terms)),
        on_frame=on_frame,
        on_turn=on_turn,
    )


@lru_cache(maxsize=1)
def sentence_encoder() -> Encoder:
    """Load the sentence encoder; salesperson and ledger of ideas share one."""
    from trainer.salesperson.encoder import MiniLmEncoder

    return MiniLmEncoder()


def session(
    scenario: Scenario,
    *,
    recogniser: SpeechToText | None,
    seed: int = 0,
    records: Iterable[TurnRecord] = (),
    encoder: Encoder | None = None,
    scorer: Classifier | None = None,
    feedback: FeedbackTime = FeedbackTime.EVERY,
) -> Session:
    """Build a talk, or go on with the one the records are from.

    Args:
        scenario: What is talked about.
        recogniser: None for a typed talk.
        seed: Chooses among lines that fit equally.
        records: What was said in it before.
        encoder: One that is loaded already.
        scorer: One that is loaded already; otherwise the default.
        feedback: When the manager hears about a turn.
    """
    from trainer.salesperson.policy import ScenarioSalesperson

    salesperson = ScenarioSalesperson(scenario.file, encoder or sentence_encoder(), seed=seed)
    engines = Engines(recogniser, scorer or classifier(), salesperson)
    return Session(scenario, engines, records, feedback=feedback)


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Builds what evaluates, in this process or, sent there, in another."""

    scorer: str
    scorer_version: str
    """Part of what a checkpoint is of, so that no run mixes two versions."""
    stt: str
    feedback: bool
    seeds: int

    def __call__(self) -> Worker:
        """Build a worker; models are loaded when the first turn needs them."""
        from trainer.evaluation.hear import Listener
        from trainer.evaluation.scenario_runs import ScenarioRunner
        from trainer.evaluation.work import Worker

        return Worker(
            self._classifier,
            Listener(self._parts),
            ScenarioRunner(self._cast, self.seeds),
            feedback=self.feedback,
        )

    def _classifier(self) -> Classifier:
        return classifier(self.scorer)

    def _parts(self) -> Parts:
        from trainer.audio.voice_activity import SileroVoiceActivity
        from trainer.evaluation.hear import Parts

        return Parts(speech_to_text(self.stt), turn_detector(), SileroVoiceActivity())

    def _cast(self) -> Cast:
        from trainer.evaluation.scenario_runs import Cast

        scorer, encoder = self._classifier(), sentence_encoder()

        def begin(scenario: Scenario) -> Session:
            return session(scenario, recogniser=None, encoder=encoder, scorer=scorer)

        return Cast(scorer, encoder, begin)


def evaluator(
    scorer: str = DEFAULT_SCORER,
    stt: str = DEFAULT_SPEECH_TO_TEXT,
    *,
    feedback: bool = False,
    seeds: int | None = None,
) -> Evaluator:
    """Say what is to evaluate.

    Args:
        scorer: ``rules``, or ``minilm``, the trained one.
        stt: The Whisper model that hears recordings.
        feedback: Give each turn its point of feedback too.
        seeds: Talks each simulated manager holds with a scenario; None takes the usual number.
    """
    from trainer.evaluation.scenario_runs import SEEDS

    return Evaluator(scorer, _version(scorer), stt, feedback, SEEDS if seeds is None else seeds)


def _version(scorer: str) -> str:
    if scorer == "minilm":
        from trainer.scoring.classifier import TrainedClassifier

        return TrainedClassifier.name
    from trainer.scoring.rules import RulesClassifier

    return RulesClassifier.name
