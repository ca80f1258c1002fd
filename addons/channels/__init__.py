"""The ways in: terminal, website and Telegram."""
