"""How domain values rest in SQLite or PostgreSQL."""
