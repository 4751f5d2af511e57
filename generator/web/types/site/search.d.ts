export * from "../../site/search.mjs";
