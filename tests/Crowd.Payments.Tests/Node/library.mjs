// The official library, one call a line. In: {"base": "http://…", "key": "sk_…", "call": "transfers.create", "args": […], "all": true to follow the pages}.
// Out: {"value": …} or {"error": {"type", "code", "status", "message"}}.
import { createInterface } from 'node:readline';
import Stripe from 'stripe';

function client({ base, key }) {
  const address = new URL(base ?? 'http://127.0.0.1:9');
  return new Stripe(key, { protocol: 'http', host: address.hostname, port: address.port, maxNetworkRetries: 0, timeout: 5000, telemetry: false });
}

function made(request) {
  const names = request.call.split('.');
  const last = names.pop();
  const owner = names.reduce((object, name) => object[name], client(request));
  const result = owner[last](...request.args);
  return request.all ? result.autoPagingToArray({ limit: 10000 }) : result;
}

for await (const line of createInterface({ input: process.stdin })) {
  let reply;
  try {
    reply = { value: (await made(JSON.parse(line))) ?? null };
  } catch (error) {
    reply = { error: { type: error.rawType ?? error.type ?? error.name, code: error.code ?? null, status: error.statusCode ?? null, message: String(error.message) } };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
