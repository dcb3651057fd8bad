// Passages to code without seeing what was coded: mark the words of each act, say what it is, and keep them all together.

import { useState } from "preact/hooks";
import { address, useAnswer } from "../api/client";
import type { BlindPassage } from "../api/types";
import { Marked, type Stretch } from "../parts/marked";
import { trouble } from "../parts/notes";
import { SourceLink } from "../parts/source_link";
import { Waiting } from "../parts/waiting";
import { FACTUALITIES, many } from "../terms";
import { dateWords } from "../time";
import { blank, FieldsForm, type Fields } from "./fields_form";
import { asFields, judge } from "./judge";
import { NARROWING } from "./queue_filters";

export function BlindQueue({ query, reviewer }: { query: URLSearchParams; reviewer: string }) {
    const queue = useAnswer<{ items: BlindPassage[] }>(address(["review", "passages"], { reviewer, ...Object.fromEntries(NARROWING.map((key) => [key, query.get(key)])), limit: 1 }));
    return (
        <Waiting on={queue}>
            {({ items }) => {
                const now = items[0];
                return now ? <Passage key={`${now.article} ${now.field} ${now.start}`} passage={now} reviewer={reviewer} /> : <p class="empty">No passage is left to code.</p>;
            }}
        </Waiting>
    );
}

interface Kept {
    stretch: Stretch;
    fields: Fields;
}

function Passage({ passage, reviewer }: { passage: BlindPassage; reviewer: string }) {
    const [chosen, choose] = useState<Stretch | null>(null);
    const [fields, setFields] = useState<Fields>(blank);
    const [kept, keep] = useState<Kept[]>([]);
    const [busy, setBusy] = useState(false);
    const add = () => {
        if (!chosen) return;
        keep([...kept, { stretch: chosen, fields }]);
        choose(null);
        setFields(blank);
    };
    const finish = () => {
        const { article, field, start, end } = passage;
        const acts = kept.map((one) => ({ ...asFields(one.fields), start: start + one.stretch.start, end: start + one.stretch.end }));
        setBusy(true);
        judge({ reviewer, verdict: "coded", article, field, start, end, acts }, kept.length === 0 ? "Coded: no act." : `Coded: ${many(kept.length, "act")}.`)
            .catch(trouble)
            .finally(() => setBusy(false));
    };
    return (
        <section class="card" aria-label="A passage to code">
            <header>
                <h2>A passage to code</h2>
            </header>
            {passage.before && (
                <p class="quiet-words" dir="auto">
                    … {passage.before}
                </p>
            )}
            <figure class="passage">
                <Marked text={passage.text} marks={kept.map(({ stretch }) => ({ role: "evidence", start: stretch.start, end: stretch.end }))} onChoose={choose} chosen={chosen} />
                <figcaption>
                    <SourceLink source={passage.source} url={passage.url} />, {dateWords(passage.date)}
                </figcaption>
            </figure>
            <ul class="judgements">
                {kept.map((one, i) => (
                    <li>
                        <b>{one.fields.type.toLowerCase()}</b> {one.fields.actor || "nobody named"}
                        {one.fields.recipient && <> → {one.fields.recipient}</>} <q dir="auto">{one.stretch.text}</q>
                        <button class="quiet" onClick={() => keep(kept.filter((_, at) => at !== i))}>
                            Take away
                        </button>
                    </li>
                ))}
            </ul>
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
                    <button type="submit" disabled={!chosen || fields.type === ""}>
                        Note this act
                    </button>
                    <button type="button" class="main" disabled={busy} onClick={finish}>
                        {kept.length > 0 ? `Done: ${many(kept.length, "act")}` : "Done: no act here"}
                    </button>
                </div>
            </form>
        </section>
    );
}
