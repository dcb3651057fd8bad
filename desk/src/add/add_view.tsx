// Add: paste a text or drop files, see it coded sentence by sentence, and put it into the ledger.

import { useEffect, useRef, useState } from "preact/hooks";
import { link } from "../address";
import { address, forget, send } from "../api/client";
import type { Added, Coded, CodedSentence } from "../api/types";
import { Marked } from "../parts/marked";
import { useNames } from "../parts/names";
import { note, trouble } from "../parts/notes";
import { affairWords, caveats, many, QUAD_WORDS, tone, typeWords, whoWords } from "../terms";
import { dateWords } from "../time";
import { articlesOf, type Draft } from "./files";

const EMPTY: Draft = { text: "", title: "", date: "", source: "" };

export function AddView() {
    const [draft, setDraft] = useState<Draft>(EMPTY);
    const [waiting, setWaiting] = useState<Draft[]>([]);
    const [coded, setCoded] = useState<Coded | null>(null);
    const [coding, setCoding] = useState(false);
    const [adding, setAdding] = useState(false);
    const busy = coding || adding;
    const [wrong, setWrong] = useState<string | null>(null);
    const [added, setAdded] = useState<(Added & { title: string })[]>([]);
    const [over, setOver] = useState(false);
    const turn = useRef(0);
    // Coded at once, a moment after the last key.
    useEffect(() => {
        const mine = ++turn.current;
        if (draft.text.trim() === "") {
            setCoded(null);
            setWrong(null);
            setCoding(false);
            return;
        }
        const timer = setTimeout(() => {
            setCoding(true);
            send<Coded>("POST", address(["code"]), bodyOf(draft), false)
                .then(
                    (answer) => mine === turn.current && (setCoded(answer), setWrong(null)),
                    (error: Error) => mine === turn.current && setWrong(error.message),
                )
                .finally(() => mine === turn.current && setCoding(false));
        }, 350);
        return () => clearTimeout(timer);
    }, [draft]);
    const set = (key: keyof Draft) => (event: { currentTarget: { value: string } }) => setDraft({ ...draft, [key]: event.currentTarget.value });
    const take = async (files: FileList | null | undefined) => {
        const found: Draft[] = [];
        for (const file of files ?? []) {
            try {
                found.push(...(await articlesOf(file)));
            } catch (error) {
                trouble(error);
            }
        }
        const [first, ...rest] = found;
        if (!first) return;
        setDraft(first);
        setWaiting([...rest, ...waiting]);
        note(`${many(found.length, "article")} read from ${many(files?.length ?? 0, "file")}.`);
    };
    const add = async (drafts: Draft[]) => {
        setAdding(true);
        try {
            for (const one of drafts) {
                const answer = await send<Added>("POST", address(["articles"]), bodyOf(one), false);
                setAdded((now) => [{ ...answer, title: one.title || one.text.slice(0, 60) }, ...now].slice(0, 50));
            }
            setDraft(waiting.length > 0 && drafts.length === 1 ? (waiting[0] as Draft) : EMPTY);
            setWaiting(drafts.length === 1 ? waiting.slice(1) : []);
            note(drafts.length === 1 ? "Added to the ledger." : `${drafts.length} articles added to the ledger.`);
        } catch (error) {
            trouble(error);
        } finally {
            setAdding(false);
            forget();
        }
    };
    return (
        <div
            class={over ? "add over" : "add"}
            onDragOver={(event) => (event.preventDefault(), setOver(true))}
            onDragLeave={() => setOver(false)}
            onDrop={(event) => {
                event.preventDefault();
                setOver(false);
                void take(event.dataTransfer?.files);
            }}
        >
            <div class="view-head">
                <h1>Add</h1>
                <p class="quiet-words">Paste a text, or drop files anywhere here. It is coded as you type; nothing is kept until you add it.</p>
            </div>
            <div class="add-columns">
                <form
                    class="card draft"
                    aria-label="The text"
                    onSubmit={(event) => {
                        event.preventDefault();
                        void add([draft]);
                    }}
                >
                    <label class="wide">
                        Headline
                        <input type="text" value={draft.title} onInput={set("title")} />
                    </label>
                    <label>
                        Day of publication
                        <input type="date" value={draft.date} onInput={set("date")} />
                    </label>
                    <label>
                        Outlet
                        <input type="text" value={draft.source} onInput={set("source")} />
                    </label>
                    <label class="wide">
                        Text
                        <textarea rows={16} value={draft.text} onInput={set("text")} placeholder="Orsenia suspended the talks on Saturday." />
                    </label>
                    <div class="judge-row wide">
                        <button type="submit" class="main" disabled={busy || draft.text.trim() === ""}>
                            Add to the ledger
                        </button>
                        {waiting.length > 0 && (
                            <button type="button" disabled={busy} onClick={() => void add([draft, ...waiting])}>
                                Add all {waiting.length + 1}
                            </button>
                        )}
                        <label class="file">
                            <span>Choose files</span>
                            <input type="file" multiple accept=".txt,.md,.json,.jsonl,text/plain" onChange={(event) => void take(event.currentTarget.files)} />
                        </label>
                    </div>
                </form>
                <section class="card coded" aria-label="How it is coded" aria-busy={coding}>
                    <header>
                        <h2>{coded ? many(coded.sentences.reduce((sum, one) => sum + one.acts.length, 0), "act") : "How it is coded"}</h2>
                    </header>
                    {wrong && (
                        <p class="trouble" role="alert">
                            {wrong}
                        </p>
                    )}
                    {coded ? <CodedText coded={coded} /> : <p class="empty">Each sentence will stand here with its acts.</p>}
                </section>
            </div>
            {added.length > 0 && (
                <section class="card" aria-label="Added">
                    <header>
                        <h2>Added</h2>
                    </header>
                    <ul class="added">
                        {added.map((one) => (
                            <li>
                                <span class="clip" dir="auto">
                                    {one.title}
                                </span>{" "}
                                <small>{one.new ? `${many(one.acts.length, "act")}${one.near ? ", nearly the same as another article" : ""}` : "was there already"}</small>
                            </li>
                        ))}
                    </ul>
                    <p>
                        <a href={link(["relations"])}>See the relations</a>
                    </p>
                </section>
            )}
        </div>
    );
}

function bodyOf(draft: Draft): Record<string, string> {
    return Object.fromEntries(Object.entries(draft).filter(([, value]) => value.trim() !== ""));
}

function CodedText({ coded }: { coded: Coded }) {
    const { name } = useNames();
    return (
        <>
            <ol class="sentences">
                {coded.sentences.map((one) => (
                    <Sentence key={one.start} sentence={one} />
                ))}
            </ol>
            {coded.affairs.length > 0 && (
                <>
                    <h3>What would stand</h3>
                    <ul class="would">
                        {coded.affairs.map((one) => (
                            <li>
                                {one.parties.map(name).join(" – ")}, {affairWords(one, name)} <span class={`badge ${tone(one.kind, one.state)}`}>{one.state}</span>
                            </li>
                        ))}
                    </ul>
                </>
            )}
            {coded.left_out.length > 0 && (
                <details>
                    <summary>{many(coded.left_out.length, "passage")} left out</summary>
                    <ul class="left-out">
                        {coded.left_out.map((one) => (
                            <li>
                                <small>{one.why}</small> <span dir="auto">{one.text}</span>
                            </li>
                        ))}
                    </ul>
                </details>
            )}
        </>
    );
}

function Sentence({ sentence }: { sentence: CodedSentence }) {
    if (sentence.acts.length === 0) {
        return (
            <li class="silent" dir="auto">
                {sentence.text}
            </li>
        );
    }
    return (
        <li>
            <Marked text={sentence.text} marks={sentence.acts.flatMap((act) => act.marks)} />
            <ul class="would">
                {sentence.acts.map((act) => (
                    <li>
                        <i class={`swatch ${act.quad}`} title={QUAD_WORDS[act.quad]} /> <b dir="auto">{whoWords(act)}</b> {typeWords(act)}{" "}
                        {caveats(act).map((word) => (
                            <em class="caveat">{word}</em>
                        ))}{" "}
                        <small>
                            {dateWords(act.date)}, confidence {act.confidence.toFixed(2)}
                        </small>
                    </li>
                ))}
            </ul>
        </li>
    );
}
