"""Tell where one clause ends and the next begins in words without punctuation."""

from __future__ import annotations

from trainer.scoring.grammar import AUXILIARIES, EMBEDDERS, OPENERS, QUESTION_WORDS, SUBJECTS, Onset
from trainer.scoring.vocabulary import ACTIONS, SOCIAL_WORDS
from trainer.scoring.words import PAUSE

LEAST_WORDS = 3  # a shorter stretch is no clause of its own
_TOPIC_WORDS = 5  # more words than these before a question are a sentence, not a topic put first
CANDIDATE_WORDS = 9  # a yes/no tail up to this long after a question word offers an answer
_SETS_UP = frozenset(
    "if when whenever since given once because say suppose having knowing before after"
    " while".split()
)
_SET_UP_VERBS = frozenset("said say mentioned told called described used".split())
CLAUSE_WORDS = SUBJECTS | {"it", "that", "this", "there", "here", "these", "those"}
_STATEMENT_VERBS = AUXILIARIES | frozenset(
    "think guess mean want need know like love hear see feel wonder suppose reckon said told"
    " got made went"
    " came thought saw heard never always just really only noticed remember appreciate hope"
    " let".split()
)
# A subject after these goes on with the clause it stands in.
_GOES_ON = (
    EMBEDDERS
    | AUXILIARIES
    | QUESTION_WORDS
    | SUBJECTS
    | frozenset(
        """
    if when because since until till unless while although though before after once whether
    whoever whatever whichever that the a an your his her their our my its as how not or nor way
    time thing day moment one ones everything anything something nothing all reason if case
    place people guy man thought believe reckon suppose hope wish bet feel swear glad sorry
    afraid so and but then where every what's only even also just than into over with without
        """.split()
    )
)
# A clause follows these a few words on: "so you know deep down you should have called".
_CARRY_CLAUSE = frozenset(
    "know think thought feel felt say said hear heard told tell believe reckon guess hope wish"
    " sounds seems mean means"
    " worried afraid sure sorry glad remember noticed like wish".split()
)
_REQUESTS = frozenset(
    {
        ("tell", "me"),
        ("walk", "me"),
        ("talk", "me"),
        ("help", "me"),
        ("mind", "if"),
        ("any", "chance"),
    }
    | {
        ("want", "me"),
        ("say", "more"),
        ("you", "mind"),
        ("say", "it"),
        ("take", "me"),
        ("show", "me"),
    }
)
_LEADS_ON = frozenset("and so but or because then now okay right well anyway also look".split())
_JOINS_VERBS = AUXILIARIES | frozenset(
    "and or to not you i we they he she please just rather always never often usually sometimes"
    " still already even help".split()
)
_ORDERED = frozenset(
    "the a an it them him her me us your his their our my this that these those up at out"
    " back".split()
)
_NO_VERB = frozenset("and or but of in on at to for with from who that the a an as by".split())


def back_over_openers(tokens: tuple[str, ...], at: int, least: int) -> int:
    """Move an edge back over the words its clause opens with ("and so what…")."""
    while at - 1 > least and tokens[at - 1] in _LEADS_ON:
        at -= 1
    return at


def request_starts(tokens: tuple[str, ...], at: int, start: int) -> bool:
    """Say whether an open request or a plea for leave begins: "tell me…", "mind if I…"."""
    return (
        at - start >= LEAST_WORDS - 1
        and tokens[at : at + 2] in _REQUESTS
        and tokens[at - 1] not in _JOINS_VERBS
        and len(tokens) - at > 2
    )


def is_tag(tokens: tuple[str, ...], onset: Onset) -> bool:
    """Say whether a turned auxiliary and its subject are all that is left: "isn't it"."""
    rest = [
        token for token in tokens[onset.start :] if token not in ("not", "then", "though", "so")
    ]
    return not onset.wh and len(rest) <= 2 and tokens[onset.start - 1] not in ("and", "but", "or")


def stands_alone(tokens: tuple[str, ...]) -> bool:
    """Say whether these words are a statement of their own, not a run-up to a question."""
    body = [token for token in tokens if token != PAUSE]
    while body and body[0] in OPENERS:
        body.pop(0)
    if not body or all(token in SOCIAL_WORDS or token in OPENERS for token in body):
        return len(tokens) > 1 or (bool(body) and body[0] not in OPENERS)
    if len(body) < LEAST_WORDS or body[0] in _SETS_UP:
        return False
    if body[0] == "you" and body[1] in _SET_UP_VERBS:
        return False
    if body[0] in ACTIONS or len(body) > _TOPIC_WORDS:
        return True
    return any(word in CLAUSE_WORDS for word in body[:-1]) or any(
        word in AUXILIARIES for word in body[1:-1]
    )


def statement_starts(tokens: tuple[str, ...], at: int, start: int, asking: Onset | None) -> bool:
    """Say whether a new statement may begin at a token of text without punctuation."""
    word, before, after = tokens[at], tokens[at - 1], tokens[at + 1 : at + 2]
    if at - start < LEAST_WORDS or not after:
        return False
    if asking is not None and at - asking.auxiliary <= LEAST_WORDS:
        return False
    body = [token for token in tokens[start:at] if token not in OPENERS]
    if body and body[0] in _SETS_UP:
        return False
    if any(token in _CARRY_CLAUSE for token in tokens[max(start, at - 4) : at]):
        return False
    joined = before in ("but", "so", "and") and tokens[at - 2] not in _GOES_ON
    if word in ACTIONS or word == "let":
        orders = after[0] in _ORDERED
        return orders and (before in ("but", "so") or before not in _GOES_ON | _JOINS_VERBS)
    if word not in CLAUSE_WORDS or after[0] in _NO_VERB:
        return False
    if word not in SUBJECTS and after[0] not in AUXILIARIES:
        return False
    if asking is not None and after[0] not in _STATEMENT_VERBS:
        return False
    return joined or before not in _GOES_ON
