"""Questions that only whole documents can answer, and the passes over every passage for them."""
