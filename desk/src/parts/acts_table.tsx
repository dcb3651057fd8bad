// A list of acts: when, who, what, in which words.

import type { ComponentChildren } from "preact";
import { link } from "../address";
import { address, useAnswer, type Asked } from "../api/client";
import type { Act, List } from "../api/types";
import { caveats, many, QUAD_WORDS, typeWords, whoWords } from "../terms";
import { dateWords } from "../time";
import { memo } from "./memo";
import { More, useLimit } from "./more";
import { Waiting } from "./waiting";

interface Props {
    asked: Asked;
    /** The act that is open beside the list. */
    chosen?: string | null;
    /** Opens an act; one function for all renderings, so that the list is drawn again only when it changes. */
    open: (id: string) => void;
    head?: ComponentChildren;
}

export function ActsTable({ asked, chosen, open, head }: Props) {
    const [limit, more] = useLimit();
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
                        <Rows acts={list.items} chosen={chosen} open={open} />
                        {list.total === 0 && <p class="empty">No act fits.</p>}
                        <More list={list} one="act" more={more} otherwise="choose a shorter period" />
                    </>
                )}
            </Waiting>
        </section>
    );
}

const Rows = memo(function Rows({ acts, chosen, open }: { acts: readonly Act[] } & Pick<Props, "chosen" | "open">) {
    return (
        <ol class="act-list">
            {acts.map((act) => (
                <li key={act.id} class={act.id === chosen ? "chosen" : undefined}>
                    <ActRow act={act} open={open} />
                </li>
            ))}
        </ol>
    );
});

/** One act on two lines; without `open` it links to the act's own page. */
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
