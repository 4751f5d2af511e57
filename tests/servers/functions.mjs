// The functions of each script named on the command line with how many lines each has, as JSON.
import { readFileSync } from "node:fs";
import { parse } from "acorn";

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

/** Every function below a node of the syntax tree: where it begins and how many lines it has. */
function* functions(node) {
  if (FUNCTIONS.has(node.type)) {
    yield { line: node.loc.start.line, lines: node.loc.end.line - node.loc.start.line + 1 };
  }
  for (const child of Object.values(node).flat()) {
    if (typeof child?.type === "string") yield* functions(child);
  }
}

const rows = process.argv.slice(2).map((path) => {
  const tree = parse(readFileSync(path, "utf8"), { ecmaVersion: "latest", sourceType: "module", locations: true });
  return [path, [...functions(tree)]];
});
console.log(JSON.stringify(Object.fromEntries(rows)));
