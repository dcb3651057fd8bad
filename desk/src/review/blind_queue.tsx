// Passages to code without seeing what was coded: mark the words of an act, say what it is; or say that there is none.

import { useEffect, useState } from "preact/hooks";
import { address, useAnswer } from "../api/client";
import type { List, Passage } from "../api/types";
import { Marked, type Stretch } from "../parts/marked";
import { trouble } from "../parts/notes";
import { Address } from "../parts/source_link";
import { Waiting } from "../parts/waiting";
import { FACTUALITIES, many } from "../terms";
import { dateWords } from "../time";
import { blank, FieldsForm, type Fields } from "./fields_form";
import { asFields, judge } from "./judge";

export function BlindQueue({ query, reviewer }: { query: URLSearchParams; reviewer: string }) {
    const queue = useAnswer<List<Passage>>(address(["review", "queue"], { reviewer, blind: true, who: query.get("who"), limit: 20 }));
    const [done, setDone] = useState<ReadonlySet<string>>(new Set());
    return (
        <Waiting on={queue}>
            {(list) => {
                const left = list.items.filter((one) => !done.has(keyOf(one)));
                const now = left[0];
                return now ? (
                    <BlindPassage key={keyOf(now)} passage={now} left={list.total} reviewer={reviewer} next={() => setDone(new Set([...done, keyOf(now)]))} />
                ) : (
                    <p class="empty">No passage is left to code.</p>
                );
            }}
        </Waiting>
    );
}

function keyOf(passage: Passage): string {
    return `${passage.article} ${passage.field} ${passage.start}`;
}

function BlindPassage({ passage, left, reviewer, next }: { passage: Passage; left: number; reviewer: string; next: () => void }) {
    const [chosen, choose] = useState<Stretch | null>(null);
    const [fields, setFields] = useState<Fields>(blank);
    const [kept, keep] = useState<Stretch[]>([]);
    const [busy, setBusy] = useState(false);
    useEffect(() => choose(null), [passage]);
    const tell = (body: Record<string, unknown>, words: string, then: () => void) => {
        setBusy(true);
        judge({ reviewer, article: passage.article, field: passage.field, ...body }, words)
            .then(then, trouble)
            .finally(() => setBusy(false));
    };
    const add = () => {
        if (!chosen) return;
        tell({ verdict: "missed", start: passage.start + chosen.start, end: passage.start + chosen.end, fields: asFields(fields) }, "Act kept.", () => {
            keep([...kept, chosen]);
            choose(null);
            setFields(blank);
        });
    };
    return (
        <section class="card" aria-label="A passage to code">
            <header>
                <h2>{many(left, "passage")} to code</h2>
            </header>
            <figure class="passage">
                <Marked text={passage.text} marks={kept.map(({ start, end }) => ({ role: "evidence", start, end }))} onChoose={choose} chosen={chosen} />
                <figcaption>
                    <Address source={passage.source} url={passage.url} />, {dateWords(passage.date)}
                </figcaption>
            </figure>
            <form
                class="correct-form"
                onSubmit={(event) => {
                    event.preventDefault();
                    add();
                }}
            >
                <FieldsForm fields={fields} onChange={setFields} factualities={FACTUALITIES} />
                <p class="span-chosen" dir="auto">
                    {chosen ? (
                        <>
                            Words: <mark class="role-chosen">{chosen.text}</mark>
                        </>
                    ) : (
                        "Mark in the passage the words that show an act."
                    )}
                </p>
                <div class="judge-row">
                    <button type="submit" class="main" disabled={busy || !chosen || fields.type === ""}>
                        Keep the act
                    </button>
                    <button type="button" disabled={busy} onClick={next}>
                        {kept.length > 0 ? "That was all; next passage" : "No act here; next passage"}
                    </button>
                </div>
            </form>
        </section>
    );
}
