"""The `afterblock` command."""

from __future__ import annotations

import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING
from uuid import UUID, uuid4

import click

from server import clock, config
from server.config import Config
from server.domain.criteria import Criteria, find_criteria
from server.errors import AfterblockError

if TYPE_CHECKING:
    from flask import Flask


class Moment(click.ParamType[datetime]):
    """A time in ISO form with an offset."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail("not a time; write it as 2026-03-01T14:00:00+01:00", param, ctx)
        if moment.tzinfo is None:
            self.fail("the time needs an offset, such as +01:00 or Z", param, ctx)
        return moment


class CriteriaName(click.ParamType[Criteria]):
    """The name of a criteria set, with or without its version."""

    name = "name"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Criteria:
        if isinstance(value, Criteria):
            return value
        try:
            return find_criteria(str(value))
        except KeyError:
            self.fail(f"there is no criteria set '{value}'", param, ctx)


# Most imports below stand inside the commands: `analyse` must start fast, without the web stack.


@contextmanager
def _app() -> Iterator[tuple[Flask, Config]]:
    from server.app import create_app

    settings = config.from_environment()
    app = create_app(settings)
    with app.app_context():
        yield app, settings


@click.group()
def cli() -> None:
    """Afterblock: the outcome diary after a selective nerve root block."""


@cli.command()
@click.option("--criteria", type=CriteriaName(), default="snrb-default", show_default=True)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes to use.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def analyse(criteria: Criteria, jobs: int, files: tuple[str, ...]) -> None:
    """Read diaries (JSON Lines; - is standard input) and write one reading a line.

    A line that cannot be used becomes an error line; the exit status is then 1.
    """
    from server.services.analysis import analyse as read_diaries

    failed = False
    with ExitStack() as stack:
        for stream in [_opened(stack, name) for name in files]:
            for answer in read_diaries(stream, criteria, jobs):
                sys.stdout.write(answer.text)
                failed = failed or answer.failed
    sys.exit(1 if failed else 0)


def _opened(stack: ExitStack, name: str) -> IO[bytes]:
    if name == "-":
        return sys.stdin.buffer
    try:
        return stack.enter_context(Path(name).open("rb"))
    except OSError as error:
        raise click.UsageError(f"{name}: {error.strerror}") from error


@cli.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from server.persistence import migrate as migrations

    settings = config.from_environment()
    migrations.upgrade(settings.owner_database_url, settings.database_url)
    click.echo(f"The database is at {migrations.head()}.")
    from server.services import staff

    with _app():
        if not staff.any_clinic():
            click.echo("There is no clinic yet. `afterblock add-clinic --help` says how to make one;")
            click.echo("`make demo` shows the product with invented patients instead.")


@cli.command("add-clinic")
@click.option("--name", required=True)
@click.option("--phone", required=True, help="The number patients call.")
@click.option("--emergency-number", required=True, help="For example 112 or 911.")
@click.option("--zone", required=True, help="For example Europe/Berlin.")
def add_clinic(name: str, phone: str, emergency_number: str, zone: str) -> None:
    """Make a clinic and print its id."""
    from server.services import staff

    with _app():
        click.echo(staff.add_clinic(name, phone, emergency_number, zone, clock.now()))


@cli.command("add-clinician")
@click.option("--clinic", "clinic_id", required=True, type=click.UUID)
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", required=True, type=click.Choice(["physician", "nurse", "admin", "auditor"]))
@click.option("--password-file", type=click.File(), help="Without it a password is made and printed once.")
def add_clinician(clinic_id: UUID, email: str, name: str, role: str, password_file: IO[str] | None) -> None:
    """Make a staff user and print the sign-in."""
    from server.services import staff

    password = password_file.read().strip() if password_file else secrets.token_urlsafe(12)
    with _app():
        staff.add_clinician(clinic_id, email, name, role, password, clock.now())
    click.echo(f"{email} ({role})" + ("" if password_file else f"  password: {password}"))


@cli.command()
@click.option("--criteria", type=CriteriaName(), required=True, help="The set to read under.")
@click.option("--dry-run", is_flag=True, help="Only report; store no reading.")
def recompute(criteria: Criteria, *, dry_run: bool) -> None:
    """Read all episodes under a criteria set and report how the readings differ from those in force.

    The report names episodes by their ids alone. The exit status is 1 if an episode could not be read.
    """
    from server.services import recompute as recomputing

    with _app():
        report = recomputing.recompute(criteria, clock.now(), dry_run=dry_run)
    for line in recomputing.in_words(report):
        click.echo(line)
    sys.exit(1 if report.failed else 0)


@cli.command("import")
@click.argument("kind", type=click.Choice(["procedures", "diary"]))
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--clinic", "clinic_id", required=True, type=click.UUID)
@click.option("--by", "email", required=True, help="E-mail address of the clinician in whose name.")
@click.option("--mapping", "mapping_path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--zone", help="Zone of local times; without it the clinic's.")
@click.option("--store", is_flag=True, help="Store it; without this the file is only checked.")
def import_file(
    kind: str,
    path: Path,
    clinic_id: UUID,
    email: str,
    mapping_path: Path | None,
    zone: str | None,
    *,
    store: bool,
) -> None:
    """Take in a CSV file of patients and procedures, or of diaries: all of it or nothing.

    Prints what is to be said about single lines. The exit status is 1 when the file cannot be taken.
    """
    from server.services import importing

    with _app():
        mapping = importing.read_mapping(mapping_path.read_bytes() if mapping_path else None)
        file = importing.File(kind, path.read_bytes(), mapping, zone)
        staff = importing.acting(uuid4(), email, clinic_id)
        report = importing.run(staff, file, clock.now(), confirmed=file.digest if store else None)
    for line in importing.in_words(report):
        click.echo(line)
    sys.exit(1 if report.errors else 0)


@cli.command()
def demo() -> None:
    """Fill an empty database with one clinic, its staff and a patient for each course."""
    from server.demo.clinic import build

    with _app() as (_, settings):
        passwords = build(settings, clock.now())
    click.echo(f"Sign in at {settings.public_url}/clinic with one of")
    for email, password in passwords.items():
        click.echo(f"  {email:24} {password}")


@cli.command()
@click.option("--now", "at", type=Moment(), default=None, help="Pretend that it is this time.")
def tick(at: datetime | None) -> None:
    """Run every job of the worker once."""
    from server.services import ticking

    with _app() as (_, settings):
        click.echo(json.dumps(ticking.tick(settings, at or clock.now())))


def main() -> None:
    """Run the command; expected trouble is one plain sentence and exit status 2."""
    try:
        cli()
        sys.stdout.flush()
    except AfterblockError as error:
        click.echo(error.detail, err=True)
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read the output has seen enough, as with `| head`; nothing more can be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


if __name__ == "__main__":
    main()
