// What stands, in a word with a colour.

import type { Standing } from "../api/types";
import { standsWords, tone } from "../terms";

export function Badge({ standing }: { standing: Pick<Standing, "kind" | "subject" | "state" | "since"> }) {
    const { kind, subject, state } = standing;
    return (
        <span class={`badge ${tone(kind, state)}`} title={`${kind}${subject ? ` (${subject})` : ""}: ${standsWords(standing)}`}>
            {kind} <b>{state}</b>
        </span>
    );
}
