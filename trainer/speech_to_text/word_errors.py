"""How far a transcript is from what was said, as word errors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from trainer.errors import MissingExtraError


@dataclass(frozen=True, slots=True)
class WordErrors:
    """Word errors of one transcript, or of several added together."""

    errors: int
    """Words replaced, left out or added."""
    words: int
    """Words of the reference."""

    @property
    def rate(self) -> float | None:
        """Errors per reference word, which may exceed 1; None when nothing was said."""
        return self.errors / self.words if self.words else None

    def __add__(self, other: WordErrors) -> WordErrors:
        return WordErrors(self.errors + other.errors, self.words + other.words)


@cache
def _normaliser() -> Any:
    from whisper.normalizers import EnglishTextNormalizer

    return EnglishTextNormalizer()


def normalised(text: str) -> str:
    """Write words as Whisper's normaliser of English does: lower case, no fillers, digits."""
    words = str(_normaliser()(text)).split()
    return " ".join(word for word in words if any(character.isalnum() for character in word))


def word_errors(reference: str, hypothesis: str) -> WordErrors:
    """Count the word errors of a transcript, after Whisper's own normalising of English.

    Case, punctuation, fillers, spelled numbers, titles and British spellings make no difference.

    Args:
        reference: What was said.
        hypothesis: What was heard.

    Raises:
        MissingExtraError: jiwer is not installed.
    """
    try:
        import jiwer
    except ImportError as error:
        raise MissingExtraError("counting word errors", "dev") from error
    said, heard = normalised(reference), normalised(hypothesis)
    if not said:  # jiwer refuses an empty reference
        return WordErrors(len(heard.split()), 0)
    found = jiwer.process_words(said, heard)
    errors = found.substitutions + found.deletions + found.insertions
    return WordErrors(errors, len(said.split()))
