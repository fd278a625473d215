"""One segment read by the form test: what is left of it when openers and wrappers are undone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from trainer.scoring.grammar import AUXILIARIES, QUESTION_WORDS, Onset, body_start, find_onsets
from trainer.scoring.own_words import Table
from trainer.scoring.words import PAUSE, Spoken, spoken
from trainer.types import Label

_AUX = r"(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|shall|might)"
_TAG_WORDS = (
    r"right|huh|yes|no|okay|correct|eh|or|or not|or what|am i right|not true|is that it"
    r"|would (?:not you|you(?: not)?) (?:say|agree|think)|is (?:not )?that right"
    r"|do not you think(?: so)?"
    r"|surely|i take it|i trust|i (?:would |should )?(?:imagine|guess|suppose|think)"
    r"|i am guessing|i bet"
    r"|i would say|all right|cool|sound|deal|understood|got it|being honest|as i understand it"
)
# A turned auxiliary with its pronoun, at the very end: "isn't it", "did they", "have you not".
_AUXILIARY = "|".join(sorted(AUXILIARIES))
_TAG = re.compile(
    rf" (?:, )?(?:(?P<turned>(?!(?:do|have|had) (?:it|that) ){_AUX}(?: not)? (?:i|you|he|she|it"
    rf"|we|they|that|there)(?: not)?)"
    rf"(?: (?:then|though|so|mate|now))?|(?P<word>{_TAG_WORDS})) $"
)
_NEEDS_PAUSE = frozenset("no or okay yes i surely sound deal cool being".split())

_PLEASE = r"(?:just |maybe |perhaps |possibly |please |also |kindly |quickly |at least )*"
_TELLING_VERBS = (
    r"(?:tell (?:me|us)|walk (?:me|us)(?: through)?|talk (?:me|us) through|talk (?:to me |to us )?"
    r"about|take (?:me|us) (?:through|back)|run (?:me|us) through|fill (?:me|us) in(?: on)?"
    r"|give (?:me|us) (?:a|some|your|the) (?:\w+ )?(?:sense|feel|feeling|flavour|flavor|picture"
    r"|idea"
    r"|example|read|version|background|view|take|story|context)(?: of| on| for)?"
    r"|say (?:a bit |a little |some )?more|describe|explain|unpack|expand on|elaborate(?: on)?"
    r"|paint (?:me|us) (?:a|the) picture|help (?:me|us) (?:understand|see|get|picture|with)"
    r"|share(?: with (?:me|us))?|remind (?:me|us)|bring (?:me|us) (?:up|through|into)|spell out"
    r"|let (?:me|us) (?:hear|know|in on)|put (?:me|us) in the picture|talk (?:it|that) through)"
)
_OPENING = (
    r"(?:(?:and|so|but|well|okay|right|now|then|just|maybe|perhaps|go on|sorry|no|yes) (?:, )?)*"
)
_WRAPPER = re.compile(
    rf"^ {_OPENING}(?:"
    rf"(?:can|could|would|will|might) you {_PLEASE}(?:be able to |try to |mind )?{_TELLING_VERBS}\b"
    rf"|(?:would|do) you mind (?:telling|walking|talking|taking|sharing|describing|explaining"
    rf"|saying)"
    rf"(?: (?:me|us))?(?: through| about)?\b"
    rf"|(?:please |do |just )*{_TELLING_VERBS}\b"
    rf"|you (?:got to|have got to|have to|must|should|can|could|will have to) {_TELLING_VERBS}\b"
    rf"|i (?:am|was|would be|would just be) (?:just |really |quite |very |more |also |genuinely |a"
    rf" bit )*(?:curious|interested|wondering|intrigued)(?: to (?:know|hear|see|learn))?"
    rf"(?: about| in| as to)?\b"
    rf"|i (?:would|should) (?:just |really |quite |still |also )*(?:love|like|want|be (?:glad|keen"
    rf"|curious|interested|happy)|give a lot) to (?:hear|know|understand|learn|see|get)(?: more)?"
    rf"(?: about| of| from you)?\b"
    rf"|i want to (?:hear|know|understand)(?: more)?(?: about)?\b"
    rf"|i (?:just )?(?:wonder|wondered)\b(?! (?:if|whether))"
    rf"|i (?:do not|did not|can not) (?:yet |quite |really |fully |even )*(?:see|know"
    rf"|understand|get"
    rf"|follow)(?: yet)?(?= (?:what|how|where|who|why)\b)"
    rf"|(?:can|could|may|might) i (?:just )?ask(?: you)?\b(?= (?:, )?(?:{_AUXILIARY}"
    rf"|what|how|who|where|when|why|which)\b)"
    rf"|let me ask (?:you )?(?:this )?"
    rf"|(?:do|would) you (?:happen to )?(?:know|remember|recall)(?= (?:what|how|where|who|when"
    rf"|which)\b)"
    rf"|(?:have you )?(?:got )?any (?:idea|clue|sense)(?: of)?(?= (?:what|how|where|who|when"
    rf"|why)\b)"
    rf"|(?:in|just) (?:your (?:own )?(?:words|view|mind|opinion)|out of (?:interest|curiosity))\b"
    rf") ?(?:, )?"
)
_GO_ON = re.compile(
    r"^ (?:(?:okay|right|yes|and|so|sure|please) (?:, )?)*(?:please )?"
    r"(?:go on|keep going|keep talking|carry on|say more)(?: please)? $"
)
_WONDERS = re.compile(r" i (?:am )?(?:just )?(?:wonder|wondering) (?:if|whether) ")


@dataclass(frozen=True)
class Reading:
    """A segment with its grammar and its place in the turn."""

    spoken: Spoken
    table: Table
    before: Label | None = None
    """Label of the segment before it in the turn."""
    first: bool = True
    """Whether it opens the turn."""

    @cached_property
    def plain(self) -> str:
        """The plain form without openers, one space at either end."""
        tokens = self.spoken.tokens[body_start(self.spoken.tokens) :]
        return f" {' '.join(tokens)} "

    @cached_property
    def wrapper(self) -> str:
        """The polite words round an open request, or ""."""
        match = _WRAPPER.match(self.spoken.plain)
        return match.group() if match else ""

    @property
    def goes_on(self) -> bool:
        """Whether it only bids them say more: "go on"."""
        return bool(_GO_ON.match(self.spoken.plain))

    @cached_property
    def inner(self) -> str:
        """The plain form inside the wrapper; the plain form itself without one."""
        return f" {self.spoken.plain[len(self.wrapper) :].lstrip()}" if self.wrapper else self.plain

    @cached_property
    def tag(self) -> str:
        """The tag at its end ("isn't it", "right"), or ""."""
        if self.spoken.words < 3:
            return ""
        match = _TAG.search(self.plain)
        if match is None or match.start() < 3:
            return ""
        found = match["turned"] or match["word"]
        if match["word"] and found.split()[0] in _NEEDS_PAUSE and f" , {found} " not in self.plain:
            return ""
        head = self.plain[: match.start()]
        asked = find_onsets(head.split()) or head.rsplit(" , ", 1)[-1].split()[0] in QUESTION_WORDS
        return "" if asked and match["turned"] else found

    @cached_property
    def statement(self) -> str:
        """The plain form without its tag."""
        if not self.tag:
            return self.plain
        return self.plain[: self.plain.rindex(f" {self.tag} ")].removesuffix(" ,") + " "

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The tokens the form test looks at: inside the wrapper, without the tag."""
        return tuple((self.inner if self.wrapper else self.statement).split())

    @cached_property
    def onsets(self) -> list[Onset]:
        """Where questions begin among ``tokens``."""
        return find_onsets(self.tokens, marked=self.spoken.marked and not self.tag)

    @cached_property
    def main(self) -> Onset | None:
        """The question it asks, if it has one."""
        if self.wrapper and self.tokens and not self.onsets:
            return self._embedded()
        return self.onsets[0] if self.onsets else None

    def _embedded(self) -> Onset | None:
        """Read the embedded question inside a wrapper: "tell me how it went"."""
        words = ("what", "how", "who", "where", "when", "why", "which", "whose")
        if self.tokens[0] in words:
            return Onset(0, self.tokens[0], min(1, len(self.tokens) - 1), True)
        return None

    @cached_property
    def question(self) -> str:
        """The plain form from the onset of the question on."""
        at = self.main.start if self.main else 0
        return f" {' '.join(self.tokens[at:])} "

    @cached_property
    def run_up(self) -> tuple[str, ...]:
        """The tokens before the onset of the question, openers left out."""
        return self.tokens[: self.main.start] if self.main and not self.wrapper else ()

    @property
    def asks(self) -> bool:
        """Whether its form, or its question mark, makes it an ask."""
        if self.goes_on:
            return True
        if self.spoken.marked or self.wrapper or self.tag or _WONDERS.match(self.plain):
            return True
        return self.main is not None

    @cached_property
    def tail(self) -> tuple[str, ...]:
        """The tokens after the last pause that follows the question's onset, or ()."""
        tokens = self.question.split()
        if PAUSE not in tokens:
            return ()
        return tuple(tokens[len(tokens) - tokens[::-1].index(PAUSE) :])


def read(text: str, table: Table, before: Label | None = None, *, first: bool = True) -> Reading:
    """Read one segment's words."""
    return Reading(spoken(text), table, before, first)


_NOT_A_CANDIDATE = frozenset(
    """
    then though exactly really honestly now today there here first please mind like so if when
    once because since while knowing given between after before without do does did would could
    will can have has say mate son pal man folks love pet honey though anyway overall ideally
    roughly personally specifically in with for out from of behind about on into under come word
    if you i we he she they who which what how where that and but as over during through within
    until by at next besides apart other maybe
    """.split()
)
_TIME = re.compile(
    r"^(?:this|that|last|next|the next|the last|the coming) (?:\w+ )?(?:days?|weeks?|months?"
    r"|quarters?"
    r"|years?|time|mornings?|afternoons?)\b"
)
_APPOSES = frozenset("the this that being a to".split())
_PARENTHESIS = re.compile(
    r"\b(?:do|would|did) you (?:think|say|reckon|suppose|figure|feel|guess|imagine)\b|\bi wonder\b"
)


def candidate(reading: Reading) -> str:
    """Return the candidate answer offered in the same breath as a question word, or ""."""
    main = reading.main
    if main is None or not main.wh:
        return ""
    question = _PARENTHESIS.sub(" ", reading.question)
    for other in reading.onsets[1:]:
        if not other.wh and reading.tokens[other.start - 1] not in ("and", "but"):
            offered = " ".join(reading.tokens[other.start :])
            if not _PARENTHESIS.search(f" {offered} ") and " " in offered:
                return offered
    tail = [word for word in question.rsplit(" , ", 1)[-1].split() if word != ","]
    if " , " not in question or not 0 < len(tail) <= 9 or not reading.spoken.marked:
        return ""
    head = question.rsplit(" , ", 1)[0].split()
    if _TIME.match(" ".join(tail)):
        return ""
    if tail[0] in _NOT_A_CANDIDATE and "or" not in tail[1:]:
        return ""
    if re.search(r" (?:it|that|this)(?: \w+)? $", f" {' '.join(head)} ") and tail[0] in _APPOSES:
        return ""
    if re.search(r" (?:it|that|this) (?:\w+ )?$", f" {' '.join(head)} ") and tail[0].endswith(
        "ing"
    ):
        return ""
    if len(tail) == 1 and (tail[0].endswith("ly") or len(head) < 3):
        return ""
    return " ".join(tail) if len(head) >= 2 else ""
