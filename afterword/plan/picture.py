"""A small picture of the weeks: pauses, writing and steps, as an SVG that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _PAD = 420, 16
_CAPTION, _SPACE = 18, 14  # a caption's height, and what is left free below a part
_BAR, _DOT = 14, 6
_FEELINGS = 60  # the height in which feelings from 1 to 5 are drawn
_COLOUR, _PALE = "#2f6f6b", "#d5e4e3"
_PER_ROW = 16  # squares in a row


@dataclass(frozen=True)
class Weeks:
    """What the picture shows.

    Attributes:
        pauses: for each pause, days held and days agreed.
        feelings: for each page of writing, how it felt before and after, from 1 to 5.
        steps: how many steps were looked at.
        captions: by part ("pause_days", "feelings", "steps"), the words above it.
    """

    pauses: Sequence[tuple[int, int]]
    feelings: Sequence[tuple[int, int]]
    steps: int
    captions: dict[str, str]


def svg(weeks: Weeks, title: str) -> str:
    """The picture; `title` is what a screen reader says, and parts with nothing are left out."""
    drawn: list[str] = []
    top = _PAD
    for part, size, draw in (
        ("pause_days", len(weeks.pauses) * (_BAR + 6), _pauses),
        ("feelings", _FEELINGS + 2 * _DOT if weeks.feelings else 0, _feelings),
        ("steps", -(-weeks.steps // _PER_ROW) * (_BAR + 6), _steps),
    ):
        if not size:
            continue
        drawn.append(
            f'<text x="{_PAD}" y="{top + 12}" font-family="sans-serif" font-size="13" '
            f'fill="#1d1d1d">{escape(weeks.captions[part])}</text>'
        )
        drawn.append(draw(weeks, top + _CAPTION + 4))
        top += _CAPTION + size + _SPACE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" role="img" '
        f'width="{_WIDTH}" height="{top}"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(drawn)}</svg>'
    )


def _pauses(weeks: Weeks, top: int) -> str:
    """A bar for each pause, as long as it was agreed, full as far as it was held."""
    room = _WIDTH - 2 * _PAD
    longest = max(agreed for _, agreed in weeks.pauses)
    bars = []
    for place, (held, agreed) in enumerate(weeks.pauses):
        y = top + place * (_BAR + 6)
        bars.append(_box(_PAD, y, room * agreed / longest, _PALE))
        bars.append(_box(_PAD, y, room * held / longest, _COLOUR))
    return "".join(bars)


def _feelings(weeks: Weeks, top: int) -> str:
    """A line for each page from before (open) to after (full), better above worse."""
    step = min(48.0, (_WIDTH - 2 * _PAD - 24) / len(weeks.feelings))
    marks = []
    for place, (before, after) in enumerate(weeks.feelings):
        x = _PAD + _DOT + place * step
        from_y, to_y = _height(before, top), _height(after, top)
        marks.append(
            f'<line x1="{x:.1f}" y1="{from_y:.1f}" x2="{x + 16:.1f}" y2="{to_y:.1f}" '
            f'stroke="{_COLOUR}" stroke-width="2"/>'
            f'<circle cx="{x:.1f}" cy="{from_y:.1f}" r="{_DOT - 1}" fill="#ffffff" '
            f'stroke="{_COLOUR}" stroke-width="2"/>'
            f'<circle cx="{x + 16:.1f}" cy="{to_y:.1f}" r="{_DOT - 1}" fill="{_COLOUR}"/>'
        )
    return "".join(marks)


def _steps(weeks: Weeks, top: int) -> str:
    """A square for each step."""
    return "".join(
        _box(_PAD + n % _PER_ROW * (_BAR + 8), top + n // _PER_ROW * (_BAR + 6), _BAR, _COLOUR)
        for n in range(weeks.steps)
    )


def _height(feeling: int, top: int) -> float:
    return top + _DOT + _FEELINGS * (5 - feeling) / 4


def _box(x: float, y: float, width: float, colour: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{_BAR}" rx="3" '
        f'fill="{colour}"/>'
    )
