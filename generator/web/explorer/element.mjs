// What the page always has: where it is missing, the error says so.

/**
 * The first element in `root` at `selector`, which is one of `kind`.
 * @template {Element} T
 * @param {ParentNode} root @param {string} selector @param {new () => T} kind
 */
export function element(root, selector, kind) {
  const there = root.querySelector(selector);
  if (!(there instanceof kind)) throw new Error(`No ${kind.name} at ${selector}`);
  return there;
}
