"""Listening: answers what is told, names what was felt, offers what was heard."""
