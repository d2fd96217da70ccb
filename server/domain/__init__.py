"""The clinical protocol as pure functions: no clock, no database, no network."""
