"""The sense of what people write, for what no rule has words for."""

from afterword.sense.encoder import NoModel
from afterword.sense.sense import Sense, learn_to, sense_of

__all__ = ["NoModel", "Sense", "learn_to", "sense_of"]
