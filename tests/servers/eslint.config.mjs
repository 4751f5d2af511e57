// What ESLint asks of every script of the project. TypeScript sees to types, Prettier to the form.
import js from "@eslint/js";
import globals from "globals";

/** As long as a line may be in Python. Prettier leaves the text in templates and strings as it is. */
const LINE = 110;
/** As many lines as a function may have in Python (tests/project/test_sizes.py). */
const FUNCTION_LINES = 60;

export default [
  // Lines of public files, in the form that their authors gave them.
  { ignores: ["**/node_modules/**", "tests/lint/**"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2026, globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error",
      "consistent-return": "error",
      eqeqeq: "error",
      "max-len": ["error", { code: LINE, ignoreUrls: true }],
      "max-lines-per-function": ["error", FUNCTION_LINES],
      "no-console": "error",
      "no-constructor-return": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-promise-executor-return": "error",
      "no-self-compare": "error",
      "no-shadow": "error",
      "no-template-curly-in-string": "error",
      "no-throw-literal": "error",
      "no-unmodified-loop-condition": "error",
      "no-unreachable-loop": "error",
      "no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["generator/web/*.mjs", "tests/**/*.mjs"],
    languageOptions: { globals: globals.node },
    rules: { "no-console": "off" },
  },
  { files: ["generator/web/editor.mjs"], languageOptions: { globals: globals.browser } },
  {
    files: ["**/cloudfront-function.js"],
    rules: { "no-unused-vars": ["error", { varsIgnorePattern: "^handler$" }] }, // CloudFront calls it
  },
  { files: ["**/playground/offline.js"], languageOptions: { globals: globals.serviceworker } },
  { files: ["**/python/worker.mjs"], languageOptions: { globals: globals.worker } },
];
