"""Whether a report's printed numbers hold together: one module per rule, found by discovery (`registry`)."""
