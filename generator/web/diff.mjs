// What differs between two texts, bundled by esbuild into one file: of jsdiff what the page asks for.

export { diffLines, diffWordsWithSpace } from "diff";
