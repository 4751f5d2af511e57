// What is sent: the form's prompt, system prompt, variables, images and parameters as a chat.

/** The names in {{…}} of prompt and system prompt. */
export function variableNames(page) {
  const matches = `${page.system}\n${page.prompt}`.matchAll(/\{\{\s*([\w-]+)\s*\}\}/g);
  return [...new Set([...matches].map((match) => match[1]))];
}

function filled(page, text) {
  return text.replace(/\{\{\s*([\w-]+)\s*\}\}/g, (whole, name) => page.variables[name] || whole);
}

/** Parse what was written as JSON. Throws an Error naming the field. */
function parsed(page, name, text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { label } = page.data.parameters.find((p) => p.name === name);
    throw new Error(`${label} is no JSON: ${error.message}`);
  }
}

/** The chat for a pane, with these messages. Throws an Error to show. */
export function chatOf(page, pane, messages) {
  const { sent } = pane.parameters(page.options);
  const chat = { messages };
  if (page.system.trim()) chat.system = filled(page, page.system);
  for (const [name, value] of Object.entries(sent)) {
    if (name === "tools") {
      const tools = parsed(page, name, value);
      chat.tools = Array.isArray(tools) ? tools : [tools];
    } else if (name === "schema") chat.schema = { name: "answer", schema: parsed(page, name, value) };
    else if (name === "stop") chat.stop = String(value).split("\n").filter(Boolean);
    else chat[name] = value;
  }
  return chat;
}

/** A question to a pane's model, with the images where it takes them. */
export function question(page, pane, prompt) {
  const images = pane.refused.images ? [] : page.images;
  const parts = images.map(({ media_type, data }) => ({ type: "image", media_type, data }));
  return { role: "user", parts: [...parts, { type: "text", text: filled(page, prompt) }] };
}

/** The questions and replies of a pane so far, as the next request repeats them. */
export function messagesOf(pane) {
  return pane.turns.filter((turn) => turn.message?.parts.length).flatMap((turn) => [turn.question, turn.message]);
}
