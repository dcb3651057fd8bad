// What narrows the acts to be judged and the passages to be coded: type, factuality, how sure the coder was, state, outlet, days.

import { narrow } from "../address";
import type { Status } from "../api/types";
import { Filters } from "../parts/filters";
import { useNames } from "../parts/names";

/** What the queues are asked with, by its name in the view's address. */
export const NARROWING = ["who", "type", "factuality", "confidence", "source", "from", "until"] as const;

export function QueueFilters({ query, status }: { query: URLSearchParams; status: Status | undefined }) {
    const { all } = useNames();
    const day = (key: "from" | "until") => (
        <label>
            {key} <input type="date" value={query.get(key) ?? ""} onChange={(event) => narrow({ [key]: event.currentTarget.value })} />
        </label>
    );
    const choice = (key: (typeof NARROWING)[number], words: string, options: readonly (readonly [string, string])[]) => (
        <select class={query.get(key) ? "set" : undefined} aria-label={words} value={query.get(key) ?? ""} onChange={(event) => narrow({ [key]: event.currentTarget.value })}>
            <option value="">{words}</option>
            {options.map(([value, shown]) => (
                <option value={value}>{shown}</option>
            ))}
        </select>
    );
    return (
        <div class="filters" role="group" aria-label="Narrow what is to be judged">
            <Filters query={query} only={["type", "factuality"]} />
            {choice(
                "confidence",
                "any confidence",
                ["0.5", "0.6", "0.7", "0.8"].map((at) => [`0..${at}`, `at most ${at}`] as const),
            )}
            {choice(
                "who",
                "any state",
                all.map((one) => [one.code, one.name] as const),
            )}
            {choice(
                "source",
                "any outlet",
                (status?.outlets ?? []).map(({ name }) => [name, name] as const),
            )}
            {day("from")} {day("until")}
        </div>
    );
}
