"""Invented patients with lifelike diaries, one for each course a physician meets."""
