// Images that go with the prompt.

/** @import { PlaygroundPage } from "../page.js" */

/**
 * Read image files for the prompt; one of another kind is named instead.
 * @param {PlaygroundPage} page
 * @param {File[]} files
 */
export async function addImages(page, files) {
  for (const file of files) {
    if (!page.data.images.includes(file.type)) {
      const type = file.type || "of no known type";
      page.notice = `${file.name} is ${type}; models take PNG, JPEG, GIF and WebP.`;
      continue;
    }
    const buffer = new Uint8Array(await file.arrayBuffer());
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
    const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    let binary = "";
    for (let i = 0; i < buffer.length; i += 32768)
      binary += String.fromCharCode(...buffer.subarray(i, i + 32768));
    const name = file.name || "pasted image";
    page.images.push({ media_type: file.type, data: btoa(binary), sha256, name });
  }
  page.changed();
}
