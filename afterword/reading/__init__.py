"""From raw text to words with lemmas, every one of them tied to its place in the raw text."""

from afterword.reading.document import Document, Reader, Sentence
from afterword.reading.words import Word

__all__ = ["Document", "Reader", "Sentence", "Word"]
