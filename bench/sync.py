"""Our sync endpoint against the minimal server: same database kind, same durability, rounds in turn."""

import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, text

from bench import minimal_server
from bench.batches import BATCH
from bench.load import Prepared, Round, send_all, served
from bench.product import Product
from tests.postgres import DatabaseUrls, PostgresServer, running_server

ROUNDS, PER_ROUND, CONNECTIONS, ALONE = 5, 24, 4, 24
LEAST_RATIO = 0.4
MOST_SECONDS = 0.050


@dataclass(frozen=True)
class Contender:
    """A running server and the requests it has not seen yet."""

    port: int
    waiting: list[Prepared]

    def take(self, count: int, connections: int) -> Round:
        batch = [self.waiting.pop() for _ in range(count)]
        return send_all(self.port, batch, connections)


@contextmanager
def ours(urls: DatabaseUrls, folder: Path) -> Iterator[Contender]:
    product = Product(urls, folder)
    waiting = product.prepare(count=ALONE + PER_ROUND * (ROUNDS + 1))
    with served("server.app:create_app()", product.environment) as port:
        yield Contender(port, waiting)


@contextmanager
def minimal(url: str, product_requests: list[Prepared]) -> Iterator[Contender]:
    """The minimal server gets bodies of the same length; its phones are rows of its own."""
    engine = minimal_server.make_engine(url)
    minimal_server.metadata.create_all(engine)
    tokens = [uuid4().hex for _ in product_requests]
    with engine.begin() as connection:
        rows = [{"token": token, "patient": uuid4().hex} for token in tokens]
        connection.execute(minimal_server.devices.insert(), rows)
    engine.dispose()
    pairs = zip(tokens, product_requests, strict=True)
    waiting = [Prepared(f"device={token}", request.body) for token, request in pairs]
    with served("bench.minimal_server:create_app()", {"DATABASE_URL": url}) as port:
        yield Contender(port, waiting)


def measure(kind: str, urls: DatabaseUrls, minimal_url: str, folder: Path) -> bool:
    """Print one database's comparison; whether it is within both budgets."""
    with ExitStack() as stack:
        product = stack.enter_context(ours(urls, folder))
        yardstick = stack.enter_context(minimal(minimal_url, list(product.waiting)))
        for contender in (product, yardstick):
            contender.take(PER_ROUND, CONNECTIONS)  # warm-up
        for url in (urls.owner_url, minimal_url):
            settle(url)
        rounds = [
            (product.take(PER_ROUND, CONNECTIONS), yardstick.take(PER_ROUND, CONNECTIONS))
            for _ in range(ROUNDS)
        ]
        alone = product.take(ALONE, connections=1).latencies
    return report(kind, rounds, alone)


def settle(url: str) -> None:
    """Give the planner its statistics, which autovacuum would within a minute of real traffic."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(text("ANALYZE"))
    engine.dispose()


def report(kind: str, rounds: list[tuple[Round, Round]], alone: list[float]) -> bool:
    speeds = [
        [PER_ROUND * BATCH / one.seconds for one in contender] for contender in zip(*rounds, strict=True)
    ]
    for name, contender in zip(("ours", "minimal"), speeds, strict=True):
        median, least, most = statistics.median(contender), min(contender), max(contender)
        print(f"{kind:<11} {name:<8} {median:>8,.0f} records/s ({least:,.0f}..{most:,.0f})")
    ratio = statistics.median(mine / theirs for mine, theirs in zip(*speeds, strict=True))
    median, slow = statistics.median(alone), statistics.quantiles(alone, n=20)[-1]
    fast_enough, short_enough = ratio >= LEAST_RATIO, median <= MOST_SECONDS
    print(
        f"{kind:<11} ratio {ratio:.2f} ({'within' if fast_enough else 'UNDER'} the budget of {LEAST_RATIO})"
    )
    print(
        f"{kind:<11} a batch of {BATCH} alone: median {1000 * median:.0f} ms, p95 {1000 * slow:.0f} ms "
        f"({'within' if short_enough else 'OVER'} the budget of {1000 * MOST_SECONDS:.0f} ms)"
    )
    return fast_enough and short_enough


def measure_sqlite() -> bool:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'ours.sqlite3'}"
        return measure("SQLite", DatabaseUrls(url, url), f"sqlite:///{folder / 'minimal.sqlite3'}", folder)


def measure_postgresql() -> bool:
    with tempfile.TemporaryDirectory() as name, running_server(durable=True) as server:
        return _on(server, Path(name))


def _on(server: PostgresServer, folder: Path) -> bool:
    return measure("PostgreSQL", server.empty(), server.empty().owner_url, folder)


if __name__ == "__main__":
    results = [measure_sqlite(), measure_postgresql()]
    sys.exit(0 if all(results) else 1)
