// graphql-ws, the reference client of graphql-transport-ws.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { run } from './scenarios.mjs';

const client = createClient({
  url: process.argv[2].replace('http', 'ws'),
  webSocketImpl: WebSocket,
  lazy: false,
  retryAttempts: 1000,
  retryWait: () => new Promise((resolve) => setImmediate(resolve)),
  shouldRetry: () => true,
});
await run(client, Number(process.argv[3]));
