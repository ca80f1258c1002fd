"""What plugs into Rasa: components, policies, channels, stores, and the program around it."""
