"""Privacy: the first notice, consent, everything to take away, and being forgotten."""
