// What Python makes without the network: the request as code.

import { chatOf, messagesOf, question } from "./chat.js";

/** Ask Python something that needs no network, and show its error if it has one. */
export async function askPython(page, asked, use) {
  try {
    await page.start();
    use(await page.runtime.ask(asked));
  } catch (error) {
    page.notice = error.message;
  }
  page.changed();
}

/** Show a pane's request as code in several languages. */
export async function showCode(page, pane) {
  await askPython(page, { kind: "code", ...codeRequest(page, pane) }, (texts) => {
    page.sheet = { title: `Code for ${pane.name}`, texts };
  });
}

function codeRequest(page, pane) {
  const messages = [...messagesOf(pane).slice(0, -1)];
  const last = pane.last?.question ?? question(page, pane, page.prompt || "Hello");
  if (messages.at(-1) !== last) messages.push(last);
  return { ...pane.request(chatOf(page, pane, messages)), key: null };
}
