"""The pause: its dates, how they are read from words, and a picture of the days."""
