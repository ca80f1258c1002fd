"""A picture of a pause's days: dots as text, and the same as an SVG that needs nothing else."""

from __future__ import annotations

from html import escape

_PER_ROW = 10
_SIZE, _GAP = 22, 8


def dots(day: int, days: int) -> str:
    """One sign a day in rows of ten: full for days gone, ringed for today, empty for the rest."""
    signs = ["●" if n < day else "◉" if n == day else "○" for n in range(1, days + 1)]
    rows = (signs[place : place + _PER_ROW] for place in range(0, days, _PER_ROW))
    return "\n".join(" ".join(row) for row in rows)


def svg(day: int, days: int, title: str) -> str:
    """The same picture as an SVG document; `title` is what a screen reader says of it."""
    rows = -(-days // _PER_ROW)
    step = _SIZE + _GAP
    width, height = _PER_ROW * step + _GAP, rows * step + _GAP
    marks = "".join(_circle(n, day, step) for n in range(1, days + 1))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'width="{width}" height="{height}"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{marks}</svg>'
    )


def _circle(number: int, day: int, step: int) -> str:
    x = _GAP + ((number - 1) % _PER_ROW) * step + _SIZE // 2
    y = _GAP + ((number - 1) // _PER_ROW) * step + _SIZE // 2
    fill = "#2f6f6b" if number < day else "#ffffff"
    width = 4 if number == day else 1.5
    return (
        f'<circle cx="{x}" cy="{y}" r="{_SIZE // 2 - 2}" fill="{fill}" '
        f'stroke="#2f6f6b" stroke-width="{width}"/>'
    )
