"""asyncpg: named prepared statements, values and results in binary."""

import asyncio
import datetime
import json

import asyncpg

from application import *

DATABASES_NAMED = "SELECT count(*) FROM pg_database WHERE datname = $1"
CREATE = "SELECT pgclonedb.create_database($1, $2)"


async def connect(database="postgres", **options):
    return await asyncpg.connect(database=database, **options)


@scenario
async def connects():
    connection = await connect(server_settings={"application_name": "driver test"})
    assert connection.get_server_version().major >= 14
    equal(await connection.fetchval("SHOW application_name"), "driver test")
    equal(await connection.fetchval("SELECT pg_backend_pid()"), connection.get_server_pid())
    await connection.set_type_codec("jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")
    await connection.close()


async def _read(connection):
    await connection.fetchval("SELECT pgclonedb.open_database($1)", TEMPLATE)
    for _ in range(3):
        contains(await connection.fetchval("SELECT pgclonedb.help()"), "create_database")
        contains(await connection.fetchval("SELECT pgclonedb.help($1)", "drop_database"), "[enabled]")
        equal(
            await connection.fetchval(
                "SELECT value FROM pgclonedb.show_config() WHERE setting = $1", "min_free_bytes"
            ),
            "0",
        )
        row = await connection.fetchrow(
            "SELECT * FROM pgclonedb.get_audit_log(max_rows := $1, filter_operation := $2)",
            1,
            "open_database",
        )
        assert isinstance(row["id"], int) and row["id"] > 0
        assert isinstance(row["started_at"], datetime.datetime) and row["started_at"].tzinfo is not None
        equal(json.loads(row["arguments"])["dbname"], TEMPLATE)


@scenario
async def reads():
    connection = await connect()
    await _read(connection)
    await connection.close()


@scenario
async def reads_without_a_statement_cache():
    connection = await connect(statement_cache_size=0)
    await _read(connection)
    await connection.close()


@scenario
async def reads_prepared():
    connection = await connect()
    help_of = await connection.prepare("SELECT pgclonedb.help($1)")
    equal([parameter.name for parameter in help_of.get_parameters()], ["text"])
    equal([(column.name, column.type.name) for column in help_of.get_attributes()], [("help", "text")])
    for function in ("create_database", "drop_database", "show_config"):
        contains(await help_of.fetchval(function), function)
    await connection.close()


@scenario
async def clones():
    connection = await connect()
    created(await connection.fetchval("SELECT pgclonedb.create_database(dbname := $1, template := $2)", COPY, TEMPLATE))
    copy = await connect(COPY)
    equal(await copy.fetchval("SELECT count(*) FROM things WHERE id <= $1", 99), 99)
    await copy.close()
    await connection.close()


@scenario
async def clones_prepared():
    connection = await connect()
    create = await connection.prepare(CREATE)
    equal([parameter.name for parameter in create.get_parameters()], ["text", "text"])
    equal([column.name for column in create.get_attributes()], ["create_database"])
    created(await create.fetchval(COPY, TEMPLATE))
    contains(await create.fetchval(COPY + "_2", TEMPLATE), "created")
    await connection.close()


@scenario
async def clones_by_a_simple_query():
    connection = await connect()
    equal(await connection.execute(f"SELECT pgclonedb.create_database('{COPY}', '{TEMPLATE}')"), "SELECT 1")
    equal(await connection.fetchval(DATABASES_NAMED, COPY), 1)
    await connection.close()


@scenario
async def runs_one_statement_for_many_values():
    connection = await connect()
    await connection.executemany(CREATE, [(COPY, TEMPLATE), (COPY + "_2", TEMPLATE)])
    equal(await connection.fetchval(DATABASES_NAMED, COPY), 1)
    equal(await connection.fetchval(DATABASES_NAMED, COPY + "_2"), 1)
    await connection.close()


@scenario
async def acts_row_by_row_through_a_cursor():
    connection = await connect()
    open_if = "SELECT count(*) FROM pg_database WHERE datname = $1 AND datallowconn"
    async with connection.transaction():
        cursor = await connection.cursor(
            "SELECT name, pgclonedb.open_database(name) FROM unnest($1::text[]) AS name",
            [TEMPLATE, SLOW_TEMPLATE],
        )
        contains((await cursor.fetchrow())[1], TEMPLATE, "opened")
        other = await connect()
        equal(await other.fetchval(open_if, TEMPLATE), 1)
        equal(await other.fetchval(open_if, SLOW_TEMPLATE), 0)
        contains((await cursor.fetchrow())[1], SLOW_TEMPLATE, "opened")
        equal(await cursor.fetchrow(), None)
        await other.close()
    await connection.close()


@scenario
async def sends_several_statements_as_one():
    connection = await connect()
    equal(
        await connection.execute(f"SELECT 1; SELECT pgclonedb.create_database('{COPY}', '{TEMPLATE}'); SELECT 2"),
        "SELECT 1",
    )
    equal(await connection.fetchval(DATABASES_NAMED, COPY), 1)
    await connection.close()


@scenario
async def returns_to_a_pool():
    async with asyncpg.create_pool(database="postgres", min_size=1, max_size=1) as pool:
        for name in (COPY, COPY + "_2"):
            contains(await pool.fetchval(CREATE, name, TEMPLATE), "created")
            contains(await pool.fetchval("SELECT pgclonedb.help($1)", "drop_database"), "[enabled]")


@scenario
async def recovers_in_a_transaction():
    connection = await connect()
    transaction = connection.transaction()
    await transaction.start()
    error = await error_of_awaited(
        asyncpg.InsufficientPrivilegeError,
        connection.fetchval("SELECT pgclonedb.drop_database($1)", OTHER_DATABASE),
    )
    equal(error.sqlstate, "42501")
    contains(error.message, OTHER_DATABASE, "is out of scope for role")
    contains(error.hint, "In scope are")
    await error_of_awaited(
        asyncpg.InFailedSQLTransactionError,
        connection.fetchval("SELECT pgclonedb.open_database($1)", TEMPLATE),
    )
    await transaction.rollback()

    async with connection.transaction():
        await connection.execute("CREATE TEMP TABLE kept AS SELECT 1 AS one")
        try:
            async with connection.transaction():
                await connection.fetchval("SELECT pgclonedb.drop_database($1)", OTHER_DATABASE)
            raise AssertionError("no error")
        except asyncpg.InsufficientPrivilegeError:
            pass
        contains(await connection.fetchval("SELECT pgclonedb.open_database($1)", TEMPLATE), "opened")
    equal(await connection.fetchval("SELECT one FROM kept"), 1)
    await connection.close()


@scenario
async def reports_errors():
    connection = await connect()
    sql = "SELECT pgclonedb.creat_database($1, $2)"
    error = await error_of_awaited(asyncpg.UndefinedFunctionError, connection.fetchval(sql, COPY, TEMPLATE))
    equal(error.position, str(sql.index("pgclonedb") + 1))
    contains(error.hint, "pgclonedb.create_database")
    await connection.close()


@scenario
async def autocommit_off():
    connection = await connect()
    notices = []
    connection.add_log_listener(lambda _, message: notices.append(message.message))
    transaction = connection.transaction()
    await transaction.start()
    created(await connection.fetchval(CREATE, COPY, TEMPLATE))
    await transaction.rollback()
    contains(" ".join(notices), "is not undone by a rollback")
    equal(await connection.fetchval(DATABASES_NAMED, COPY), 1)
    await connection.close()


@scenario
async def cancels():
    connection = await connect()
    other = await connect()
    clone = asyncio.create_task(connection.fetchval(CREATE, SLOW_COPY, SLOW_TEMPLATE))

    async def is_copied():
        return await other.fetchval(DATABASES_NAMED, SLOW_COPY) == 1

    async def is_gone():
        return await other.fetchval(DATABASES_NAMED, SLOW_COPY) == 0

    await until_awaited(is_copied)
    clone.cancel()
    await error_of_awaited(asyncio.CancelledError, clone)
    await until_awaited(is_gone)
    contains(await connection.fetchval("SELECT pgclonedb.help()"), "create_database")
    await connection.close()


@scenario
async def times_out():
    connection = await connect(server_settings={"statement_timeout": "1s"})
    error = await error_of_awaited(
        asyncpg.QueryCanceledError, connection.fetchval(CREATE, SLOW_COPY, SLOW_TEMPLATE)
    )
    contains(str(error), "statement timeout")
    await connection.close()


@scenario
async def times_out_by_the_driver():
    connection = await connect()
    await error_of_awaited(
        asyncio.TimeoutError, connection.fetchval(CREATE, SLOW_COPY, SLOW_TEMPLATE, timeout=1)
    )
    contains(await connection.fetchval("SELECT pgclonedb.help()"), "create_database")
    await connection.close()


main("asyncpg " + asyncpg.__version__)
