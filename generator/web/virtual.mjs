// Rows of a long table of which only those in sight are drawn, bundled by esbuild into one file.

export { Virtualizer, elementScroll, observeElementOffset, observeElementRect } from "@tanstack/virtual-core";
