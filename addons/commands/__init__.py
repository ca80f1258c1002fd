"""The verbs of the `afterword` command, one module each."""
