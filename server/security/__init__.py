"""Passwords, tokens, codes, and who may do what."""
