import sqlite3

import pytest
import sqlalchemy as sa

from hygie.store import schema


def test_tables_are_made_once_and_carry_their_version() -> None:
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        schema.migrate(connection)
        schema.migrate(connection)
        found = connection.execute(sa.select(schema.meta.c.value).where(schema.meta.c.name == "schema")).scalars().all()
    assert found == [str(schema.VERSION)]
    assert {"reading", "part", "held", "stage", "mapping"} <= set(sa.inspect(engine).get_table_names())


def test_a_newer_version_is_refused() -> None:
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        schema.migrate(connection)
        connection.execute(sa.update(schema.meta).values(value=str(schema.VERSION + 1)))
        with pytest.raises(ValueError, match=r"workspace\.newer"):
            schema.migrate(connection)


def test_among_takes_more_values_than_sqlite_takes_variables() -> None:
    engine = sa.create_engine("sqlite://")
    names = [f"name {number}" for number in range(70_000)]
    with engine.begin() as connection:
        connection.connection.driver_connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)  # type: ignore[union-attr]
        schema.migrate(connection)
        connection.execute(schema.meta.insert().values(name="name 69999", value="here"))
        connection.execute(schema.meta.insert().values(name='é "quoted"', value="odd"))
        query = sa.select(schema.meta.c.value)
        assert connection.execute(query.where(schema.among(schema.meta.c.name, names))).scalars().all() == ["here"]
        odd = schema.among(schema.meta.c.name, iter(['é "quoted"']))
        assert connection.execute(query.where(odd)).scalars().all() == ["odd"]
        assert connection.execute(query.where(schema.among(schema.meta.c.name, []))).scalars().all() == []
