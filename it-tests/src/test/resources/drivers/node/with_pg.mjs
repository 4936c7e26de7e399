// node-postgres: text goes as a simple query, text with values as an unnamed or a named prepared statement.

import assert from 'node:assert/strict';
import pg from 'pg';
import Cursor from 'pg-cursor';
import {
  ADMIN, COPY, DATABASES_NAMED, OTHER_DATABASE, SLOW_COPY, SLOW_TEMPLATE, TEMPLATE, errorOf, main, scenario, until,
} from './application.mjs';

const CREATE = 'SELECT pgclonedb.create_database($1, $2)';

async function connected(work, options = {}) {
  const client = new pg.Client(options);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function call(client, query, values) {
  const result = await client.query({ ...(typeof query === 'string' ? { text: query } : query), values, rowMode: 'array' });
  return result.rows[0][0];
}

scenario('connects', () =>
  connected(
    async (client) => {
      assert.equal(await call(client, 'SHOW application_name'), 'driver test');
      assert.equal(await call(client, 'SELECT pg_backend_pid()'), client.processID);
      assert.equal(await call(client, 'SELECT current_user'), ADMIN);
    },
    { application_name: 'driver test' },
  ));

async function read(client, query) {
  await call(client, query('SELECT pgclonedb.open_database($1)'), [TEMPLATE]);
  for (let run = 0; run < 3; run++) {
    assert.match(await call(client, query('SELECT pgclonedb.help()')), /create_database/);
    assert.match(await call(client, query('SELECT pgclonedb.help($1)'), ['drop_database']), /\[enabled\]/);
    const setting = query('SELECT value FROM pgclonedb.show_config() WHERE setting = $1');
    assert.equal(await call(client, setting, ['min_free_bytes']), '0');
    const audit = query('SELECT * FROM pgclonedb.get_audit_log(max_rows := $1, filter_operation := $2)');
    const { rows } = await client.query({ ...audit, values: [1, 'open_database'] });
    assert.equal(rows.length, 1);
    assert.ok(rows[0].started_at instanceof Date);
    assert.equal(rows[0].target, TEMPLATE);
    assert.equal(rows[0].sqlstate, null);
  }
}

scenario('reads', () => connected((client) => read(client, (text) => ({ text }))));

scenario('reads_by_named_statements', () => {
  const names = new Map();
  const named = (text) => {
    if (!names.has(text)) {
      names.set(text, `statement ${names.size}`);
    }
    return { text, name: names.get(text) };
  };
  return connected((client) => read(client, named));
});

scenario('reads_binary', () => connected((client) => read(client, (text) => ({ text })), { binary: true }));

scenario('clones', () =>
  connected(async (client) => {
    const created = await call(client, 'SELECT pgclonedb.create_database(dbname := $1, template := $2)', [COPY, TEMPLATE]);
    assert.ok(created.startsWith(`database "${COPY}" created from "${TEMPLATE}"`), created);
    await connected(
      async (copy) => assert.equal(await call(copy, 'SELECT count(*)::integer FROM things WHERE id <= $1', [99]), 99),
      { database: COPY },
    );
  }));

scenario('clones_by_a_simple_query', () =>
  connected(async (client) => {
    const { rows, fields, command } = await client.query(
      `SELECT pgclonedb.create_database(${client.escapeLiteral(COPY)}, ${client.escapeLiteral(TEMPLATE)})`,
    );
    assert.equal(fields[0].name, 'create_database');
    assert.equal(command, 'SELECT');
    assert.match(rows[0].create_database, /created from/);
  }));

scenario('clones_by_the_extended_protocol_without_values', () =>
  connected(async (client) => {
    const text = `SELECT pgclonedb.create_database('${COPY}', '${TEMPLATE}')`;
    assert.match(await call(client, { text, queryMode: 'extended' }), /created from/);
  }));

scenario('clones_by_a_named_statement', () =>
  connected(async (client) => {
    const create = { name: 'create', text: CREATE };
    assert.match(await call(client, create, [COPY, TEMPLATE]), /created from/);
    assert.match(await call(client, create, [`${COPY}_2`, TEMPLATE]), /created from/);
  }));

scenario('queues_calls_on_one_connection', () =>
  connected(async (client) => {
    const answers = await Promise.all([
      call(client, 'SELECT $1::text', ['first']),
      call(client, 'SELECT pgclonedb.open_database($1)', [TEMPLATE]),
      errorOf(call(client, 'SELECT pgclonedb.drop_database($1)', [OTHER_DATABASE])),
      call(client, 'SELECT pgclonedb.close_database($1)', [TEMPLATE]),
    ]);
    assert.equal(answers[0], 'first');
    assert.match(answers[1], /opened/);
    assert.equal(answers[2].code, '42501');
    assert.match(answers[3], /closed/);
  }));

scenario('acts_row_by_row_through_a_cursor', () =>
  connected(async (client) => {
    const isOpen = (name) => connected((other) =>
      call(other, 'SELECT count(*)::integer FROM pg_database WHERE datname = $1 AND datallowconn', [name]));
    await client.query('BEGIN');
    const cursor = client.query(
      new Cursor('SELECT name, pgclonedb.open_database(name) FROM unnest($1::text[]) AS name', [[TEMPLATE, SLOW_TEMPLATE]]),
    );
    const [first] = await cursor.read(1);
    assert.match(first.open_database, /opened/);
    assert.equal(await isOpen(TEMPLATE), 1);
    assert.equal(await isOpen(SLOW_TEMPLATE), 0);
    const [second] = await cursor.read(1);
    assert.equal(second.name, SLOW_TEMPLATE);
    assert.equal(await isOpen(SLOW_TEMPLATE), 1);
    await cursor.close();
    await client.query('COMMIT');
  }));

scenario('sends_several_statements_as_one', () =>
  connected(async (client) => {
    const results = await client.query(
      `SELECT 1 AS one; SELECT pgclonedb.create_database('${COPY}', '${TEMPLATE}'); SELECT 2 AS two`,
    );
    assert.deepEqual(results.map((result) => result.fields[0].name), ['one', 'create_database', 'two']);
    assert.match(results[1].rows[0].create_database, /created from/);
  }));

scenario('recovers_in_a_transaction', () =>
  connected(async (client) => {
    await client.query('BEGIN');
    const refusal = await errorOf(call(client, 'SELECT pgclonedb.drop_database($1)', [OTHER_DATABASE]));
    assert.ok(refusal instanceof pg.DatabaseError);
    assert.equal(refusal.code, '42501');
    assert.equal(refusal.severity, 'ERROR');
    assert.match(refusal.message, /is out of scope for role/);
    assert.match(refusal.hint, /In scope are/);
    assert.equal((await errorOf(call(client, 'SELECT pgclonedb.open_database($1)', [TEMPLATE]))).code, '25P02');
    await client.query('ROLLBACK');

    await client.query('BEGIN');
    await client.query('CREATE TEMP TABLE kept AS SELECT 1 AS one');
    await client.query('SAVEPOINT before');
    assert.equal((await errorOf(call(client, 'SELECT pgclonedb.drop_database($1)', [OTHER_DATABASE]))).code, '42501');
    await client.query('ROLLBACK TO SAVEPOINT before');
    assert.match(await call(client, 'SELECT pgclonedb.open_database($1)', [TEMPLATE]), /opened/);
    await client.query('COMMIT');
    assert.equal(await call(client, 'SELECT one FROM kept'), 1);
  }));

scenario('reports_errors', () =>
  connected(async (client) => {
    const sql = 'SELECT pgclonedb.creat_database($1, $2)';
    const error = await errorOf(call(client, sql, [COPY, TEMPLATE]));
    assert.equal(error.code, '42883');
    assert.equal(error.position, String(sql.indexOf('pgclonedb') + 1));
    assert.match(error.hint, /pgclonedb\.create_database/);
  }));

scenario('autocommit_off', () =>
  connected(async (client) => {
    const notices = [];
    client.on('notice', (notice) => notices.push(notice.message));
    await client.query('BEGIN');
    await call(client, CREATE, [COPY, TEMPLATE]);
    await client.query('ROLLBACK');
    assert.match(notices.join(), /is not undone by a rollback/);
    assert.equal(await call(client, DATABASES_NAMED, [COPY]), 1);
  }));

scenario('cancels', () =>
  connected((client) => connected(async (other) => {
    const query = new pg.Query({ text: CREATE, values: [SLOW_COPY, SLOW_TEMPLATE] });
    const ended = new Promise((resolve, reject) => {
      query.on('error', reject);
      query.on('end', resolve);
    });
    client.query(query);
    const error = errorOf(ended);
    await until(async () => (await call(other, DATABASES_NAMED, [SLOW_COPY])) === 1);
    new pg.Client().cancel(client, query);
    assert.equal((await error).code, '57014');
    assert.equal(await call(other, DATABASES_NAMED, [SLOW_COPY]), 0);
    assert.match(await call(client, 'SELECT pgclonedb.help()'), /create_database/);
  })));

scenario('times_out', () =>
  connected(
    async (client) => {
      const error = await errorOf(call(client, CREATE, [SLOW_COPY, SLOW_TEMPLATE]));
      assert.equal(error.code, '57014');
      assert.match(error.message, /statement timeout/);
    },
    { statement_timeout: 1000 },
  ));

await main('pg');
