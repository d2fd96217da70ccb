"""Tables as one ZIP archive that is written while it is sent: memory stays small however large the clinic."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from server.exports.cells import MARK, line
from server.exports.record import Record
from server.exports.table import Table

_PIECE: Final = 64 * 1024


class _Outgoing(io.RawIOBase):
    """What the archive has written and nobody has taken yet."""

    def __init__(self) -> None:
        super().__init__()
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(memoryview(data))  # type: ignore[arg-type]
        self._written += piece
        return len(piece)

    def taken(self) -> bytes:
        """The bytes since the last time."""
        piece = bytes(self._written)
        self._written.clear()
        return piece

    @property
    def waiting(self) -> int:
        """How much has not been taken."""
        return len(self._written)


def archive(
    tables: Sequence[Table], records: Callable[[Table], Iterable[Record]], notes: str, made_at: datetime
) -> Iterator[bytes]:
    """The archive in pieces: each table from its own pass over the records, the codebook, and the notes."""
    out = _Outgoing()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for table in tables:
            yield from _add(packed, out, table.name, _lines(table, records(table)), made_at)
        yield from _add(packed, out, "codebook.csv", codebook(tables), made_at)
        yield from _add(packed, out, "README.txt", [notes], made_at)
    yield out.taken()


def codebook(tables: Sequence[Table]) -> Iterator[str]:
    """What every column of every table means."""
    yield MARK + line(("file", "one_line_is_one", "column", "kind", "meaning"))
    for table in tables:
        for column in table.columns:
            yield line((table.name, table.lines_are, column.name, column.kind, column.meaning))


def _lines(table: Table, records: Iterable[Record]) -> Iterator[str]:
    yield MARK + table.header
    for record in records:
        yield from table.lines(record)


def _add(
    packed: zipfile.ZipFile, out: _Outgoing, name: str, lines: Iterable[str], made_at: datetime
) -> Iterator[bytes]:
    about = zipfile.ZipInfo(name, made_at.timetuple()[:6])
    about.compress_type = zipfile.ZIP_DEFLATED
    with packed.open(about, "w", force_zip64=True) as file:
        for text in lines:
            file.write(text.encode())
            if out.waiting > _PIECE:
                yield out.taken()
    yield out.taken()
