// Puts the desk on the page.

import { render } from "preact";
import { App } from "./app";
import { applyTheme } from "./parts/theme";

applyTheme();
const root = document.getElementById("desk");
if (root) render(<App />, root);
