"""The fixtures give each test a migrated database of its own, on both kinds."""

import pytest
from sqlalchemy import create_engine, inspect, text

from tests.conftest import SettableClock
from tests.postgres import DatabaseUrls


def engine_of(url: str):
    return create_engine(url)


@pytest.mark.parametrize("run", ["first", "second"])
def test_each_test_gets_a_fresh_migrated_database(database: DatabaseUrls, run: str):
    owner = engine_of(database.owner_url)
    assert {"entry", "entry_revision", "episode"} <= set(inspect(owner).get_table_names())
    with owner.begin() as connection:
        assert "left_behind" not in inspect(connection).get_table_names()
        connection.execute(text("create table left_behind (id integer)"))
    owner.dispose()


def test_the_clock_says_what_it_was_set_to(clock: SettableClock):
    before = clock.now()
    assert (clock.advance(minutes=30) - before).total_seconds() == 1800
    clock.set(before)
    assert clock() == before
