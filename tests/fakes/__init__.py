"""Stand-ins for services we do not own."""
