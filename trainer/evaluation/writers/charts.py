"""Charts as inline SVG: every bar has its number beside it, and groups differ by hatching too."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from trainer.types import Group

_WIDTH, _HEIGHT = 460, 170
_LEFT, _RIGHT, _TOP, _BOTTOM = 16, 16, 18, 34
_ROW, _NAME, _COUNT = 24, 170, 150  # of the bars by label: row height, room for name and count

_HATCH = {
    Group.OPEN: "",
    Group.CLOSED: '<path d="M0 8 L8 0"/>',
    Group.STEERING_QUESTION: '<path d="M0 0 L8 8 M0 8 L8 0"/>',
    Group.LISTENING: '<circle cx="4" cy="4" r="1.4"/>',
    Group.TELLING: '<path d="M0 4 H8"/>',
    Group.STEERING_STATEMENT: '<path d="M4 0 V8 M0 4 H8"/>',
    Group.SOCIAL: '<path d="M4 0 V8"/>',
}


def histogram(counts: Sequence[int], title: str) -> str:
    """Draw how many turns are in each tenth of the scale."""
    most = max([*counts, 1])
    width = (_WIDTH - _LEFT - _RIGHT) / len(counts)
    room = _HEIGHT - _TOP - _BOTTOM
    base = _HEIGHT - _BOTTOM
    step = 100 // len(counts)
    parts = []
    for at, count in enumerate(counts):
        height = room * count / most
        x = _LEFT + at * width
        middle = x + width / 2
        parts.append(
            f'<rect class="bar" x="{x + 2:.1f}" y="{base - height:.1f}" width="{width - 4:.1f}" '
            f'height="{height:.1f}"/>'
            f'<text x="{middle:.1f}" y="{base - height - 4:.1f}" text-anchor="middle">'
            f"{count}</text>"
            f'<text x="{x:.1f}" y="{base + 15}" text-anchor="middle">{at * step}</text>'
        )
    parts.append(f'<text x="{_WIDTH - _RIGHT}" y="{base + 15}" text-anchor="middle">100</text>')
    axis = f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{base}" y2="{base}"/>'
    caption = f'<text x="{_WIDTH / 2}" y="{_HEIGHT - 2}" text-anchor="middle">points</text>'
    return _svg(_WIDTH, _HEIGHT, title, "".join(parts) + axis + caption)


def bars(counts: Sequence[tuple[str, str, int]], title: str) -> str:
    """Draw a bar for each label: its name, its group, its count."""
    most = max((count for _, _, count in counts), default=1)
    total = sum(count for _, _, count in counts) or 1
    room = _WIDTH + 260 - _NAME - _COUNT
    parts = [_patterns()]
    for at, (name, group, count) in enumerate(counts):
        y = at * _ROW
        width = max(1.0, room * count / most)
        pattern = group.replace(" ", "-")
        parts.append(
            f'<text x="{_NAME - 8}" y="{y + 16}" text-anchor="end">{escape(name)}</text>'
            f'<rect class="plain" x="{_NAME}" y="{y + 4}" width="{width:.1f}" height="16"/>'
            f'<rect class="hatch" fill="url(#{pattern})" x="{_NAME}" y="{y + 4}" '
            f'width="{width:.1f}" height="16"/>'
            f'<text x="{_NAME + width + 6:.1f}" y="{y + 16}">{count} ({count / total:.0%}), '
            f"{escape(group)}</text>"
        )
    return _svg(_WIDTH + 260, max(len(counts), 1) * _ROW, title, "".join(parts))


def share_bar(share: float | None) -> str:
    """Draw the manager's share of a talk with the half marked; words where it is not known."""
    if share is None:
        return "not known"
    drawn = _svg(
        120,
        14,
        f"the manager spoke {share:.0%}",
        '<rect class="frame" x="0.5" y="2.5" width="119" height="10"/>'
        f'<rect class="bar" x="0.5" y="2.5" width="{119 * share:.1f}" height="10"/>'
        '<line x1="60" x2="60" y1="0" y2="14"/>',
        inline=True,
    )
    return f"{drawn} {share:.0%}"


def _patterns() -> str:
    made = "".join(
        f'<pattern id="{group.value.replace(" ", "-")}" width="8" height="8" '
        f'patternUnits="userSpaceOnUse"><g class="ink">{marks}</g></pattern>'
        for group, marks in _HATCH.items()
    )
    return f"<defs>{made}</defs>"


def _svg(width: int, height: int, title: str, inside: str, *, inline: bool = False) -> str:
    size = f' width="{width}" height="{height}" class="inline"' if inline else ""
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img"{size}>'
        f"<title>{escape(title)}</title>{inside}</svg>"
    )
