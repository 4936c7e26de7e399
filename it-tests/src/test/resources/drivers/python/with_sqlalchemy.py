"""SQLAlchemy over psycopg2: what it asks a database for by itself, and calls as its own expressions."""

import logging
import logging.handlers
import os

import sqlalchemy
from sqlalchemy import (
    Column, Integer, MetaData, String, Table, create_engine, func, inspect, select, text)
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from application import *


def engine(database="postgres", **options):
    return create_engine(
        URL.create(
            "postgresql+psycopg2",
            username=ADMIN,
            password=os.environ["PGPASSWORD"],
            host=os.environ["PGHOST"],
            port=int(os.environ["PGPORT"]),
            database=database,
        ),
        future=True,
        **options,
    )


def clone(connection):
    return connection.execute(select(func.pgclonedb.create_database(COPY, TEMPLATE))).scalar_one()


def databases_named(connection, name):
    return connection.execute(
        text("SELECT count(*) FROM pg_database WHERE datname = :name"), {"name": name}
    ).scalar_one()


@scenario
def connects():
    with engine(pool_pre_ping=True).connect() as connection:
        assert connection.dialect.server_version_info >= (14,)
        equal(connection.dialect.default_schema_name, "public")
        equal(connection.execute(text("SELECT current_user")).scalar_one(), ADMIN)


@scenario
def reads():
    with engine().connect() as connection:
        contains(connection.execute(select(func.pgclonedb.help("drop_database"))).scalar_one(), "[enabled]")
        config = func.pgclonedb.show_config().table_valued("setting", "value").alias("config")
        equal(
            connection.execute(
                select(config.c.value).where(config.c.setting == "min_free_bytes")
            ).scalar_one(),
            "0",
        )
        connection.execute(select(func.pgclonedb.open_database(TEMPLATE)))
        log = func.pgclonedb.get_audit_log(1).table_valued("operation", "outcome")
        equal(len(connection.execute(select(log).order_by(log.c.operation)).all()), 1)


@scenario
def clones():
    with engine(isolation_level="AUTOCOMMIT").connect() as connection:
        created(clone(connection))


@scenario
def introspects_a_clone():
    with engine(isolation_level="AUTOCOMMIT").connect() as connection:
        created(clone(connection))
    copy = engine(COPY)
    inspector = inspect(copy)
    contains(inspector.get_schema_names(), "public")
    equal(inspector.get_table_names(), ["things"])
    equal([column["name"] for column in inspector.get_columns("things")], ["id", "name"])
    equal(inspector.get_pk_constraint("things")["constrained_columns"], ["id"])
    equal(inspector.get_foreign_keys("things"), [])
    equal(inspector.get_indexes("things"), [])
    equal(inspector.get_view_names(), [])
    things = Table("things", MetaData(), autoload_with=copy)
    added = Table("added", MetaData(), Column("id", Integer, primary_key=True), Column("name", String(20)))
    with copy.begin() as connection:
        equal(connection.execute(select(func.count()).select_from(things)).scalar_one(), 100)
        added.create(connection)
        connection.execute(added.insert(), [{"name": "one"}, {"name": "two"}])
        equal(connection.execute(select(func.max(added.c.id))).scalar_one(), 2)
    assert inspect(copy).has_table("added")


@scenario
def reads_as_a_stream():
    with engine().connect().execution_options(stream_results=True, max_row_buffer=2) as connection:
        config = func.pgclonedb.show_config().table_valued("setting", "value")
        assert len(connection.execute(select(config)).all()) > 10


@scenario
def recovers_in_a_transaction():
    with engine().connect() as connection:
        refused = select(func.pgclonedb.drop_database(OTHER_DATABASE))
        error = error_of(DBAPIError, connection.execute, refused)
        equal(error.orig.pgcode, "42501")
        contains(error.orig.diag.message_hint, "In scope are")
        error = error_of(DBAPIError, connection.execute, select(func.pgclonedb.open_database(TEMPLATE)))
        equal(error.orig.pgcode, "25P02")
        connection.rollback()

        connection.execute(text("CREATE TEMP TABLE kept AS SELECT 1 AS one"))
        try:
            with connection.begin_nested():
                connection.execute(refused)
            raise AssertionError("no error")
        except DBAPIError as error:
            equal(error.orig.pgcode, "42501")
        contains(connection.execute(select(func.pgclonedb.open_database(TEMPLATE))).scalar_one(), "opened")
        connection.commit()
        equal(connection.execute(text("SELECT one FROM kept")).scalar_one(), 1)


@scenario
def reports_errors():
    with engine(isolation_level="AUTOCOMMIT").connect() as connection:
        error = error_of(
            DBAPIError, connection.execute, select(func.pgclonedb.creat_database(COPY, TEMPLATE))
        )
        equal(error.orig.pgcode, "42883")
        contains(error.orig.diag.message_hint, "pgclonedb.create_database")


@scenario
def autocommit_off():
    notices = logging.getLogger("sqlalchemy.dialects.postgresql")
    notices.setLevel(logging.INFO)
    heard = logging.handlers.MemoryHandler(capacity=100, flushLevel=logging.CRITICAL)
    notices.addHandler(heard)
    with engine().connect() as connection:
        created(clone(connection))
        contains(" ".join(record.getMessage() for record in heard.buffer), "is not undone by a rollback")
        connection.rollback()
        equal(databases_named(connection, COPY), 1)


@scenario
def cancels():
    database = engine()
    with database.connect() as connection, database.connect() as other:
        call = InBackground(
            connection.execute, select(func.pgclonedb.create_database(SLOW_COPY, SLOW_TEMPLATE))
        )
        until(lambda: databases_named(other, SLOW_COPY) == 1)
        connection.connection.cancel()
        equal(call.error().orig.pgcode, "57014")
        equal(databases_named(other, SLOW_COPY), 0)
        connection.rollback()
        contains(connection.execute(select(func.pgclonedb.help())).scalar_one(), "create_database")


@scenario
def times_out():
    with engine(connect_args={"options": "-c statement_timeout=1s"}).connect() as connection:
        error = error_of(
            DBAPIError,
            connection.execute,
            select(func.pgclonedb.create_database(SLOW_COPY, SLOW_TEMPLATE)),
        )
        equal(error.orig.pgcode, "57014")


main("SQLAlchemy " + sqlalchemy.__version__)
