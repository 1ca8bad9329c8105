"""Questions inside a conversation, made to stand alone."""
