// Parts of an address as text.

/** A part of an address as text; as it stands where its percent signs mean nothing. @param {string} text */
export function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
