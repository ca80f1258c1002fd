"""Afterword's core: hears, guards, reflects and advises. Plain Python; imports no Rasa."""
