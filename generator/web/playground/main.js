// The playground, begun where its page is shown.

import { beginPage } from "./connected/begin.js";
import { PlaygroundPage } from "./page.js";

beginPage("playground", (root) => new PlaygroundPage(root));
