// The day as of which the ledger is asked: as it was known by a day, or as things stood on it.

import { useEffect, useState } from "preact/hooks";
import { narrow, useAddress } from "../address";
import type { Status } from "../api/types";
import { dateWords, dayNumber, dayText, isDay } from "../time";

type Way = "known_by" | "as_of";

export function AsOf({ status }: { status: Status | undefined }) {
    const { query } = useAddress();
    const way: Way = query.has("as_of") ? "as_of" : "known_by";
    const [chosen, choose] = useState<Way>(way);
    const asked = query.get("known_by") ?? query.get("as_of");
    useEffect(() => {
        if (asked !== null) choose(way);
    }, [way, asked]);
    const today = status?.today ?? dayText(Date.now() / 86_400_000);
    const last = dayNumber(status?.last && status.last > today ? status.last : today);
    const first = Math.min(status?.first ? dayNumber(status.first) : last - 365, last - 1);
    const at = isDay(asked) ? dayNumber(asked) : last;
    const [dragged, drag] = useState<number | null>(null);
    const shown = dragged ?? at;
    const go = (day: number | null, by: Way = chosen) => {
        drag(null);
        const value = day === null || day >= last ? null : dayText(day);
        narrow({ known_by: by === "known_by" ? value : null, as_of: by === "as_of" ? value : null });
    };
    // While the slider moves the page follows, a few times a second.
    useEffect(() => {
        if (dragged === null) return;
        const timer = setTimeout(() => go(dragged), 120);
        return () => clearTimeout(timer);
    }, [dragged]);
    return (
        <div class={asked ? "as-of set" : "as-of"} role="group" aria-label="As of">
            <select
                aria-label="What the day means"
                value={chosen}
                onChange={(event) => {
                    const by = event.currentTarget.value as Way;
                    choose(by);
                    if (asked) go(at, by);
                }}
            >
                <option value="known_by">as known by</option>
                <option value="as_of">as it stood on</option>
            </select>
            <input
                type="range"
                min={first}
                max={last}
                step={1}
                value={shown}
                aria-label="Day as of which the ledger is shown"
                aria-valuetext={shown >= last ? "today" : dateWords(dayText(shown))}
                onInput={(event) => drag(Number(event.currentTarget.value))}
            />
            <input
                type="date"
                aria-label="Day as of which the ledger is shown, as a date"
                value={dayText(shown)}
                onChange={(event) => isDay(event.currentTarget.value) && go(dayNumber(event.currentTarget.value))}
            />
            <button class="quiet" disabled={!asked} onClick={() => go(null)}>
                today
            </button>
        </div>
    );
}
