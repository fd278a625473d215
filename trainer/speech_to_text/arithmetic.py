"""How Whisper's matrices are multiplied on this processor: no more exactly than need be.

Decoding reads every weight once for each token, so on a CPU it takes as long as the weights take
to come from memory: 8-bit weights come four times as fast as 32-bit ones. Encoding multiplies
each weight by hundreds of frames, so there it is the arithmetic that counts: bfloat16, where the
processor has instructions for it. Both are tried out for a few milliseconds when a model is
loaded, and 32-bit floats are kept where they are not faster or not there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

_TRIALS = 5
_WORTH_IT = 0.8  # of the seconds that 32-bit floats take; less of a gain is not worth rounding

Product = Callable[[Any], Any]
"""From a matrix of 32-bit floats, shape (m, k), to one of shape (m, n)."""


class Arithmetic(NamedTuple):
    """Which short cuts pay on this processor."""

    bfloat16: bool
    """Encode in bfloat16."""
    int8_weights: bool
    """Decode with 8-bit weights, a scale for each output."""


EXACT = Arithmetic(bfloat16=False, int8_weights=False)


@cache
def of_this_processor() -> Arithmetic:
    """Try out which short cuts pay; they are asked for once a process."""
    import torch

    with torch.inference_mode():
        return Arithmetic(bfloat16=_bfloat16_pays(torch), int8_weights=_int8_pays(torch))


def product_with(weight: Any, bias: Any | None, arithmetic: Arithmetic) -> Product:
    """Return the product with a weight matrix of shape (n, k), plus the bias of shape (n,)."""
    import torch
    from torch.nn.functional import linear

    weight = weight.detach().float()
    bias = None if bias is None else bias.detach().float().clone()
    if not arithmetic.int8_weights:
        weight = weight.clone()
        return lambda x: linear(x, weight, bias)
    scale = (weight.abs().amax(dim=1).clamp_min(1e-8) / 127).bfloat16()
    short = (weight / scale.float()[:, None]).round().clamp(-127, 127).to(torch.int8)

    def product(x: Any) -> Any:
        found = torch._weight_int8pack_mm(x.bfloat16(), short, scale).float()
        return found if bias is None else found.add_(bias)

    return product


def _bfloat16_pays(torch: Any) -> bool:
    """Compare the product that encoding consists of, at the size of Whisper base."""
    x, w = torch.randn(300, 512), torch.randn(2048, 512)
    short_x, short_w = x.bfloat16(), w.bfloat16()
    linear = torch.nn.functional.linear
    exact_s, short_s = _fastest(lambda: linear(x, w)), _fastest(lambda: linear(short_x, short_w))
    return short_s < _WORTH_IT * exact_s


def _int8_pays(torch: Any) -> bool:
    """Compare the product that decoding consists of, and check that the kernel is right.

    torch calls it private: it may go, or have a kernel that is slow or wrong on some processor.
    """
    if not hasattr(torch, "_weight_int8pack_mm"):
        return False
    w = torch.randn(16384, 512)  # more than a cache holds in 32 bits
    x = torch.randn(1, 512)
    exact = product_with(w, None, EXACT)
    try:
        short = product_with(w, None, Arithmetic(bfloat16=False, int8_weights=True))
        error = (short(x) - exact(x)).abs().max() / exact(x).abs().max()
    except (RuntimeError, NotImplementedError, TypeError):
        return False
    return float(error) < 0.02 and _fastest(lambda: short(x)) < _WORTH_IT * _fastest(
        lambda: exact(x)
    )


def _fastest(act: Callable[[], object]) -> float:
    """Return the seconds of the fastest of a few trials: the others were disturbed."""
    act()
    seconds = []
    for _ in range(_TRIALS):
        began = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - began)
    return min(seconds)
