"""Readings as words for the record: domain values in, text out."""
