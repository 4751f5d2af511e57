// Names that look like one that does not exist, by the pairs of letters they share.
//
// Python does the same (playground/spelling.py); a test holds both to one answer.

/**
 * Up to three of `options` nearest to `name`, the nearest first; none where nothing is alike. A name without
 * a slash may be the end of a longer one.
 * @param {string} name @param {readonly string[]} options
 */
export function nearest(name, options, most = 3) {
  const wanted = pairs(name);
  return options
    .map((option) => {
      const whole = alike(wanted, pairs(option));
      const end = option.slice(option.lastIndexOf("/") + 1);
      return { option, score: name.includes("/") ? whole : Math.max(whole, alike(wanted, pairs(end))) };
    })
    .filter(({ score }) => score > 0.35)
    .sort((a, b) => b.score - a.score || (a.option < b.option ? -1 : 1))
    .slice(0, most)
    .map(({ option }) => option);
}

/** The pairs of letters in a text, with where it begins and ends. @param {string} text */
export function pairs(text) {
  const plain = ` ${text.toLowerCase()} `;
  return new Set(Array.from({ length: plain.length - 1 }, (_, i) => plain.slice(i, i + 2)));
}

/** How alike two texts are, from 0 to 1. @param {Set<string>} a @param {Set<string>} b */
export function alike(a, b) {
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}
