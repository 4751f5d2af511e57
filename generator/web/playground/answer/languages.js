// The names by which a block of code says its language, each with the language that its colours are made for.

const NAMES = {
  c: "c h",
  cpp: "cpp c++ cc cxx hpp",
  csharp: "csharp cs c#",
  css: "css",
  diff: "diff patch",
  dockerfile: "dockerfile docker",
  go: "go golang",
  html: "html htm",
  java: "java",
  javascript: "javascript js mjs cjs",
  jsx: "jsx",
  json: "json jsonc json5 jsonl ndjson",
  kotlin: "kotlin kt kts",
  less: "less",
  python: "python py python3 py3",
  rust: "rust rs",
  scss: "scss",
  shell: "shell sh bash zsh",
  sql: "sql mysql postgresql postgres pgsql sqlite tsql plsql",
  toml: "toml",
  tsx: "tsx",
  typescript: "typescript ts mts cts",
  xml: "xml svg",
  yaml: "yaml yml",
};

/** Name → language. @type {ReadonlyMap<string, string>} */
export const LANGUAGES = new Map(
  Object.entries(NAMES).flatMap(([language, names]) => names.split(" ").map((name) => [name, language])),
);

/** The language that a block of code names first in its line, or undefined. @param {string} info */
export const languageOf = (info) =>
  LANGUAGES.get(
    info
      .trim()
      .split(/[\s{,:]/, 1)[0]
      .toLowerCase(),
  );
