"""One round of the worker over 100,000 active episodes on PostgreSQL: time, memory and query plans."""

import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, create_engine, text

from server.app import create_app
from server.config import Config, from_environment
from server.persistence import migrate
from server.persistence.db import db, transaction
from server.services import queueing, reminding, staff, ticking
from tests.postgres import DatabaseUrls, running_server

EPISODES, CLINICS = 100_000, 4
MOST_SECONDS, MOST_GROWTH_MB = 5.0, 40
DUE_SHARE = 50
"""One in so many is due in the round: a popular evening minute among those who are asked every day."""
NOW = datetime(2026, 6, 1, 18, 0, tzinfo=UTC)


def fill(connection: Connection, clinic_id: UUID, count: int) -> None:
    """Episodes of the last four weeks with their plans, straight into the tables."""
    values = {"clinic": clinic_id, "count": count, "now": NOW, "share": DUE_SHARE}
    for statement in (
        """INSERT INTO patient (clinic_id, id, name, record_number, search_text, created_at)
           SELECT :clinic, gen_random_uuid(), 'P', n::text, 'p', :now FROM generate_series(1, :count) n""",
        """INSERT INTO episode (clinic_id, id, patient_id, status, zone, performed_at, region, level, side,
             record, revision, protocol, created_at, change_seq, entries, summary)
           SELECT :clinic, gen_random_uuid(), id, 'performed', 'Europe/Berlin',
             CAST(:now AS timestamptz) - interval '1 day' * (1 + random() * 25), 'lumbar', 'L5', 'left',
             '{"procedure": {"anaesthetic": [{"drug": "lidocaine"}]}, "baseline": {"pain": 7}, "events": []}',
             1, 'snrb-default/1', :now, 0, 0, '{}'
           FROM patient WHERE clinic_id = :clinic""",
        """INSERT INTO reminder_setting (clinic_id, patient_id, evening, quiet_from, quiet_until,
             channels, email, refused, updated_at)
           SELECT :clinic, id, 1200, 1320, 420, '["email"]', 'p@example.org', '{}', :now
           FROM patient WHERE clinic_id = :clinic""",
        """INSERT INTO prompt_plan (clinic_id, episode_id, next_at, slot, number, expires_at, facts)
           SELECT :clinic, id,
             CAST(:now AS timestamptz) + interval '1 minute' * ((row_number() OVER ()) % :share * 30),
             'd' || (CAST(:now AS date) - CAST(performed_at AS date)), 1,
             CAST(:now AS timestamptz) + interval '6 hours',
             '{"window_ends": 0, "filled": ["m15", "m30", "m60", "h2"], "usable": 4, "entries": 4}'
           FROM episode WHERE clinic_id = :clinic""",
    ):
        connection.execute(text(statement), values)


def rss_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def explain(clinic_id: UUID) -> bool:
    """Print the plan of the two queries every round begins with; whether both use an index."""
    good = True
    for name, table, condition in (
        ("plans that are due", "prompt_plan", "next_at <= :now ORDER BY next_at LIMIT 500"),
        ("deliveries that are due", "delivery", "state = 'due' AND due_at <= :now ORDER BY due_at LIMIT 5"),
    ):
        with transaction(clinic_id, reading=True) as session:
            statement = f"EXPLAIN (ANALYZE) SELECT * FROM {table} WHERE clinic_id = :clinic AND {condition}"
            lines = [row[0] for row in session.execute(text(statement), {"clinic": clinic_id, "now": NOW})]
        scans = [line.strip() for line in lines if "Scan" in line]
        good = good and not any("Seq Scan" in scan for scan in scans)
        print(f"{name:<24} {scans[-1]}")
        print(f"{'':<24} {lines[-1]}")
    return good


def measure(urls: DatabaseUrls, folder: str) -> bool:
    migrate.upgrade(urls.owner_url, urls.app_url)
    environment = {
        "DATABASE_URL": urls.app_url,
        "DATABASE_OWNER_URL": urls.owner_url,
        "AFTERBLOCK_INSTANCE": folder,
        "LOG_LEVEL": "ERROR",
    }
    config = from_environment(environment)
    app = create_app(config)
    with app.app_context():
        clinics = [
            staff.add_clinic(f"Bench {n}", "+49 30 1", "112", "Europe/Berlin", NOW) for n in range(CLINICS)
        ]
        owner = create_engine(urls.owner_url)
        for clinic_id in clinics:
            with owner.begin() as connection:
                connection.execute(
                    text("SELECT set_config('app.clinic_id', :id, true)"), {"id": str(clinic_id)}
                )
                fill(connection, clinic_id, EPISODES // CLINICS)
        with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))  # as autovacuum would
        owner.dispose()
        good = rounds(clinics, config)
        db.engine.dispose()
    return good


def database_seconds() -> float:
    """What the database's processes have computed so far; a busy machine makes a round longer, not this."""
    with transaction(None, reading=True) as session:
        pids = session.scalars(text("SELECT pid FROM pg_stat_activity WHERE usename = current_user")).all()
    ticks = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13] for pid in pids]
    return sum(int(part) for pair in ticks for part in pair) / os.sysconf("SC_CLK_TCK")


def one_round(clinics: list[UUID], config: Config, now: datetime) -> tuple[int, float, float]:
    """What a worker does but for the sending: make what is due into reminders, and all its other jobs.

    How many, how long, and how much of that the worker itself computed; the rest is waiting.
    """
    start, busy = time.perf_counter(), time.process_time()
    made = sum(reminding.make_due(id_, {"email"}, now) + reminding.give_up(id_, now) for id_ in clinics)
    for job in (ticking.reread_due, ticking.recheck_alerts, ticking.escalate_alerts, ticking.make_digests):
        job(now)
    ticking.expire(config, now)
    queueing.report_queue(now)
    return made, time.perf_counter() - start, time.process_time() - busy


def rounds(clinics: list[UUID], config: Config) -> bool:
    _, quiet, _ = one_round(clinics, config, NOW - timedelta(minutes=1))
    before = rss_mb()
    theirs = database_seconds()
    made, busy, own = one_round(clinics, config, NOW)
    theirs = database_seconds() - theirs
    growth = rss_mb() - before
    indexed = explain(clinics[0])
    print(f"nothing due: {quiet:.2f} s over {EPISODES:,} active episodes")
    print(
        f"{made:,} due: {busy:.2f} s ({own:.2f} s of it the worker computes, {theirs:.2f} s the database), "
        f"{1e6 * busy / max(1, made):.0f} us each; memory grew by {growth:.0f} MB"
    )
    within = max(busy, quiet) <= MOST_SECONDS and growth <= MOST_GROWTH_MB and indexed
    budget = f"{MOST_SECONDS:.0f} s, {MOST_GROWTH_MB} MB and indexes"
    print(f"{'within' if within else 'OVER'} the budget of {budget}")
    return within and made >= EPISODES // DUE_SHARE  # a diary of yesterday may have two due at once


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name, running_server(durable=True) as server:
        sys.exit(0 if measure(server.empty(), name) else 1)
