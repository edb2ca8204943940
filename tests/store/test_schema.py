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
