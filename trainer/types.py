"""The values that flow through a practice talk.

Every value is frozen and slotted, holds tuples instead of lists, carries no clock, id, path or
random number, and has its unit in its name (``_s`` seconds, ``_hz`` hertz). ``None`` means
"not scored" or "not known", never 0 and never NaN. This module imports numpy and the standard
library only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Mono audio, shape (n,), float32 within [-1, 1]."""

MODEL_RATE_HZ = 16_000  # the rate Whisper, Silero and Smart Turn were trained at
OWN_VOICE_LIKENESS = 0.33  # 99% of speech over a voice lies below, 95% of a voice's echo above
FRAME_SAMPLES = 512  # one Silero frame at MODEL_RATE_HZ: 32 ms


class Kind(StrEnum):
    """The kind of conversation, which decides how neutrality is scored (rubric 5 and 7)."""

    COACHING = "coaching"
    ENROLLMENT = "enrollment"
    MENTORING = "mentoring"


class Label(StrEnum):
    """What one segment of a manager's turn does (rubric 3)."""

    OPEN_QUESTION = "open_question"
    SPECIFIC_QUESTION = "specific_question"
    CLOSED_QUESTION = "closed_question"
    NARROWED_QUESTION = "narrowed_question"
    PERMISSION = "permission"
    WHY_CHALLENGE = "why_challenge"
    LEADING_QUESTION = "leading_question"
    ADVICE_QUESTION = "advice_question"
    RHETORICAL_QUESTION = "rhetorical_question"
    REFLECTION = "reflection"
    AFFIRMATION = "affirmation"
    AUTONOMY = "autonomy"
    INFORMATION = "information"
    STORY = "story"
    ADVICE = "advice"
    DIRECTION = "direction"
    PRESSURE = "pressure"
    FRAMING = "framing"
    SOCIAL = "social"


class Flag(StrEnum):
    """What qualifies a label; from UPTAKE on they change question quality only."""

    PUSH = "push"
    BLAME = "blame"
    TAG = "tag"
    GUESS = "guess"
    SLANT = "slant"
    TAKEOVER = "takeover"
    ASKED = "asked"
    LICENSED = "licensed"
    THEIRS = "theirs"
    SELF_ANSWER = "self_answer"
    UPTAKE = "uptake"
    OWNERSHIP = "ownership"
    ABOUT_PERSON = "about_person"
    FORWARD = "forward"
    LONG = "long"
    COMPOUND = "compound"


class Axis(StrEnum):
    """The two scores of a turn, never merged into one number."""

    QUESTION_QUALITY = "question_quality"
    AGENDA_NEUTRALITY = "agenda_neutrality"


class Group(StrEnum):
    """The seven groups of labels used in headlines (rubric 3, last paragraph)."""

    OPEN = "open"
    CLOSED = "closed"
    STEERING_QUESTION = "steering question"
    LISTENING = "listening"
    TELLING = "telling"
    STEERING_STATEMENT = "steering statement"
    SOCIAL = "social"


class TurnState(StrEnum):
    """What a turn detector makes of the audio so far."""

    WAITING = "waiting"
    """Nobody has spoken yet."""
    SPEAKING = "speaking"
    PAUSING = "pausing"
    """Speech was heard and has stopped, not long enough to be the end."""
    ENDED = "ended"


class DuplexMode(StrEnum):
    """Whether the microphone is listened to while the salesperson speaks."""

    OPEN = "open microphone"
    """It is, with the salesperson's own voice taken out: they can be interrupted."""
    HALF = "half-duplex"
    """It is not: safe on any desk."""


class FeedbackTime(StrEnum):
    """When the manager hears about a turn."""

    EVERY = "every"
    """After each turn."""
    FADED = "faded"
    """Less and less often while the turns are good, at once when one slips."""
    END = "end"
    """When the talk is over."""


class Outcome(StrEnum):
    """How a talk came out for the salesperson."""

    GOOD = "good"
    POOR = "poor"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True, eq=False)
class AudioClip:
    """A stretch of mono sound."""

    samples: Samples
    sample_rate_hz: int

    def __post_init__(self) -> None:
        """Refuse anything but one channel of float32."""
        if self.samples.ndim != 1 or self.samples.dtype != np.float32:
            raise ValueError(
                f"AudioClip wants float32 samples of shape (n,), "
                f"found {self.samples.dtype} of shape {self.samples.shape}"
            )

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate_hz


@dataclass(frozen=True, slots=True)
class EchoLevels:
    """How loud one frame was on its way through echo cancellation, in dB below full scale."""

    played_dbfs: float
    """What was played when it was heard; its echo comes later."""
    heard_dbfs: float
    """What the microphone gave."""
    left_dbfs: float
    """What is left of it with the echo taken out."""
    likeness: float = 0.0
    """How alike what is left is to what was played, 0 to 1: speech over it stays under .33."""

    @property
    def is_own_voice(self) -> bool:
        """Whether what is left is still what was played, as after a gap in the sound."""
        return self.likeness >= OWN_VOICE_LIKENESS


@dataclass(frozen=True, slots=True)
class SpeechSpan:
    """Where speech lies in the frames a turn detector took since its reset, in samples."""

    start: int
    """First sample of the first frame that held speech."""
    end: int
    """One past the last sample of the last frame that held speech."""
    spoken: int
    """Samples in frames that held speech; pauses between them are left out."""
    at_maximum: bool = False
    """The turn was ended for its length, not by a silence."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure the recogniser is of some words."""

    no_speech_prob: float
    """Probability that nobody spoke."""
    avg_logprob: float
    """Mean over the tokens, natural logarithm: 0 is certain."""
    compression_ratio: float
    """Bytes over compressed bytes: repetition has more."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of words; times are seconds from the start of the clip, None for typed text."""

    text: str
    start_s: float | None = None
    end_s: float | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a recogniser heard in one clip; no segments means it heard no words."""

    segments: tuple[Segment, ...]
    language: str
    engine: str
    confidence: Confidence | None = None
    """The worst of each value over the segments."""

    @property
    def text(self) -> str:
        """The words, joined with spaces."""
        return " ".join(segment.text.strip() for segment in self.segments).strip()


@dataclass(frozen=True, slots=True)
class ManagerTurn:
    """What the manager said, with the context a judgement of it needs."""

    text: str
    said_before: tuple[str, ...] = ()
    """The salesperson's previous lines, at most two, oldest first."""
    earlier: tuple[str, ...] = ()
    """Everything else the salesperson has said in this talk, oldest first."""
    kind: Kind = Kind.COACHING
    licensed: bool = False
    """The salesperson has just granted the manager leave to offer something."""


@dataclass(frozen=True, slots=True)
class LabelledSegment:
    """One segment with what it does; probs covers all 19 labels and sums to 1."""

    segment: Segment
    label: Label
    flags: frozenset[Flag]
    probs: Mapping[Label, float] = field(hash=False)

    @classmethod
    def certain(cls, text: str, label: Label, *flags: Flag) -> LabelledSegment:
        """Build a segment whose label is not in doubt (p = 1)."""
        probs = {each: float(each is label) for each in Label}
        return cls(Segment(text), label, frozenset(flags), probs)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a score is what it is: the words, the axis they moved, and by how much."""

    axis: Axis
    quote: str
    points: float
    """Change on the axis: points added for quality, points lost (negative) for neutrality."""
    reason: str


@dataclass(frozen=True, slots=True)
class TurnScore:
    """Both scores of one turn (0-100 or None for not scored) with their evidence."""

    segments: tuple[LabelledSegment, ...]
    question_quality: float | None
    agenda_neutrality: float | None
    explanations: tuple[Explanation, ...] = ()
    scorer: str = ""
    """Name and version of the classifier that labelled the segments."""
    not_scored_because: str | None = None

    @property
    def text(self) -> str:
        """The turn's words."""
        return " ".join(labelled.segment.text for labelled in self.segments)

    @property
    def lowest(self) -> float | None:
        """The lower of the scores there are."""
        there = [s for s in (self.question_quality, self.agenda_neutrality) if s is not None]
        return min(there, default=None)


@dataclass(frozen=True, slots=True)
class Feedback:
    """One point about one turn: a thing to change with a better line, or a strength named."""

    tip: str
    """Which point it is (a rubric term), so that it is not given three times running."""
    quote: str
    what: str
    why: str
    rewrite: str | None
    rewrite_score: float | None
    """The lower of the rewrite's own scores from the same scorer."""
    invite_retry: bool
    kept_back: bool = False
    """Not told at once: the manager wants it at the end, or less often."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something the salesperson says; id names its place in the scenario file."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Mind:
    """The salesperson's inner state; all three gauges run from 0 to 100."""

    openness: float
    trust: float
    ownership: float
    topic: str | None = None
    """The topic last talked about."""
    revealed: frozenset[str] = frozenset()
    ideas: tuple[str, ...] = ()
    """Ideas the salesperson has voiced, first to last."""
    handed: frozenset[str] = frozenset()
    """Ideas the manager named before the salesperson did."""
    chosen: str | None = None
    committed: bool = False
    licensed: bool = False
    """The salesperson has just said yes to hearing something."""
    said: tuple[str, ...] = ()
    """Ids of the lines said so far, first to last."""
    turns: int = 0
    told: int = 0
    steered: int = 0
    mended: int = 0
    """Pushes made good since, by an apology or a run of good turns."""
    well_run: int = 0
    """Turns of asking and listening since the last push."""
    requests: int = 0
    """Turns in which the manager asked for something of their own (enrollment)."""
    closed_run: int = 0
    """Turns in a row that asked nothing but closed questions."""
    too_soon: int = 0
    """Times a decision was asked for before they were ready for one."""
    declined: bool = False
    """They have said an honest no to what the manager wants (enrollment)."""
    reaction: str | None = None
    """How the last turn was taken, or None when it was simply answered."""

    @property
    def held(self) -> int:
        """Pushes they still hold against the manager."""
        return max(0, self.told + self.steered - self.mended)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the salesperson says next; a reply that ends the talk may carry a closing line too."""

    lines: tuple[Line, ...]
    mind: Mind
    ended: Outcome | None = None

    @property
    def text(self) -> str:
        """The reply's words."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class OwnedAction:
    """An action the salesperson ends the talk with."""

    action: str
    named_by_manager: bool
    held_to_it: bool
    """The salesperson said how they will hold themselves to it."""

    @property
    def owned(self) -> bool:
        """Whether it is the salesperson's own, with a commitment to it."""
        return self.held_to_it and not self.named_by_manager


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one turn was delivered, from the audio; beside the scores, never inside."""

    speech_s: float
    """The manager's speech, thinking pauses left out."""
    salesperson_s: float | None = None
    """What the salesperson said aloud since the turn before; None where that is not known."""
    left_s: float | None = None
    """Silence between the salesperson's last word and the manager's first."""
    interrupted: bool = False
    """The manager began while the salesperson spoke, who stopped."""


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One attempt at one turn, as kept on disk."""

    number: int
    attempt: int
    said_before: str
    """The salesperson's line that was answered."""
    heard: Transcript
    corrected: str | None
    """What the manager typed instead of what was heard."""
    score: TurnScore
    feedback: Feedback | None
    reply: Reply
    delivery: Delivery | None = None
    """None for a typed turn."""

    @property
    def feedback_now(self) -> Feedback | None:
        """The feedback, unless it is kept for the end."""
        return None if self.feedback is None or self.feedback.kept_back else self.feedback

    @property
    def text(self) -> str:
        """The words that were scored."""
        return self.heard.text if self.corrected is None else self.corrected
