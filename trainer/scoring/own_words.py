"""The source test: did the salesperson put this idea on the table, or is it the manager's?

Content words are compared by stem, blind to negation ("I haven't rung anyone" names the call) and
to tense ("rang", "ringing"), with everyday synonyms of business acts made one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from trainer.scoring.words import spoken
from trainer.types import Kind, ManagerTurn

# Words that carry no idea of their own: grammar, stance, time, and verbs that fit any action.
EMPTY_WORDS = frozenset(
    """
    a an the this that these those some any all each every both either neither no not nor none
    i me my mine myself you your yours yourself he him his himself she her hers herself it its
    itself we us our ours ourselves they them their theirs themselves one ones who whom whose what
    which where when why how there here somebody someone something anybody anyone anything nobody
    nothing everybody everyone everything else
    and or but so if then than because as while though although until till unless since whether
    of in on at to from by with without for about into onto over under up down out off around round
    through across after before between against during towards back away along per
    am is are was were be been being do does did done doing have has had having can could will
    would shall should may might must ought need dare let got get gets getting gotten
    just only even also too very really quite rather maybe perhaps probably actually honestly
    basically still yet already always never ever again once now today tonight tomorrow yesterday
    soon later first last next week month day morning afternoon evening year time times moment
    monday tuesday wednesday thursday friday saturday sunday
    like well okay right yes sure fine good great better best bad worse bit lot lots kind sort
    thing things stuff way ways much many more most less least few several enough other another
    same own such new old little big long
    go goes going went gone come comes coming came make makes making made take takes taking took
    taken put puts putting know knows knew known think thinks thinking thought say says saying said
    see sees seeing saw seen look looks looking want wants wanted wanting give gives giving gave
    given feel feels feeling felt mean means meant guess suppose reckon figure believe wonder seem
    seems seemed happen happens happened keep keeps kept start starts started starting use try
    tries tried trying consider considered considering hear heard hope hoping love loved please
    thanks sorry
    """.split()
)

IRREGULAR = {
    "rang": "call",
    "rung": "call",
    "sent": "send",
    "wrote": "write",
    "written": "write",
    "met": "meet",
    "spoke": "speak",
    "spoken": "speak",
    "told": "tell",
    "brought": "bring",
    "bought": "buy",
    "sold": "sell",
    "sale": "sell",
    "lost": "lose",
    "loss": "lose",
    "left": "leave",
    "held": "hold",
    "paid": "pay",
    "payment": "pay",
    "drove": "drive",
    "driven": "drive",
    "ran": "run",
    "stuck": "stick",
    "caught": "catch",
    "froze": "freez",
    "broke": "break",
    "chose": "choos",
    "choice": "choos",
    "grew": "grow",
    "knew": "know",
    "sat": "sit",
    "stood": "stand",
    "won": "win",
    "led": "lead",
    "people": "person",
    "children": "child",
    "kids": "child",
    "worried": "worry",
    "worries": "worry",
    "silent": "quiet",
    "silence": "quiet",
    "decision": "decid",
    "meeting": "meet",
}
# Acts of a sales week that people name with several words.
SAME_IDEA = {
    "ring": "call",
    "phone": "call",
    "dial": "call",
    "telephon": "call",
    "e-mail": "mail",
    "email": "mail",
    "talk": "speak",
    "speak": "speak",
    "chat": "speak",
    "mom": "mother",
    "mum": "mother",
    "dad": "father",
    "boss": "manag",
    "cost": "pric",
    "rebat": "discount",
    "scare": "fear",
    "scar": "fear",
    "frighten": "fear",
    "afraid": "fear",
    "terrify": "fear",
    "anxiou": "worry",
    "nervou": "worry",
    "nerv": "worry",
    "chang": "chang",
    "appointment": "meet",
    "proposal": "offer",
    "quot": "offer",
    "quote": "offer",
    "client": "custom",
    "customer": "custom",
    "buyer": "custom",
}
_DOUBLED = re.compile(r"([bdfgklmnprtv])\1$")


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Cut a word to a stem that its inflections share; not a word, only a key."""
    if word in IRREGULAR:
        return SAME_IDEA.get(IRREGULAR[word], IRREGULAR[word])
    cut = word.removesuffix("'s").removesuffix("'")
    if cut in IRREGULAR:
        return IRREGULAR[cut]
    if cut in SAME_IDEA:
        return SAME_IDEA[cut]
    for ending, least in (("ing", 3), ("ied", 2), ("ies", 2), ("ed", 3), ("es", 3), ("s", 3)):
        if cut.endswith(ending) and len(cut) - len(ending) >= least and not cut.endswith("ss"):
            cut = cut[: -len(ending)] + ("y" if ending in ("ied", "ies") else "")
            if ending in ("ing", "ed"):
                cut = _DOUBLED.sub(r"\1", cut)
            break
    if cut.endswith("ly") and len(cut) > 5:
        cut = cut[:-2]
    if cut.endswith("e") and len(cut) > 3:
        cut = cut[:-1]
    return SAME_IDEA.get(cut, cut)


def content_stems(tokens: Iterable[str]) -> frozenset[str]:
    """Return the stems that carry an idea."""
    return frozenset(
        stem(token) for token in tokens if token not in EMPTY_WORDS and token[0].isalnum()
    )


SURELY_THEIRS = 0.7  # of an action's content words from the salesperson: it is their idea
PROBABLY_THEIRS = 0.5  # enough where the first of them, mostly the act itself, is theirs too


@lru_cache(maxsize=4096)
def _stems_of(line: str) -> frozenset[str]:
    return content_stems(spoken(line).tokens)


_ASKS_FOR_ADVICE = re.compile(
    r" (?:what|how) (?:would|should|do|did|else would) (?:you|i) (?:deal|do|handle|approach|go"
    r"|say|suggest|get|play|start|think|plan|tackle|work|sell|choose|price|write|win|ask|try)\b"
    r"| what (?:do|would) you (?:think|suggest|advise|recommend|reckon)\b"
    r"| any (?:ideas?|advice|tips?|thoughts|suggestions?)\b| (?:your|some) advice\b"
    r"| (?:tell|show|teach) me (?:what|how)\b| should i\b| (?:what|how) am i (?:supposed"
    r"|meant) to\b"
    r"| (?:help|advise) me\b| (?:what|how) would you\b| what is your (?:take|view|advice|opinion)\b"
    r"| how (?:did|do) you\b| i do not know (?:what|how) to\b| came to ask\b| wish somebody\b"
)
_LUKEWARM = re.compile(
    r"^ (?:(?:well|i|yes|okay|right) )*(?:maybe|perhaps|possibly|i guess|i suppose|guess so"
    r"|might be"
    r"|if you (?:think|say)|could do|suppose so|dunno|not sure)\b(?: \w+){0,3} $"
)


def is_lukewarm(line: str) -> bool:
    """Say whether a line only half agrees ("maybe"): an idea stays the manager's (rule 17)."""
    return bool(_LUKEWARM.search(spoken(line).plain))


_GRANTS_LEAVE = re.compile(
    r"^ (?:[a-z]+ , )?(?:yes|sure|go on|go ahead|please|of course|course|okay|fine|shoot|no , tell"
    r"|tell me|poke away|gladly|useful|absolutely|by all means|why not|all right|fire away|do|i am"
    r" listening|would love)\b"
)


_REFUSES = re.compile(
    r" (?:rather not|not now|not today|do not want|leave it)\b|^ no $|^ no , (?!tell|go)"
)


def grants_leave(line: str) -> bool:
    """Say whether a salesperson's line, after a request for leave, grants it."""
    plain = spoken(line).plain
    return bool(_GRANTS_LEAVE.search(plain)) and not _REFUSES.search(plain)


@dataclass(frozen=True, slots=True)
class Table:
    """What the salesperson has put on the table so far, as stems."""

    recent: frozenset[str]
    """From their last two lines."""
    all: frozenset[str]
    """From everything they have said, lukewarm answers left out."""
    asked: bool
    """Their last line asks for the manager's view."""
    granted: bool
    """Their last line grants leave."""
    spoken_before: bool
    """They have said something already."""
    enrolling: bool = False
    """The manager has an agenda of their own, openly: what they ask for is a request."""

    @classmethod
    def of(cls, turn: ManagerTurn) -> Table:
        """Lay out what was said before a turn."""
        lines = [spoken(line).plain for line in turn.said_before[-1:]]
        owned = [line for line in (*turn.earlier, *turn.said_before) if not is_lukewarm(line)]
        return cls(
            recent=frozenset().union(*(_stems_of(line) for line in turn.said_before)),
            all=frozenset().union(*(_stems_of(line) for line in owned)),
            asked=any(_ASKS_FOR_ADVICE.search(line) for line in lines),
            granted=turn.licensed,
            spoken_before=bool(turn.said_before or turn.earlier),
            enrolling=turn.kind is Kind.ENROLLMENT,
        )

    def share(self, tokens: Iterable[str]) -> float:
        """Return the share of the ideas in these words that are the salesperson's, 0 to 1."""
        stems = content_stems(tokens)
        return len(stems & self.all) / len(stems) if stems else 0.0

    def echoes(self, tokens: Iterable[str]) -> int:
        """Count the ideas in these words that come from the salesperson's last lines."""
        return len(content_stems(tokens) & self.recent)

    def is_theirs(self, tokens: Iterable[str]) -> bool:
        """Say whether an action named in these words was the salesperson's first (rule 17)."""
        ordered = [stem(token) for token in tokens if content_stems((token,))]
        shared = [each in self.all for each in ordered]
        if not ordered:
            return False
        share = sum(shared) / len(shared)
        return share > SURELY_THEIRS or (shared[0] and share >= PROBABLY_THEIRS)
