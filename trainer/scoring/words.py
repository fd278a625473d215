"""Read words as spoken: the same whether a person typed them or a recogniser wrote them.

A recogniser drops capitals, commas and apostrophes, and keeps restarts and fillers. Every cue is
therefore matched on one plain form: lower case, contractions written out ("don't", "dont" and
"do not" are the same), spoken short forms undone ("gonna", "d'you"), fillers and repeated words
gone. Commas and dashes stay as a token of their own, because where they exist they help.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

PAUSE = ","  # stands for a comma, semicolon, colon or dash inside a sentence

FILLERS = frozenset("um uh er erm ehm hmm eh ooh ah oh uhm mm mhm".split())

# Without the apostrophe only forms that are not words of their own ("were", "well", "hell" stay).
SHORT_FORMS: dict[str, str] = {
    "gonna": "going to",
    "gunna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "lemme": "let me",
    "gimme": "give me",
    "kinda": "kind of",
    "sorta": "sort of",
    "dunno": "do not know",
    "d'you": "do you",
    "d'ya": "do you",
    "ya": "you",
    "ye": "you",
    "yous": "you",
    "y'all": "you all",
    "'em": "them",
    "em": "them",
    "'cause": "because",
    "cause": "because",
    "cos": "because",
    "cuz": "because",
    "innit": "is not it",
    "int": "is not",
    "ain't": "is not",
    "aint": "is not",
    "how'd": "how did",
    "what'd": "what did",
    "whatd": "what did",
    "why'd": "why did",
    "whyd": "why did",
    "where'd": "where did",
    "let's": "let us",
    "lets": "let us",
    "can't": "can not",
    "cant": "can not",
    "cannot": "can not",
    "won't": "will not",
    "wont": "will not",
    "shan't": "shall not",
    "mightnt": "might not",
    "id": "i would",
    "ill": "i will",
    "im": "i am",
    "ive": "i have",
    "youd": "you would",
    "youll": "you will",
    "youre": "you are",
    "youve": "you have",
    "theyd": "they would",
    "theyll": "they will",
    "theyre": "they are",
    "theyve": "they have",
    "weve": "we have",
    "hes": "he is",
    "shes": "she is",
    "thats": "that is",
    "theres": "there is",
    "heres": "here is",
    "whats": "what is",
    "whos": "who is",
    "wheres": "where is",
    "whens": "when is",
    "hows": "how is",
    "whys": "why is",
    "itll": "it will",
    "thatll": "that will",
    "wholl": "who will",
    "ok": "okay",
    "alright": "all right",
    "naebody": "nobody",
    "ken": "know",
    "yep": "yes",
    "yeah": "yes",
    "aye": "yes",
    "nah": "no",
    "nope": "no",
}
NEGATED = frozenset(
    "do does did is are was were have has had could would should must need might ought dare".split()
)
_SUBJECTS = "i you he she it we they that there this who what where when how why here one"
S_MEANS_IS = frozenset(_SUBJECTS.split()) | {"everybody", "everyone", "nobody", "somebody"}
ENDINGS = {"'ll": "will", "'ve": "have", "'re": "are", "'m": "am", "'d": "would"}

_PIECE = re.compile(r"[^\W_]+(?:['’ʼ`][^\W_]+)*['’]?|['’][^\W_]+|[,;:—–…]|(?<=\s)-+(?=\s)|--+")
_APOSTROPHES = str.maketrans("’ʼ`", "'''")


def _written_out(word: str) -> list[str]:
    """Write one word out without its contraction."""
    if word in SHORT_FORMS:
        return SHORT_FORMS[word].split()
    if word.endswith("n't") and word[:-3] in NEGATED:
        return [word[:-3], "not"]
    if word.endswith("nt") and word[:-2] in NEGATED:
        return [word[:-2], "not"]
    if word.endswith("ve") and word[:-2] in ("could", "would", "should", "must", "might"):
        return [word[:-2], "have"]
    if "'" in word:
        for ending, meant in ENDINGS.items():
            if word.endswith(ending) and len(word) > len(ending):
                return [*_written_out(word[: -len(ending)]), meant]
        if word.endswith("'s") and word[:-2] in S_MEANS_IS:
            return [word[:-2], "is"]
    return [word]


def _without_restarts(tokens: list[str]) -> list[str]:
    """Drop a word or short run of words said twice in a row, with or without a pause between."""
    kept: list[str] = []
    for token in tokens:
        kept.append(token)
        for size in (4, 3, 2, 1):
            end = len(kept)
            if end >= 2 * size + 1 and kept[end - size - 1] == PAUSE:
                if kept[end - size :] == kept[end - 2 * size - 1 : end - size - 1]:
                    del kept[end - size - 1 :]
                    break
            if end >= 2 * size and kept[end - size :] == kept[end - 2 * size : end - size]:
                if size > 1 or token not in ("no", "that", "had", "so"):
                    del kept[end - size :]
                    break
    return kept


@dataclass(frozen=True, slots=True)
class Spoken:
    """The plain form of a stretch of words."""

    tokens: tuple[str, ...]
    """Words and pauses."""
    plain: str
    """The tokens joined with spaces, one space at either end, for matching."""
    marked: bool
    """Whether it was written with a question mark at its end."""

    @property
    def words(self) -> int:
        """Number of words, contractions written out."""
        return sum(token != PAUSE for token in self.tokens)


@lru_cache(maxsize=4096)
def spoken(text: str) -> Spoken:
    """Bring words into the plain form the cues are matched on."""
    tokens: list[str] = []
    for match in _PIECE.finditer(text.translate(_APOSTROPHES).lower()):
        piece = match.group()
        if not piece[0].isalnum() and piece[0] != "'":
            if tokens and tokens[-1] != PAUSE:
                tokens.append(PAUSE)
            continue
        word = piece if piece in SHORT_FORMS else piece.strip("'") or piece
        if word in FILLERS:
            continue
        tokens.extend(_written_out(word))
    tokens = _without_restarts(tokens)
    while tokens and tokens[-1] == PAUSE:
        tokens.pop()
    while tokens and tokens[0] == PAUSE:
        tokens.pop(0)
    marked = text.rstrip("\"'”’)»… ").endswith("?")
    return Spoken(tuple(tokens), f" {' '.join(tokens)} ", marked)
