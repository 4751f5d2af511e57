// What maths.mjs uses of Temml's sources, which bring no types.
declare module "temml/src/Settings.js" {
  export default class Settings {
    constructor(options: Record<string, unknown>);
    maxSize: [number, number];
  }
}
declare module "temml/src/Style.js" {
  export default class Style {
    constructor(options: { level: number; maxSize: [number, number] });
  }
}
declare module "temml/src/constants.js" {
  export const StyleLevel: Record<"DISPLAY" | "TEXT", number>;
}
declare module "temml/src/parseTree.js" {
  import type Settings from "temml/src/Settings.js";
  export default function parseTree(tex: string, settings: Settings): object[];
}
declare module "temml/src/buildMathML.js" {
  import type Settings from "temml/src/Settings.js";
  import type Style from "temml/src/Style.js";
  export default function buildMathML(
    tree: object[],
    tex: string,
    style: Style,
    settings: Settings,
  ): { toMarkup(): string };
}
