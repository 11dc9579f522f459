// Server-sent events over fetch: one request, read to its end, given up when its signal says so.

/** Yields {name, data} for each event of a stream; `data` is parsed JSON. Throws on a bad status. */
export async function* events(address, options = {}) {
  const response = await fetch(address, { ...options, headers: { Accept: "text/event-stream", ...options.headers } });
  if (!response.ok) throw new Error(`${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    held += value.replaceAll("\r\n", "\n");
    let end;
    while ((end = held.indexOf("\n\n")) >= 0) {
      const event = parsed(held.slice(0, end));
      held = held.slice(end + 2);
      if (event) yield event;
    }
  }
}

function parsed(block) {
  let name = "message";
  const data = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event: ")) name = line.slice(7);
    else if (line.startsWith("data: ")) data.push(line.slice(6));
  }
  return data.length ? { name, data: JSON.parse(data.join("\n")) } : null;
}
