// The files of Python's runtime: each is checked against their list, and the list against the hash that the
// page carries behind the address of the runtime. What is used is the very bytes that were checked.

/** @import { Listed } from "../../types/worker.js" */

/** @param {BufferSource} content */
const sha256 = async (content) =>
  [...new Uint8Array(await crypto.subtle.digest("SHA-256", content))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

/** @param {string} name */
const altered = (name) =>
  `${name} does not match its checksum: it was altered or belongs to another version. Load the page again.`;

/** The folder and the hash of its list, if the page names one. @param {string} address */
export function partsOf(address) {
  const { href, hash } = new URL(address);
  const [folder] = href.split("#");
  return { folder: folder.replace(/\/?$/, "/"), pin: hash.slice(1) };
}

/**
 * The list of the runtime's files. Rejects with an Error to show.
 * @param {string} address
 * @returns {Promise<Record<string, Listed>>}
 */
export async function listOf(address) {
  const { folder, pin } = partsOf(address);
  const response = await fetch(`${folder}runtime.json`);
  if (!response.ok) throw new Error(`the runtime's list could not be loaded (status ${response.status})`);
  const content = await response.arrayBuffer();
  if (pin && (await sha256(content)) !== pin) throw new Error(altered("the runtime's list"));
  return JSON.parse(new TextDecoder().decode(content)).files;
}

/**
 * A file's content. Rejects with an Error to show.
 * @param {string} folder
 * @param {string} name
 * @param {Listed} listed
 * @param {(more: number) => void} progress bytes that came
 */
export async function checked(folder, name, listed, progress) {
  const response = await fetch(folder + name);
  if (!response.ok) throw new Error(`${name} could not be loaded (status ${response.status})`);
  if (!response.body) throw new Error(`${name} could not be loaded (no content)`);
  const content = new Uint8Array(listed.bytes);
  let at = 0;
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (at + value.length > content.length) throw new Error(altered(name));
    content.set(value, at);
    at += value.length;
    progress(value.length);
  }
  if (at !== content.length || (await sha256(content)) !== listed.sha256) throw new Error(altered(name));
  return content;
}
