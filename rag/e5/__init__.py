"""multilingual-e5-small from its 4-bit weights: `weights` → `graph` → `engine`, no torch needed."""

BUILD = 1
"""Changes when the same weights would give other vectors."""

GRAPH = 2
"""Changes when the graph's file does and the vectors stay the same."""

INPUT, MEAN, TOKENS = "embedded", "mean", "tokens"
"""What the graph takes and gives."""
