// What both client libraries are put through. A client is { subscribe(payload, sink) → dispose }.
import { createInterface } from 'node:readline';

const input = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

// Tells the test what to do next and waits until it is done.
async function ask(what) {
  console.log(JSON.stringify({ ask: what }));
  await input.next();
}

function collect(client, query, variables) {
  return new Promise((resolve) => {
    const values = [];
    client.subscribe({ query, variables }, {
      next: (value) => values.push(value),
      error: (error) => resolve({ values, error: Array.isArray(error) ? error.map((e) => e.extensions.code) : String(error.message ?? error.reason ?? error) }),
      complete: () => resolve({ values }),
    });
  });
}

const one = async (client, query, variables) => (await collect(client, query, variables)).values[0]?.data;

async function until(condition) {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

// Subscribes many times; resolves when each got the value and all are complete.
async function many(client, count) {
  const received = [];
  let open = count;
  const done = new Promise((resolve) => {
    for (let i = 0; i < count; i++) {
      client.subscribe({ query: 'subscription { values }' }, {
        next: ({ data }) => received.push(data.values),
        error: (error) => resolve(received.push(String(error.message ?? error))),
        complete: () => --open === 0 && resolve(),
      });
    }
  });
  await until(async () => (await one(client, '{ listeners }')).listeners === count);
  await one(client, 'mutation { publish(value: 7) }');
  await until(() => received.length === count);
  await one(client, 'mutation { finish }');
  await done;
  return { received: received.length, distinct: [...new Set(received)] };
}

async function early(client) {
  const first = await new Promise((resolve) => {
    const dispose = client.subscribe({ query: 'subscription { endless }' }, {
      next: (value) => { dispose(); resolve(value); },
      error: resolve,
      complete() {},
    });
  });
  await until(async () => (await one(client, '{ endlessRunning }')).endlessRunning === 0);
  return first;
}

async function restart(client) {
  const received = [];
  let complete;
  const done = new Promise((resolve) => { complete = resolve; });
  client.subscribe({ query: 'subscription { values }' }, {
    next: ({ data }) => received.push(data.values),
    error: (error) => complete(received.push(String(error.message ?? error))),
    complete: () => complete(),
  });
  await until(async () => (await one(client, '{ listeners }')).listeners === 1);
  await one(client, 'mutation { publish(value: 1) }');
  await until(() => received.length === 1);
  await ask('restart');
  await until(async () => (await one(client, '{ listeners }'))?.listeners === 1);
  await one(client, 'mutation { publish(value: 2) }');
  await until(() => received.length === 2);
  await one(client, 'mutation { finish }');
  await done;
  return received;
}

export async function run(client, count) {
  const results = {
    counted: await collect(client, 'subscription($limit: Int!) { countTo(limit: $limit) }', { limit: 3 }),
    query: await collect(client, '{ listeners }'),
    invalid: await collect(client, 'subscription { nope }'),
    refused: await collect(client, 'subscription { refused }'),
    failing: await collect(client, 'subscription { failing }'),
    early: await early(client),
    many: await many(client, count),
    restart: await restart(client),
  };
  console.log(JSON.stringify({ results }));
  process.exit(0);
}
