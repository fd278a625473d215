"""What a turn is about, in words that can be said again: things, people, and what they said.

Strict on purpose: a phrase is taken only where the words on both sides show where it ends, since
"what options do you see with the partners don't notice" is worse than no topic at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trainer.feedback.tidy import with_apostrophes

_BOUNDARY = frozenset(
    """
    the a an your their his our my any some no this these those every each another
    and or but so because if when while before after since until though although than as that which
    who whom whose where what why how of in on at to from by with without for about into onto over
    under through across during towards against between around near behind up down out off
    is are was were be been isn't aren't wasn't weren't has have had hasn't haven't hadn't do does
    did don't doesn't didn't can can't could couldn't will won't would wouldn't should shouldn't
    might must may i you he she it we they them him her us me i'm you're he's she's it's we're
    they're i've you've i'd you'd i'll you'll they'll they've
    then now today tomorrow yesterday tonight again too yet already right not yourself himself
    """.split()
)
_NEVER_IN_PHRASE = frozenset(
    """
    way ways thing things one ones point same only best first last next rest moment time times day
    days week weeks month year years morning afternoon evening night today tomorrow end start lot
    bit kind sort place side other others whole more most less fact man mate lad boss reason idea
    problem answer question truth trouble hell pass own self name word words ten two three four five
    six seven eight nine hundred thousand half third second minute hour wait
    let know think say tell get
    got go goes went come came make made take took give gave want need see saw look feel keep put
    wants needs says said seems seem means went run ran stop play show like just really very so
    never always even still nothing everything someone anyone everyone everybody nobody
    crowd mob guys fella fellow head neck face mind heart hand hands back feet eye eyes nose mouth
    type target date number numbers fourth ninth fifth sixth seventh eighth tenth fifteenth
    twentieth summer winter spring autumn fall
    room house home pub street town pace line lines door table desk chair car phone wall slot
    monday tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december christmas easter front part case
    """.split()
)
_PHRASE = re.compile(
    r"\b(?=(the|your|their|his|her|our|my)((?: [a-z][a-z-]{2,}){1,3})(?=$|[.,;:!?]| ([a-z']+)))",
    re.I,
)
_TO_LISTENER = {"my": "your"}
_NO_NAME = frozenset(
    """
    I I'm I've I'd I'll Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February
    March April May June July August September October November December Christmas Easter Excel Mr
    Mrs Ms Dr English French German Dutch Irish Scottish British American Spanish Italian Chinese
    Japanese God Oga Sir
    """.split()
)
MOST_ECHO_WORDS = 10


def things(text: str, *, said_by_them: bool = False) -> list[str]:
    """Return phrases like "the renewal" or "your next call", as the manager would say them.

    Args:
        text: Of the manager, or of the salesperson.
        said_by_them: Whether the salesperson said it: "my quote" is then "your quote".
    """
    found = []
    plain = " ".join(text.replace("’", "'").split())
    marked = bool(re.search(r"[.,;:!?]|[A-Z]", plain))
    for match in _PHRASE.finditer(plain):
        owner = match[1].lower()
        if (owner == "my") != said_by_them and owner in ("my", "your"):
            continue  # the manager's own, or the manager's in the salesperson's words
        words = match[2].split()
        cut = next((at for at, word in enumerate(words) if word.lower() in _BOUNDARY), None)
        if cut is None and match[3] is not None and match[3].lower() not in _BOUNDARY:
            continue
        words = words[:cut]
        if not marked and len(words) > 1:
            continue  # unpunctuated: nothing shows where a longer phrase ends
        if words and all(_is_nominal(word) for word in words):
            found.append(f"{_TO_LISTENER.get(owner, owner)} {' '.join(words)}")
    return list(dict.fromkeys(found))


def _is_nominal(word: str) -> bool:
    if word.lower() in _NEVER_IN_PHRASE:
        return False
    return word == "meeting" or not re.search(r"(?:ed|ing|ly|'s|est)$", word)


def names(text: str) -> list[str]:
    """Return names of people and firms: capitalised words that do not open a sentence."""
    plain = " ".join(text.replace("’", "'").split())
    found = re.findall(r"(?<=[a-z,] )([A-Z][a-z]{2,})(?:'s)?\b(?! [A-Z])", plain)
    return [name for name in dict.fromkeys(found) if name not in _NO_NAME]


def people(text: str) -> list[str]:
    """Return the pronouns for somebody else that stand as objects: "them" in "ring them today"."""
    plain = f" {' '.join(re.sub(r'[.,;:!?]+', ' . ', text.lower()).split())} "
    found = re.findall(r" (him|them) ", plain)
    boundary = "|".join(map(re.escape, sorted(_BOUNDARY | {"back", "soon", "first", "again"})))
    found += re.findall(rf" (her)(?= (?:\.|{boundary}) )", plain)
    return list(dict.fromkeys(found))


_FLIPPED = {
    "i": "you",
    "i'm": "you're",
    "i've": "you've",
    "i'd": "you'd",
    "i'll": "you'll",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "am": "are",
}
_CLAUSE_START = re.compile(
    r"^(?:i|i'm|i've|i'd|i'll|he|he's|he'd|she|she's|she'd|they|they're|they've|they'd"
    r"|nobody|everybody|everyone)\s",
    re.I,
)
_OPENER = re.compile(
    r"^(?:(?:well|so|and|but|yeah|yes|no|okay|right|now|then|oh|honestly|because|anyway|look"
    r"|actually|um|uh|er|i guess|i suppose)\b,? *)+",
    re.I,
)
_ENDS_ILL = frozenset(
    "a an the to of in on at for with and or but if so that my your his her their is are was were "
    "i he she they we it's i'm because as than from by about into just not like then".split()
)
_HOLLOW = re.compile(
    r"^(?:i (?:guess|suppose|know|see|think so|mean|hear you|agree|don't know|did|do|have|can do"
    r"|will|am|could|might)|they do|he does|she does|it's fine|i'll (?:do|try) (?:that|it))$",
    re.I,
)
_ADDRESSES = re.compile(r"\b(?:you|your|you're|you've|you'd|you'll|yours|we|us|our|let's)\b", re.I)


def echoes(line: str) -> Iterator[str]:
    """Yield short clauses of the salesperson's line as the manager says them: "you're dreading it".

    The last clause, mostly the one that matters, comes first.
    """
    for sentence in reversed(
        re.split(r"(?<=[.!?;])\s+|\s[—–-]\s", with_apostrophes(line.replace("’", "'")))
    ):
        if sentence.rstrip().endswith("?"):
            continue
        whole = sentence.strip(" .!;,…")
        for clause in dict.fromkeys((whole, *reversed(whole.split(", ")))):
            flipped = _flipped(_OPENER.sub("", clause.strip(" .!;,…")))
            if flipped is not None:
                yield flipped


def _flipped(clause: str) -> str | None:
    words = clause.split()
    if not 3 <= len(words) <= MOST_ECHO_WORDS or words[-1].lower() in _ENDS_ILL:
        return None
    if not _CLAUSE_START.match(clause) or _ADDRESSES.search(clause) or _HOLLOW.match(clause):
        return None
    if re.search(r"[\"“”():…,]|\.\.\.|\b(\w+),? \1\b", clause):
        return None
    turned: list[str] = []
    for word in words:
        bare = word.strip(",").lower()
        new = _FLIPPED.get(bare)
        if bare in ("was", "wasn't") and turned and turned[-1] == "you":
            new = bare.replace("was", "were")
        turned.append(word if new is None else word.lower().replace(bare, new))
    first = turned[0]
    keep = first[:1].isupper() and first.lower() not in _LOWERED
    return " ".join(turned) if keep else " ".join([first[:1].lower() + first[1:], *turned[1:]])


_LOWERED = frozenset(
    "he he's he'd she she's she'd they they're they've they'd it's nobody everybody everyone you "
    "you're you've you'd you'll".split()
)


def on_table(phrase: str, lines: Sequence[str]) -> bool:
    """Say whether the salesperson has named a thing, by its last word."""
    head = phrase.lower().split()[-1].rstrip("s")
    return any(re.search(rf"\b{re.escape(head)}s?\b", line.lower()) for line in lines)
