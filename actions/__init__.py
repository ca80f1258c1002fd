"""Rasa's custom actions, one module per capability. Each hands the turn to the core."""
