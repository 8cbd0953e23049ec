"""The sample sites."""
