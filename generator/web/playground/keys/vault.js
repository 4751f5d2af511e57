// Sealing a text with a passphrase: AES-GCM under a key derived by PBKDF2-SHA-256. The passphrase is not
// kept, only the key that was made of it, which can't be read out of the browser.

/**
 * What seals and opens.
 * @typedef {{ key: CryptoKey, salt: Uint8Array<ArrayBuffer>, rounds: number }} Sealer
 */

/** As OWASP advises since 2023. */
export const ROUNDS = 600_000;
/** A vault that wants more would only keep the browser busy. */
const MOST_ROUNDS = 10_000_000;
export const DAMAGED =
  "What is kept on this device can’t be read: it is damaged or of a newer version. Forget all to remove it.";

/** @param {string} text */
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
/** @param {ArrayBuffer | Uint8Array<ArrayBuffer>} buffer */
const base64 = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

/**
 * What the passphrase makes.
 * @param {string} passphrase
 * @returns {Promise<Sealer>}
 */
export async function sealer(passphrase, salt = crypto.getRandomValues(new Uint8Array(16)), rounds = ROUNDS) {
  const material = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(passphrase),
    "PBKDF2",
    false,
    ["deriveKey"],
  );
  const key = await crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
  return { key, salt, rounds };
}

/**
 * The text as a vault: JSON that tells when it was sealed and how, and nothing of what is in it.
 * @param {string} text
 * @param {Sealer} with_
 */
export async function seal(text, { key, salt, rounds }) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(text));
  const sealed = { salt: base64(salt), iv: base64(iv), data: base64(data) };
  return JSON.stringify({ v: 1, at: Date.now(), rounds, ...sealed });
}

/**
 * A vault's parts; one of an earlier version does not tell when it was sealed. Throws an Error to show.
 * @param {string} vault
 */
function read(vault) {
  try {
    const { v, at = 0, rounds, salt, iv, data } = JSON.parse(vault);
    const sound = Number.isInteger(rounds) && rounds > 0 && rounds <= MOST_ROUNDS && Number.isFinite(at);
    if (v !== 1 || !sound) throw new Error(DAMAGED);
    return { at, rounds, salt: bytes(salt), iv: bytes(iv), data: bytes(data) };
  } catch (error) {
    throw new Error(DAMAGED, { cause: error });
  }
}

/** When a vault was sealed, in milliseconds since 1970; 0 where it can't be told. @param {string} vault */
export function sealedAt(vault) {
  try {
    return read(vault).at;
  } catch {
    return 0;
  }
}

/**
 * What is in a vault, opened by what made it; null where it was sealed by something else.
 * @param {string} vault
 * @param {Sealer} by
 */
export async function opened(vault, { key, salt, rounds }) {
  const { iv, data, ...made } = read(vault);
  if (made.rounds !== rounds || base64(made.salt) !== base64(salt)) return null;
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data));
  } catch {
    return null;
  }
}

/**
 * What is in a vault, and what seals it again; by as many rounds as the vault says. Null where the passphrase
 * is another. Throws an Error to show where it is no vault.
 * @param {string} vault
 * @param {string} passphrase
 */
export async function unsealed(vault, passphrase) {
  const { salt, rounds } = read(vault);
  const by = await sealer(passphrase, salt, rounds);
  const text = await opened(vault, by);
  if (text === null) return null;
  // One of an earlier version is sealed as it should be from now on.
  return { text, sealer: rounds < ROUNDS ? await sealer(passphrase) : by };
}
