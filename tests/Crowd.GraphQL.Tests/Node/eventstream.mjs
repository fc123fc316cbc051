// graphql-sse, the reference client of GraphQL over server-sent events.
import { createClient } from 'graphql-sse';
import { run } from './scenarios.mjs';

const client = createClient({
  url: process.argv[2],
  retryAttempts: 1000,
  retry: () => new Promise((resolve) => setImmediate(resolve)),
});
await run(client, Number(process.argv[3]));
