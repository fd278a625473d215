"""The manager's own question, made fit to be shown: clean start, one ask, punctuation."""

from __future__ import annotations

import re

MOST_WORDS = 20

_OPENS = re.compile(
    r"^(?:(?:so|and|but|okay|ok|right|well|now|then|ah|oh|um|uh|er|yeah|yes|no|look|listen|mm"
    r"|sorry|ha|mate|alright|just)\b[ ,.]*)+",
    re.I,
)
_STARTS = re.compile(
    r"^(?:what|how|where|when|who|which)(?:'s|'re|'d|'ll|'ve)?\b|^(?:tell|walk|talk|take) me\b"
    r"|^(?:describe|say (?:more|a bit more))\b",
    re.I,
)
_INSIDE = re.compile(
    r"(?:^|[,;:—–-] ?| (?:so|and|but) |\. )((?:what|how|where|who|which)(?:'s)? [^,;:.?!]+)$", re.I
)
_APOSTROPHES = {
    "whats": "what's",
    "hows": "how's",
    "wheres": "where's",
    "whos": "who's",
    "thats": "that's",
    "theres": "there's",
    "dont": "don't",
    "doesnt": "doesn't",
    "didnt": "didn't",
    "isnt": "isn't",
    "wasnt": "wasn't",
    "cant": "can't",
    "couldnt": "couldn't",
    "wouldnt": "wouldn't",
    "wont": "won't",
    "im": "I'm",
    "ive": "I've",
    "youre": "you're",
    "youve": "you've",
    "theyre": "they're",
    "theyve": "they've",
    "hes": "he's",
    "shes": "she's",
    "havent": "haven't",
    "hasnt": "hasn't",
    "hadnt": "hadn't",
    "shouldnt": "shouldn't",
    "arent": "aren't",
    "werent": "weren't",
    "i'm": "I'm",
    "i'd": "I'd",
    "i've": "I've",
    "i'll": "I'll",
    "i": "I",
    "d'you": "do you",
    "wi": "with",
}
_ENDS_ILL = frozenset(
    "a an the to and or but if my your his their our is are was were so because at of "
    "with than from into i he she they we just not then when while as maybe".split()
)
_EMPTY = re.compile(
    r"what's (?:not|the point|the harm|wrong|stopping)\b|(?:what|how) (?:if|about|come|hard|is that"
    r"|could you|can you|many|much|long|on earth)\b|what (?:else is new|were you thinking)\b"
    r"|who (?:does|would)n't",
    re.I,
)
_MARKS = ".,;:!?…—–- \"'“”"


def own_question(text: str) -> str | None:
    """Return a question of the manager's as it would be written, or None when it is not clean."""
    plain = " ".join(text.replace("’", "'").split()).rstrip(_MARKS)
    plain = with_apostrophes(plain)
    plain = _OPENS.sub("", plain)
    if not _STARTS.match(plain):
        inside = _INSIDE.search(plain)
        if inside is None:
            return None
        plain = inside[1]
    words = plain.split()
    if "?" not in text and re.search(r"\blike [a-z]+$", plain):  # unpunctuated: a guess runs on
        return None
    if not 2 <= len(words) <= MOST_WORDS or words[-1].lower() in _ENDS_ILL:
        return None
    line = " ".join(words)
    if re.search(r"[.;:!?…—–\"“”]|\.\.\.|\b(\w+),? \1\b|,", line, re.I):
        return None
    if _EMPTY.match(line):
        return None
    asks = re.match(r"(?:tell|walk|talk|take|describe|say)\b", line, re.I)
    return f"{line[:1].upper()}{line[1:]}{'.' if asks else '?'}"


def with_apostrophes(text: str) -> str:
    """Write short forms as they are written: a recogniser's "dont" becomes "don't"."""
    return " ".join(_APOSTROPHES.get(word.lower(), word) for word in text.split())


def stem_of(text: str) -> str | None:
    """Return the open stem of a question with a suggested answer behind it, or None."""
    plain = _OPENS.sub("", " ".join(text.replace("’", "'").split()))
    head = re.split(r"[,;:?…—–]| (?:is|was|were|are) (?:it|that|they|he|she|you) |\bmaybe\b", plain)
    stem = own_question(head[0])
    return stem if stem is not None and len(stem.split()) >= 3 else None


_DOUBLES = re.compile(r"^(?:[a-z]*[^aeiou])?[^aeiou]?[aeiou][bdgmnprt]$")
_IRREGULAR = {"be": "being", "see": "seeing", "agree": "agreeing", "lie": "lying", "die": "dying"}


def gerund(verb: str) -> str:
    """Return the -ing form of a plain verb."""
    verb = verb.lower()
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return f"{verb[:-1]}ing"
    short = len(re.findall(r"[aeiou]", verb)) == 1 or verb in {"forget", "begin", "admit", "commit"}
    if short and _DOUBLES.match(verb):
        return f"{verb}{verb[-1]}ing"
    return f"{verb}ing"


_NO_VERB = frozenset("no na nae nay be been being have to in on at it that this so".split())
_WHY = re.compile(
    r"(?:\bwhy|\bhow come)(?: on earth)? (?P<aux>did|would|do|have|are|were)(?P<neg>n't| not)? "
    r"you(?P<not> not)? (?:(?:just|ever|even|always|then|still|not)\s)*(?P<verb>[a-z]+)"
    r"(?P<rest>(?: [^.,;:?!—]+)?)",
    re.I,
)


def from_why(text: str) -> str | None:
    """Turn a why about the person's own act into what led to it, or None."""
    match = _WHY.search(" ".join(text.replace("’", "'").split()))
    if match is None or len(match["rest"].split()) > 9:
        return None
    verb, rest = match["verb"].lower(), match["rest"].rstrip()
    words = rest.split()
    if (
        verb in _NO_VERB
        or (words and words[-1].lower() in _ENDS_ILL)
        or re.search(r"\b(\w+) \1\b", rest, re.I)
    ):
        return None
    if match["neg"] or match["not"]:
        if match["aux"].lower() not in ("did", "do", "would"):
            return None
        return f"What was going on for you when it came to {gerund(verb)}{rest}?"
    if match["aux"].lower() in ("did", "would"):
        return f"What led you to {verb}{rest}?"
    return f"What makes you {verb}{rest}?" if match["aux"].lower() == "do" else None
