"""What plugs into Rasa's pipeline: one reading of the message, one decision about its intent."""
