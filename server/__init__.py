"""Afterblock: the outcome diary after a selective nerve root block."""
