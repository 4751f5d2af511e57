// The page Evaluate, begun where it is shown.

import { beginPage } from "../playground/connected/begin.js";
import { EvaluatePage } from "./page.js";

beginPage("evaluate", (root) => new EvaluatePage(root));
