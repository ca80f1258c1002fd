"""What a message says: the causes it names, the feelings, and what kind of message it is."""
