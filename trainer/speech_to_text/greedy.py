"""Greedy decoding by openai-whisper's rules on the quick network, with a draft if there is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trainer.speech_to_text.quick_decoder import Decoding, QuickDecoder
from trainer.types import Transcript

WINDOW_S = 30.0
TIMESTAMP_S = 0.02  # what Whisper's timestamps count in
AT_THE_END_S = 0.3  # no word has room in this


class Writer:
    """Writes down one window: what ``whisper.decoding.DecodingTask`` does at temperature 0.

    The rules (which tokens may follow which, what a timestamp needs) are openai-whisper's own
    objects; only the loop around them is ours.
    """

    def __init__(self, model: Any, decoder: QuickDecoder, options: Any) -> None:
        """Take openai-whisper's model for its rules, and ``whisper.DecodingOptions``."""
        from whisper.decoding import DecodingTask

        self._task = DecodingTask(model, options)
        self._decoder = decoder
        self._start = list(self._task.initial_tokens)

    @property
    def language(self) -> str | None:
        """The language of the words."""
        found: str | None = self._task.options.language
        return found

    @property
    def most_tokens(self) -> int:
        """As many tokens are written at most, the one that ends them included."""
        return int(min(self._task.sample_len, self._task.n_ctx - len(self._start)))

    def no_speech_prob(self, decoding: Decoding) -> float:
        """Ask whether anybody spoke, without the prompt: its names do not bear on it.

        Whisper was trained to say it in place of the language, straight after the start.
        """
        tokenizer = self._task.tokenizer
        logits = self._decoder.logits([tokenizer.sot], decoding, last=1)
        decoding.forget_after(0)
        return float(logits[0].softmax(dim=-1)[tokenizer.no_speech])

    def write(self, decoding: Decoding, seconds: float, draft: Sequence[int] = ()) -> Any:
        """Decode a clip.

        Args:
            decoding: A fresh one.
            seconds: How long the clip is; a sentence that ends there is the last. Whisper, which
                expects half a minute, often begins again from the first.
            draft: Tokens that are likely to come first. They are checked all at once, which takes
                a fraction of the time of finding them, and kept as far as they are right.

        Returns:
            A ``whisper.DecodingResult`` without a no-speech probability.
        """
        from whisper import DecodingResult
        from whisper.decoding import compression_ratio

        tokenizer = self._task.tokenizer
        last = tokenizer.timestamp_begin + round((seconds - AT_THE_END_S) / TIMESTAMP_S)
        tokens, logprob = self._greedily(decoding, max(last, tokenizer.timestamp_begin + 1), draft)
        if tokens[-1:] == [tokenizer.eot]:
            tokens.pop()
        text = tokenizer.decode(tokens).strip()
        return DecodingResult(
            audio_features=None,
            language=self.language,
            tokens=tokens,
            text=text,
            avg_logprob=logprob / (len(tokens) + 1),
            temperature=0.0,
            compression_ratio=compression_ratio(text),
        )

    def _greedily(
        self, decoding: Decoding, last: int, draft: Sequence[int]
    ) -> tuple[list[int], float]:
        """Return the tokens and their logprob; the end, or a token from ``last`` on, ends them."""
        task, start = self._task, self._start
        most = self.most_tokens
        ahead = list(draft[: most - 1])
        logits = self._decoder.logits([*start, *ahead], decoding, last=len(ahead) + 1)
        tokens: list[int] = []
        total, row = 0.0, 0
        while len(tokens) < most:
            token, logprob = self._chosen(logits[row], tokens)
            tokens.append(token)
            total += logprob
            if token == task.tokenizer.eot or token >= last:
                break
            if ahead[row : row + 1] == [token]:
                row += 1
                continue
            # The draft is used up, or wrong from here on.
            decoding.forget_after(len(start) + len(tokens) - 1)
            logits = self._decoder.logits([token], decoding, last=1)
            ahead, row = [], 0
        return tokens, total

    def _chosen(self, logits: Any, tokens: list[int]) -> tuple[int, float]:
        """Return the likeliest token that the rules allow, and its log-probability."""
        import torch

        logits = logits[None]
        so_far = torch.tensor([[*self._start, *tokens]])
        for rule in self._task.logit_filters:
            rule.apply(logits, so_far)
        token = int(logits.argmax(dim=-1))
        return token, float(logits[0, token] - logits.logsumexp(dim=-1))


def draft_tokens(draft: Transcript, tokenizer: Any) -> list[int]:
    """Write a transcript as Whisper does: each segment between its times, but the last one's end.

    That the last one ended there is what has changed since.
    """
    tokens: list[int] = []
    for segment in draft.segments:
        if segment.start_s is None or segment.end_s is None or segment.end_s > WINDOW_S:
            break
        tokens += [
            tokenizer.timestamp_begin + round(segment.start_s / TIMESTAMP_S),
            *tokenizer.encode(f" {segment.text}"),
            tokenizer.timestamp_begin + round(segment.end_s / TIMESTAMP_S),
        ]
    return tokens[:-1]
