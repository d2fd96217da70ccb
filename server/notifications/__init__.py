"""Ways to reach people: web push, e-mail, calendar and SMS behind small ports; texts without health data."""
