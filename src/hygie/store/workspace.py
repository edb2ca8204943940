"""Opening a workspace: the folder's rights, the lock, the database's settings, then the store."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from hygie.store import schema
from hygie.store.folder import Lock, Presence, check_name, prepare
from hygie.store.ledger import Ledger


@contextmanager
def open_workspace(folder: Path, write: bool) -> Iterator[Ledger]:
    """The store of a folder, made if it is to be written.

    Raises UnsafeFolderError, LockHeldError (another writer), FileNotFoundError (nothing to read), ValueError (newer),
    OSError, and BROKEN (see `hygie.store.trouble`) where the database is damaged.
    """
    check_name(folder)
    file = folder / "hygie.db"
    if not write and not (file.is_file() and file.stat().st_size):
        raise FileNotFoundError(str(folder))
    if write:
        prepare(folder)
    lock = Lock(folder) if write else Presence(folder)
    engine = _engine(file)
    try:
        if write:
            os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
            file.chmod(0o600)
        with engine.begin() as connection:
            schema.migrate(connection)
        ledger = Ledger(folder, engine, lock)
    except BaseException:
        engine.dispose()
        lock.close()
        raise
    try:
        yield ledger
    finally:
        ledger.close()


def _engine(file: Path) -> sa.Engine:
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(file)))

    @sa.event.listens_for(engine, "connect")
    def prepare_connection(connection: Any, _: Any) -> None:
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "temp_store=MEMORY",
            "busy_timeout=10000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine
