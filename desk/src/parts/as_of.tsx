// The day as of which the ledger is asked: as it was known by a day, or as things stood on it.

import { useEffect, useState } from "preact/hooks";
import { KEPT, narrow, useAddress } from "../address";
import type { Status } from "../api/types";
import { dateWords, dayNumber, dayText, isDay, today } from "../time";

type Way = (typeof KEPT)[number];

const VIEWS_OF_A_DAY = ["relations", "pair", "map", "network", "search"];

/** As of when the page is asked, in words; nothing where it is asked as of today. */
export function asOfWords(query: URLSearchParams): string | null {
    const said = { as_of: "as it stood on", known_by: "as known by" };
    const words = KEPT.flatMap((key) => {
        const day = query.get(key);
        return isDay(day) ? [`${said[key]} ${dateWords(day)}`] : [];
    });
    return words.length > 0 ? words.join(", ") : null;
}

/** Says above a view, and on paper, that it does not show today. */
export function AsOfMark({ view, query }: { view: string; query: URLSearchParams }) {
    const words = asOfWords(query);
    if (!words) return null;
    return (
        <p class="as-of-mark">
            {VIEWS_OF_A_DAY.includes(view) ? <>The ledger {words}.</> : <>This view shows today, not the ledger {words}.</>}
        </p>
    );
}

export function AsOf({ status }: { status: Status | undefined }) {
    const { query } = useAddress();
    // What the day means stands in the address with the day; without one it is what was chosen last.
    const [chosen, choose] = useState<Way>("known_by");
    const way = KEPT.find((key) => query.has(key)) ?? chosen;
    const asked = query.get(way);
    const now = status?.today ?? dayText(today());
    const last = dayNumber(status?.last && status.last > now ? status.last : now);
    const first = Math.min(status?.first ? dayNumber(status.first) : last - 365, last - 1);
    const at = isDay(asked) ? dayNumber(asked) : last;
    const [dragged, drag] = useState<number | null>(null);
    const shown = dragged ?? at;
    const go = (day: number | null, by = way) => {
        drag(null);
        choose(by);
        const value = day === null || day >= last ? null : dayText(day);
        narrow({ known_by: by === "known_by" ? value : null, as_of: by === "as_of" ? value : null });
    };
    // The page follows when the slider rests for a moment.
    useEffect(() => {
        if (dragged === null) return;
        const timer = setTimeout(() => go(dragged), 120);
        return () => clearTimeout(timer);
    }, [dragged]);
    return (
        <div class={asked ? "as-of set" : "as-of"} role="group" aria-label="As of">
            <select
                aria-label="What the day means"
                value={way}
                onChange={(event) => {
                    const by = event.currentTarget.value as Way;
                    if (asked) go(at, by);
                    else choose(by);
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
