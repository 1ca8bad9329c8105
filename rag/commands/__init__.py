"""The commands of `yinju`, by theme; each is thin over `Engine`."""
