"""Steps: choosing the fitting one, and telling it."""
