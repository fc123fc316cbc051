// Shows GraphiQL and sends what it asks for to the address of this page. Every operation is read as server-sent events, so
// that subscriptions need nothing else.
const url = location.pathname;

async function* execute(payload, options) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...options?.headers, 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify(payload),
  });
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    yield await response.json();
    return;
  }
  let text = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      text += read.value;
      const events = text.split('\n\n');
      text = events.pop();
      for (const event of events) {
        if (event.startsWith('event: complete')) return;
        if (event.startsWith('event: next')) yield JSON.parse(event.slice(event.indexOf('data: ') + 6));
      }
    }
  } finally {
    await reader.cancel();
  }
}

// Introspection and the like want one result rather than a stream.
async function fetcher(payload, options) {
  if (/\bsubscription\b/.test(payload.query)) return execute(payload, options);
  return (await execute(payload, options).next()).value;
}

ReactDOM.createRoot(document.getElementById('graphiql')).render(React.createElement(GraphiQL, { fetcher }));
