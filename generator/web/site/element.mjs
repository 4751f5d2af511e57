// Elements by their selectors: what the page always has, and what it may have several of.

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

/**
 * The elements in `root` at `selector` that are of `kind`.
 * @template {Element} T
 * @param {ParentNode} root @param {string} selector @param {new () => T} kind
 */
export function elements(root, selector, kind) {
  return [...root.querySelectorAll(selector)].flatMap((there) => (there instanceof kind ? [there] : []));
}
