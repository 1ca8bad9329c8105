"""One file a page: widgets only."""
