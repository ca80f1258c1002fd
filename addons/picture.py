"""Draws which act was taken for which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path


def draw_confusion(wanted: Sequence[str], given: Sequence[str], path: Path) -> None:
    """Writes a PNG: a row for each act as meant, a column as decided, shades by share of the row.

    Args:
        wanted: the act of each sentence as labelled.
        given: the act decided for each sentence, in the same order.
        path: where the picture goes.
    """
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    names = sorted(set(wanted) | set(given))
    pairs, rows = Counter(zip(wanted, given, strict=True)), Counter(wanted)
    shares = [[pairs[w, g] / max(1, rows[w]) for g in names] for w in names]
    figure, axes = pyplot.subplots(figsize=(9, 8))
    axes.imshow(shares, cmap="Greys", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), labels=names, rotation=60, ha="right")
    axes.set_yticks(range(len(names)), labels=names)
    axes.set_xlabel("decided")
    axes.set_ylabel("meant")
    for row, w in enumerate(names):
        for column, g in enumerate(names):
            if pairs[w, g]:
                shade = "white" if shares[row][column] > 0.5 else "black"
                axes.text(column, row, pairs[w, g], ha="center", va="center", color=shade)
    figure.tight_layout()
    figure.savefig(path, dpi=80, metadata={"Software": None})
    pyplot.close(figure)
