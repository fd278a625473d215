"""Text made sayable: what espeak-ng's reading of English gets wrong is spelled out first.

Piper and Kokoro take their pronunciation from espeak-ng, which reads "$40k" as "dollar forty k",
"1:1" as "one colon one" and joins words across a dash. Only what was heard to go wrong is here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Literal

from trainer.errors import UsageError

_SCALES = {"k": "thousand", "m": "million", "bn": "billion", "b": "billion"}
_CURRENCIES = {"€": ("euro", "euros"), "$": ("dollar", "dollars"), "£": ("pound", "pounds")}

_LETTERS = {
    "ARR": "AR R",  # "A R R" is read with the article "a"
    "ICP": "I C P",
    "MRR": "M R R",
    "OKR": "O K R",
    "POV": "P O V",
    "PoC": "P O C",
    "ROI": "R O I",
}

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "−": "-"} | dict.fromkeys("*_`[]{}<>|~")
)

_ARTICLE = r"(?P<article>\b[Aa]n?\s)?"  # "a $2m deal" is two million dollar, not dollars
_AMOUNT = r"(?P<amount>\d+)(?:\.(?P<part>\d+))?"
_SCALE = r"(?:\s?(?P<scale>k|m|bn|b|K|M|B|thousand|million|billion)\b)?"


def _money(match: re.Match[str]) -> str:
    article = match.groupdict().get("article") or ""
    one, many = _CURRENCIES[match["sign"]]
    amount, part, scale = match["amount"], match["part"], match["scale"]
    unit = one if article or (amount == "1" and part is None) else many
    if scale is None and part is not None and len(part) == 2:
        return f"{article}{amount} {unit}" + (f" {int(part)}" if int(part) else "")
    number = amount if part is None else f"{amount}.{part}"
    return f"{article}{number} {_SCALES.get(scale.lower(), scale) + ' ' if scale else ''}{unit}"


def _scaled(match: re.Match[str]) -> str:
    return f"{match[1]} {_SCALES[match[2].lower()]}"


def _decimals(match: re.Match[str]) -> str:
    return f"{match[1]} point {' '.join(match[2])}"


def _clock(match: re.Match[str]) -> str:
    hour, minute = match[1], match[2]
    if minute == "00":
        return hour if match[3] else f"{hour} o'clock"
    return f"{hour} {'oh ' + minute[1] if minute[0] == '0' else minute}"


def _spelled(match: re.Match[str]) -> str:
    return _LETTERS[match[1]] + ("'s" if match[2] else "")


_Change = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

_CHANGES: tuple[_Change, ...] = (
    (re.compile(r"(?<=\d),(?=\d{3}\b)"), ""),
    (re.compile(rf"{_ARTICLE}(?P<sign>[€$£])\s?{_AMOUNT}{_SCALE}"), _money),
    (re.compile(rf"\b{_AMOUNT}{_SCALE}\s?(?P<sign>[€£])"), _money),
    (re.compile(r"\b(\d+(?:\.\d+)?)(k|K|M|bn)\b"), _scaled),
    (re.compile(r"(?<![\d.])(\d+)\.(\d+)(?![\d.]*\d)"), _decimals),
    (re.compile(r"\b1:1s?\b|\b1-on-1\b"), "one to one"),
    (re.compile(r"\b(\d{1,2}):(\d{2})(?!\d)(?=(\s?[ap]\.?m)?)", re.IGNORECASE), _clock),
    (re.compile(r"(?<=\d)\s?[-–]\s?(?=\d)"), " to "),
    (re.compile(r"(?<=\w)/(?=\w)"), " "),
    (re.compile(r"#(?=\d)"), "number "),
    (re.compile(r"\s*&\s*"), " and "),
    (re.compile(r"\be\.g\.,?", re.IGNORECASE), "for example"),
    (re.compile(r"\bi\.e\.,?", re.IGNORECASE), "that is"),
    (re.compile(r"(?<=\d)\s?([ap])\.m\.(?=\s+[A-Z]|$)"), r" \1m."),
    (re.compile(r"(?<=\d)\s?([ap])\.m\."), r" \1m"),
    (re.compile(r"\bvs\b\.?"), "versus"),
    (re.compile(r"\betc\."), "etcetera"),
    (re.compile(r"\bMr\."), "Mister"),
    (re.compile(r"\bMrs\."), "Missis"),
    (re.compile(r"\bMs\."), "Miz"),
    (re.compile(r"\bDr\."), "Doctor"),
    (re.compile(rf"\b({'|'.join(_LETTERS)})(s)?\b"), _spelled),
    (re.compile(r"\bFY(?=\d)"), "F Y "),
    (re.compile(r"\bSaaS\b"), "sass"),
    (re.compile(r"\bmm*-?hm+\b", re.IGNORECASE), "Uh-huh"),
    (re.compile(r"\b(?:mm+|hm)\b", re.IGNORECASE), "Hmm"),
    (re.compile(r"\bpf+t\b", re.IGNORECASE), "Pff"),
)

_PAUSES: tuple[_Change, ...] = (
    (re.compile(r"\s*…\s*(?=$|[\"'])"), "."),
    (re.compile(r"\s*…\s*(?=[?!.,;:])"), ""),
    (re.compile(r"\s*(?:…|[—–]|\s-\s)\s*"), ", "),
)


def speakable(text: str, *, pauses: Literal["kept", "as commas"] = "as commas") -> str:
    """Spell out what espeak-ng would misread.

    Args:
        text: A line as written.
        pauses: Whether the engine itself knows dashes and ellipses, as Kokoro does, or
            swallows them and needs commas.

    Raises:
        UsageError: There is no word in the text.
    """
    said = " ".join(unicodedata.normalize("NFC", text).translate(_PLAIN).split())
    said = re.sub(r"-{2,}", "—", re.sub(r"\.{2,}", "…", said))
    said = "".join(each for each in said if unicodedata.category(each) not in ("So", "Cf", "Cc"))
    for pattern, change in _CHANGES + (_PAUSES if pauses == "as commas" else ()):
        said = pattern.sub(change, said)
    said = re.sub(r"\s+([,.;:?!])", r"\1", " ".join(said.split())).lstrip(",.;: ")
    if not any(each.isalnum() for each in said):
        raise UsageError("there is nothing to speak: the line has no words")
    return said
