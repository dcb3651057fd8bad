// Light or dark: as the system says, or as the user chose.

import { useState } from "preact/hooks";
import { keep, kept } from "./storage";

const KEY = "detente.theme";
const ORDER = ["system", "light", "dark"] as const;
type Theme = (typeof ORDER)[number];

function chosen(): Theme {
    const found = kept(KEY);
    return ORDER.find((theme) => theme === found) ?? "system";
}

export function applyTheme(theme: Theme = chosen()): void {
    document.documentElement.dataset["theme"] = theme;
}

export function ThemeSwitch() {
    const [theme, set] = useState<Theme>(chosen);
    const next = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length] ?? "system";
    const turn = () => {
        set(next);
        applyTheme(next);
        keep(KEY, next);
    };
    return (
        <button class="quiet theme" onClick={turn} title={`Colours: ${theme}. Switch to ${next}.`} aria-label={`Colours: ${theme}. Switch to ${next}.`}>
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1.5" />
                {theme !== "light" && <path d={theme === "dark" ? "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13" : "M8 1.5a6.5 6.5 0 0 0 0 13z"} fill="currentColor" />}
            </svg>
        </button>
    );
}
