// Turns TeX into MathML, bundled by esbuild into one file: Temml without its search of a page and chemistry.

import buildMathML from "temml/src/buildMathML.js";
import { StyleLevel } from "temml/src/constants.js";
import parseTree from "temml/src/parseTree.js";
import Settings from "temml/src/Settings.js";
import Style from "temml/src/Style.js";

/** How often macros may be expanded; em that a size may have. */
const EXPANDED = 200;
const LARGEST = 20;

/**
 * A formula as MathML. Throws an Error for what is no TeX, or none that is known.
 * @param {string} tex without its delimiters
 * @param {boolean} display whether it stands in a line of its own
 */
export function mathml(tex, display) {
  // Nothing is trusted: no link, picture, class or style that the formula names.
  const settings = new Settings({
    ...{ displayMode: display, throwOnError: true, trust: false },
    ...{ maxExpand: EXPANDED, maxSize: [LARGEST, LARGEST] },
  });
  const level = display ? StyleLevel.DISPLAY : StyleLevel.TEXT;
  const style = new Style({ level, maxSize: settings.maxSize });
  return buildMathML(parseTree(tex, settings), tex, style, settings).toMarkup();
}
