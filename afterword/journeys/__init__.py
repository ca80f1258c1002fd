"""Journeys: talks of several turns with one open question at a time."""
