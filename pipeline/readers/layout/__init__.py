"""Printed pages to blocks, for every reader that knows where each character stands."""
