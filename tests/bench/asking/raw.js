// A worker that asks by fetch and does nothing else, hosted as Python's is: the least that there can be.

/** Where messages come from and go to. */
let page = self;

async function hear({ data: { id, base } }) {
  const response = await fetch(`${base}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "m", messages: [{ role: "user", content: "Go" }], stream: true }),
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      if (!line.startsWith("data: ") || line === "data: [DONE]") continue;
      const text = JSON.parse(line.slice(6)).choices[0]?.delta.content;
      const events = [{ type: "TextDelta", text }];
      if (text) page.postMessage(JSON.stringify({ id, kind: "events", events }));
    }
  }
  page.postMessage(JSON.stringify({ id, kind: "done" }));
}

self.onmessage = (event) => {
  const [port] = event.ports;
  if (port) {
    page = port;
    port.onmessage = hear;
  } else hear(event);
};
