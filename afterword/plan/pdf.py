"""The plan as a PDF, laid out by fpdf2 in the typeface that matplotlib brings along."""

from __future__ import annotations

from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import TTFFont

from afterword.plan.page import Page

_FACE = "DejaVu"
_MARGIN, _INDENT, _LINE = 20, 6, 6.5  # millimetres
_NO_DATE = datetime(2000, 1, 1, tzinfo=timezone.utc)
_MISSING = "\u25a1"  # an empty square, for signs the typeface does not have, such as most emoji


def as_pdf(page: Page) -> bytes:
    """The page on A4 paper, with selectable text and nothing fetched from anywhere.

    Raises:
        FileNotFoundError: matplotlib's typeface is not installed.
    """
    pdf = FPDF(format="A4", unit="mm")
    pdf.set_title(page.title)
    pdf.set_lang("en")
    pdf.set_creation_date(_NO_DATE)  # the same plan makes the same file, which says no hour
    pdf.set_margins(_MARGIN, _MARGIN)
    pdf.set_auto_page_break(True, margin=_MARGIN)
    pdf.add_font(_FACE, fname=_face("DejaVuSans.ttf"))
    pdf.add_font(_FACE, style="B", fname=_face("DejaVuSans-Bold.ttf"))
    pdf.add_page()
    _write(pdf, page.title, size=18, bold=True)
    for heading, lines in page.sections:
        pdf.ln(_LINE / 2)
        _write(pdf, heading, size=13, bold=True)
        for line in lines:
            _write(pdf, f"\u2022 {line}", size=11, indent=_INDENT)
    return bytes(pdf.output())


def _write(pdf: FPDF, text: str, size: float, bold: bool = False, indent: float = 0) -> None:
    pdf.set_font(_FACE, style="B" if bold else "", size=size)
    face = pdf.current_font
    known = face.cmap if isinstance(face, TTFFont) else {}
    drawn = "".join(sign if sign == "\n" or ord(sign) in known else _MISSING for sign in text)
    pdf.set_x(_MARGIN + indent)
    pdf.multi_cell(0, _LINE, drawn, align="L", new_x="LMARGIN", new_y="NEXT")


def _face(name: str) -> Path:
    """The file of a typeface. matplotlib is not imported for it: where people are served there is
    only a stand-in of it (addons/light.py)."""
    try:
        files = distribution("matplotlib")
    except PackageNotFoundError as error:
        raise FileNotFoundError(f"{name}: matplotlib, which brings it, is not installed") from error
    path = Path(str(files.locate_file(f"matplotlib/mpl-data/fonts/ttf/{name}")))
    if not path.is_file():
        raise FileNotFoundError(f"{path}: the typeface for PDF files is missing")
    return path
