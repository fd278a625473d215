"""Whisper's network, computed on what was said: openai-whisper's weights, fewer bytes and steps.

The encoder is openai-whisper's own, run on as many frames as the clip has and not on 30 s of
them. The decoder computes what ``whisper.model.TextDecoder`` computes, without its hooks, and
with what ``arithmetic`` found to be fastest. Its last product, with 50,000 tokens, is rounded;
the tokens that matter are then worked out again in 32-bit floats, so that what is chosen is what
32-bit floats would choose.
"""

from __future__ import annotations

import copy
from typing import Any

from trainer.speech_to_text.arithmetic import Arithmetic, product_with

REFINED = 48  # likeliest tokens that are worked out exactly, of each position


class QuickEncoder:
    """Encodes spectrograms of any length up to 30 s."""

    def __init__(self, model: Any, arithmetic: Arithmetic) -> None:
        import torch

        self._encoder = model.encoder
        self._dtype = torch.float32
        if arithmetic.bfloat16:
            self._dtype = torch.bfloat16
            self._encoder = copy.deepcopy(model.encoder)
            for module in self._encoder.modules():
                # Not the normalising layers, which openai-whisper computes in 32-bit floats.
                if isinstance(module, torch.nn.Linear | torch.nn.Conv1d):
                    module.to(torch.bfloat16)

    def __call__(self, mel: Any) -> Any:
        """Encode a spectrogram, shape (batch, n_mels, 2n) to (batch, n, n_state), 32-bit floats."""
        from torch.nn.functional import gelu

        encoder = self._encoder
        x = gelu(encoder.conv1(mel.to(self._dtype)))
        x = gelu(encoder.conv2(x)).permute(0, 2, 1)
        x = (x + encoder.positional_embedding[: x.shape[1]]).to(self._dtype)
        for block in encoder.blocks:
            x = block(x)
        return encoder.ln_post(x).float()


class _Block:
    """One layer of the decoder."""

    def __init__(self, block: Any, arithmetic: Arithmetic) -> None:
        import torch

        def joined(*layers: Any) -> Any:
            weight = torch.cat([each.weight for each in layers])
            biases = [
                torch.zeros(len(each.weight)) if each.bias is None else each.bias for each in layers
            ]
            return product_with(weight, torch.cat(biases), arithmetic)

        attn, cross, mlp = block.attn, block.cross_attn, block.mlp
        self.norms = (block.attn_ln, block.cross_attn_ln, block.mlp_ln)
        self.query_key_value = joined(attn.query, attn.key, attn.value)
        self.out = joined(attn.out)
        self.cross_query = joined(cross.query)
        self.cross_out = joined(cross.out)
        self.widen, self.narrow = joined(mlp[0]), joined(mlp[2])
        # Once a clip and for all frames: the encoder's kind of product, not the decoder's.
        dtype = torch.bfloat16 if arithmetic.bfloat16 else torch.float32
        self._key_value = torch.cat([cross.key.weight, cross.value.weight]).detach().to(dtype)
        self._value_bias = cross.value.bias.detach()

    def heard(self, features: Any, heads: int) -> tuple[Any, Any]:
        """Return keys and values of what was heard, each (batch, heads, frames, n)."""
        from torch.nn.functional import linear

        both = linear(features.to(self._key_value.dtype), self._key_value).float()
        keys, values = both.chunk(2, dim=-1)
        return _by_head(keys, heads), _by_head(values + self._value_bias, heads)


class QuickDecoder:
    """Gives the logits of the next token; ``begin`` makes what it has to remember of a clip."""

    def __init__(self, model: Any, arithmetic: Arithmetic) -> None:
        import torch

        decoder = model.decoder
        self._heads = model.dims.n_text_head
        self._embedding = decoder.token_embedding.weight.detach()
        self._positions = decoder.positional_embedding.detach()
        self._norm = decoder.ln
        self._refined = arithmetic.int8_weights
        self._vocabulary = product_with(self._embedding, None, arithmetic)
        with torch.inference_mode():
            self._blocks = [_Block(block, arithmetic) for block in decoder.blocks]

    def begin(self, features: Any) -> Decoding:
        """Begin to decode what was heard, features of shape (1, frames, n_state)."""
        return Decoding([block.heard(features, self._heads) for block in self._blocks])

    def logits(self, tokens: list[int], decoding: Decoding, *, last: int) -> Any:
        """Go on with some tokens; return the logits after each of the ``last`` of them.

        Returns:
            Shape (last, vocabulary), 32-bit floats.
        """
        import torch

        start = decoding.length
        x = self._embedding[tokens] + self._positions[start : start + len(tokens)]
        for number, block in enumerate(self._blocks):
            x = self._through(block, x, decoding, number)
        decoding.length = start + len(tokens)
        x = self._norm(x[-last:])
        logits = self._vocabulary(x)
        if self._refined:
            likely = logits.topk(REFINED, dim=-1).indices
            exact = torch.bmm(self._embedding[likely], x[:, :, None])[:, :, 0]
            logits.scatter_(1, likely, exact)
        return logits

    def _through(self, block: _Block, x: Any, decoding: Decoding, number: int) -> Any:
        from torch.nn.functional import gelu

        attn_norm, cross_norm, mlp_norm = block.norms
        query, key, value = block.query_key_value(attn_norm(x)).chunk(3, dim=-1)
        keys, values = decoding.extend(
            number, _by_head(key[None], self._heads), _by_head(value[None], self._heads)
        )
        x = x + block.out(self._attended(query, keys, values, causal=True))
        query = block.cross_query(cross_norm(x))
        x = x + block.cross_out(self._attended(query, *decoding.heard[number], causal=False))
        return x + block.narrow(gelu(block.widen(mlp_norm(x))))

    def _attended(self, query: Any, keys: Any, values: Any, *, causal: bool) -> Any:
        import torch
        from torch.nn.functional import scaled_dot_product_attention

        query = _by_head(query[None], self._heads)
        new, known = query.shape[2], keys.shape[2]
        mask = None
        if causal and new > 1:
            mask = torch.ones(new, known, dtype=torch.bool).tril(known - new)
        found = scaled_dot_product_attention(query, keys, values, attn_mask=mask)
        return found[0].transpose(0, 1).flatten(1)


class Decoding:
    """What the decoder remembers of one clip and of the tokens so far."""

    def __init__(self, heard: list[tuple[Any, Any]]) -> None:
        self.heard = heard
        self.length = 0
        """Tokens so far."""
        self._said: list[tuple[Any, Any] | None] = [None] * len(heard)

    def extend(self, number: int, key: Any, value: Any) -> tuple[Any, Any]:
        """Add the keys and values of new tokens to a layer's and return all of them."""
        import torch

        before = self._said[number]
        if before is None:
            both = (key, value)
        else:
            both = (torch.cat([before[0], key], dim=2), torch.cat([before[1], value], dim=2))
        self._said[number] = both
        return both

    def forget_after(self, length: int) -> None:
        """Take back tokens, so that only the first ``length`` of them were given."""
        self.length = length
        self._said = [
            None if each is None else (each[0][:, :, :length], each[1][:, :, :length])
            for each in self._said
        ]


def _by_head(x: Any, heads: int) -> Any:
    """Split the last dimension among heads: (batch, n, state) to (batch, heads, n, state/heads)."""
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)
