// What narrows a list of acts besides the period.

import { narrow } from "../address";
import { FACTUALITIES, QUADS, QUAD_WORDS, TYPES } from "../terms";

interface Choice {
    key: string;
    words: string;
    options: readonly (readonly [string, string])[];
}

const CHOICES: Choice[] = [
    { key: "quad", words: "any class", options: QUADS.map((quad) => [quad, QUAD_WORDS[quad]] as const) },
    { key: "type", words: "any type", options: Object.keys(TYPES).map((type) => [type, type.toLowerCase()] as const) },
    { key: "factuality", words: "any factuality", options: FACTUALITIES.map((one) => [one, one] as const) },
    {
        key: "epoch",
        words: "new and background",
        options: [
            ["new", "new"],
            ["background", "background"],
        ],
    },
    {
        key: "confidence",
        words: "any confidence",
        options: ["0.6", "0.7", "0.8", "0.9"].map((at) => [at, `at least ${at}`] as const),
    },
];

export function Filters({ query, only }: { query: URLSearchParams; only?: readonly string[] }) {
    return (
        <div class="filters" role="group" aria-label="Narrow the acts">
            {CHOICES.filter(({ key }) => only === undefined || only.includes(key)).map(({ key, words, options }) => (
                <select class={query.get(key) ? "set" : undefined} aria-label={words} value={query.get(key) ?? ""} onChange={(event) => narrow({ [key]: event.currentTarget.value, rows: null })}>
                    <option value="">{words}</option>
                    {options.map(([value, shown]) => (
                        <option value={value}>{shown}</option>
                    ))}
                </select>
            ))}
        </div>
    );
}
