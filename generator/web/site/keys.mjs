// The key of an offering, as a reader may type or paste it: `provider/channel/lab/model@version:variant`.

/** Whether a text has the form of a key, and not of a model's id. @param {string} text */
export const isKey = (text) => text.split("/").length >= 4;

/** The model that a key or an id speaks of: `lab/model`. @param {string} text */
export function modelOf(text) {
  const id = isKey(text) ? text.split("/").slice(2).join("/") : text;
  return id.replace(/[@:].*$/, "");
}
