// A list of acts: when, who, what, in which words.

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { link } from "../address";
import { address, useAnswer, type Asked } from "../api/client";
import type { Act, List } from "../api/types";
import { caveats, many, QUAD_WORDS, typeWords, whoWords } from "../terms";
import { dateWords } from "../time";
import { Waiting } from "./waiting";

const PAGE = 60;

interface Props {
    asked: Asked;
    /** The act that is open beside the list. */
    chosen?: string | null;
    /** Opens an act; without it the list links to the act's own page. */
    open?: (id: string) => void;
    head?: ComponentChildren;
}

export function ActsTable({ asked, chosen, open, head }: Props) {
    const [limit, setLimit] = useState(PAGE);
    const key = address(["acts"], asked);
    useEffect(() => setLimit(PAGE), [key]);
    const acts = useAnswer<List<Act>>(address(["acts"], { ...asked, limit }));
    return (
        <section class="card acts" aria-label="Acts" aria-busy={acts.busy}>
            <header>
                <h2>{acts.data ? many(acts.data.total, "act") : "Acts"}</h2>
                {head}
                <div class="saves">
                    <a class="quiet" href={address(["acts"], { ...asked, format: "csv" })} download="acts.csv">
                        CSV
                    </a>
                </div>
            </header>
            <Waiting on={acts}>
                {(list) => (
                    <>
                        <ol class="act-list">
                            {list.items.map((act) => (
                                <li key={act.id} class={act.id === chosen ? "chosen" : undefined}>
                                    <ActRow act={act} open={open} />
                                </li>
                            ))}
                        </ol>
                        {list.total === 0 && <p class="empty">No act fits.</p>}
                        {list.items.length < list.total && (
                            <p class="more">
                                {list.items.length} of {list.total.toLocaleString("en")} {limit < 1000 ? <button onClick={() => setLimit(Math.min(1000, limit * 3))}>Show more</button> : "; choose a shorter period to see the others"}
                            </p>
                        )}
                    </>
                )}
            </Waiting>
        </section>
    );
}

/** One act on two lines. */
export function ActRow({ act, open }: { act: Act; open?: (id: string) => void }) {
    return (
        <a
            class="act-row"
            href={link(["act", act.id])}
            data-act={act.id}
            onClick={(event) => {
                if (!open || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
                event.preventDefault();
                open(act.id);
            }}
        >
            <time>{dateWords(act.date ?? act.day)}</time>
            <i class={`swatch ${act.quad}`} title={QUAD_WORDS[act.quad]} />
            <span class="what">
                <b dir="auto">{whoWords(act)}</b> <span class="type">{typeWords(act)}</span>
                {caveats(act).map((word) => (
                    <em class="caveat">{word}</em>
                ))}
                {act.subject && (
                    <span class="subject" dir="auto">
                        {": "}
                        {act.subject}
                    </span>
                )}
            </span>
            <small class="words clip" dir="auto">
                {act.text}
            </small>
            <small class="from clip" dir="auto">
                {act.source}
                {act.reports > 1 && <> · {many(act.reports, "report")}</>}
            </small>
        </a>
    );
}
