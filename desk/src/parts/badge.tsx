// What stands, in a word with a colour.

import type { Standing } from "../api/types";
import { tone } from "../terms";
import { dateWords } from "../time";

export function Badge({ standing }: { standing: Pick<Standing, "kind" | "subject" | "state" | "since"> }) {
    const { kind, subject, state, since } = standing;
    return (
        <span class={`badge ${tone(kind, state)}`} title={`${kind}${subject ? ` (${subject})` : ""}: ${state}${since ? ` since ${dateWords(since)}` : ""}`}>
            {kind} <b>{state}</b>
        </span>
    );
}
