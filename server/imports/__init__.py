"""Files that come in: bytes to checked rows, with a sentence for everything that cannot be taken."""
