/**
 * Hand the reader a text as a file.
 * @param {string | Blob} text @param {string} type its media type @param {string} name
 */
export function download(text, type, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
