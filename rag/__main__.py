"""`python -m rag` is the `yinju` command."""

from rag.cli import main

main()
