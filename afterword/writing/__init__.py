"""Writing: the prompts, which of them fit, and when to stop."""
