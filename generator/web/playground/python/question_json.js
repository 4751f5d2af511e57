// A long question as JSON, written in parts, so that the page goes on answering in between.

const LONG = 8; // milliseconds after which the page has its turn

/**
 * What JSON.stringify makes of an object; its lists are written an entry at a time.
 * @param {object} value @returns {Promise<string>}
 */
export async function jsonOf(value) {
  let begun = performance.now();
  /** @param {unknown} part */
  const written = async (part) => {
    const text = JSON.stringify(part);
    if (performance.now() - begun <= LONG) return text;
    await new Promise((done) => {
      setTimeout(done);
    });
    begun = performance.now();
    return text;
  };
  /** @type {string[]} */
  const fields = [];
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) continue;
    /** @type {string[]} */
    const entries = [];
    if (Array.isArray(field)) for (const entry of field) entries.push((await written(entry)) ?? "null");
    const text = Array.isArray(field) ? `[${entries.join(",")}]` : await written(field);
    fields.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${fields.join(",")}}`;
}
