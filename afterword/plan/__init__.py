"""The plan: one page in the person's own words, as text, Markdown and a printable page."""
