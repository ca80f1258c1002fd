"""Where conversations are kept: a small window of each, only with consent, and never for ever."""
