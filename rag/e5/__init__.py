"""multilingual-e5-small from its 4-bit weights: `weights` → `graph` → `engine`, no torch needed."""

BUILD = 1
"""Changes when the same weights would give other vectors."""
