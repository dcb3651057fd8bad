// An act: the passage with its marks, who reports it, how it was coded, what it answers, and what reviewers say of it.

import { useEffect, useRef, useState } from "preact/hooks";
import { affairLink, link } from "../address";
import { address, useAnswer } from "../api/client";
import type { Act, ActDetail, Explanation, Mark, TreeWord } from "../api/types";
import { Picture } from "../charts/picture";
import { Tree } from "../charts/tree";
import { ActRow } from "../parts/acts_table";
import { Marked, ROLES, type Stretch } from "../parts/marked";
import { SourceLink } from "../parts/source_link";
import { Waiting } from "../parts/waiting";
import { Judge } from "../review/judge";
import { caveats, many, QUAD_WORDS, typeWords, TYPES, whoWords } from "../terms";
import { dateWords } from "../time";

export function ActPane({ id, close }: { id: string; close?: () => void }) {
    const act = useAnswer<ActDetail>(address(["acts", id]));
    const heading = useRef<HTMLHeadingElement>(null);
    useEffect(() => {
        if (!close) return;
        const key = (event: KeyboardEvent) => event.key === "Escape" && close();
        addEventListener("keydown", key);
        return () => removeEventListener("keydown", key);
    }, [close]);
    useEffect(() => {
        if (close && act.data) heading.current?.focus({ preventScroll: true });
    }, [id, act.data === undefined]);
    return (
        <article class="act-pane" aria-label="Act" aria-busy={act.busy}>
            <Waiting on={act}>{(data) => <ActBody act={data} close={close} heading={heading} />}</Waiting>
        </article>
    );
}

function ActBody({ act, close, heading }: { act: ActDetail; close?: () => void; heading: { current: HTMLHeadingElement | null } }) {
    const [chosen, choose] = useState<Stretch | null>(null);
    useEffect(() => choose(null), [act.id]);
    const passage = act.passages[0];
    const roles = ROLES.filter((role) => act.passages.some((one) => one.marks.some((mark) => mark.role === role)));
    return (
        <>
            <header class="view-head">
                <h1 ref={heading} tabindex={-1} dir="auto">
                    {whoWords(act)}
                </h1>
                {close && (
                    <button class="quiet close" onClick={close} aria-label="Close the act" title="Close (Escape)">
                        ×
                    </button>
                )}
            </header>
            <p class="act-facts">
                <span class={`badge quad-${act.quad}`} title={TYPES[act.type]?.means}>
                    {typeWords(act)}
                </span>
                {caveats(act).map((word) => (
                    <em class="caveat">{word}</em>
                ))}
                <span>{dateWords(act.date ?? act.day)}</span>
                {act.speaker && <span dir="auto">says {act.speaker}</span>}
                <span class="quiet-words" title="PLOVER's scale, −10 to 10">
                    {QUAD_WORDS[act.quad]}, scale {act.scale.toFixed(1)}
                </span>
                <span class="quiet-words" title="How sure the coder is, 0 to 1">
                    confidence {act.confidence.toFixed(2)}
                </span>
            </p>
            {act.subject && (
                <p class="about" dir="auto">
                    About: {act.subject}
                </p>
            )}
            {act.passages.map((one, i) => (
                <figure class="passage" key={`${one.article} ${one.start}`}>
                    <Marked text={one.text} marks={one.marks} onChoose={i === 0 ? choose : undefined} chosen={i === 0 ? chosen : null} />
                    <figcaption>
                        <SourceLink source={one.source} url={one.url} />, {dateWords(one.date)}
                        {one.field === "title" && <>, in the headline</>}
                    </figcaption>
                </figure>
            ))}
            {roles.length > 0 && (
                <p class="legend" aria-label="Marks">
                    {roles.map((role) => (
                        <span>
                            <mark class={`role-${role}`}>{role}</mark>
                        </span>
                    ))}
                </p>
            )}
            <Judge act={act} passage={passage ?? null} chosen={chosen} clear={() => choose(null)} />
            <h2>{many(act.told_by.length, "report")}</h2>
            <ul class="reports">
                {act.told_by.map((one) => (
                    <li>
                        <SourceLink source={one.source} url={one.url} /> <span class="quiet-words">{dateWords(one.date)}</span> {one.why && <small class="quiet-words">{one.why}</small>}
                    </li>
                ))}
            </ul>
            {act.because_of.length > 0 && (
                <p>
                    It says that it answers:{" "}
                    {act.because_of.map((words) => (
                        <q dir="auto">{words}</q>
                    ))}
                </p>
            )}
            <Related title="Answers" acts={act.answers} />
            <Related title="Answered by" acts={act.answered_by} />
            <Related title="Spoken against by" acts={act.spoken_against_by} />
            {act.affairs.length > 0 && (
                <p>
                    Moves{" "}
                    {act.affairs.map((one) => (
                        <a class="chip" href={affairLink(one)}>
                            {one.kind}: {one.state}
                        </a>
                    ))}
                </p>
            )}
            {act.explanation && <Explained explanation={act.explanation} marks={passage?.marks ?? []} id={act.id} />}
            <p class="quiet-words foot">
                <a href={link(["act", act.id])}>link to this act</a>
                {" · "}
                <a href={address(["acts", act.id])} target="_blank" rel="noopener">
                    as JSON
                </a>
            </p>
        </>
    );
}

function Related({ title, acts }: { title: string; acts: readonly Act[] }) {
    if (acts.length === 0) return null;
    return (
        <>
            <h2>{title}</h2>
            <ol class="act-list">
                {acts.map((one) => (
                    <li key={one.id}>
                        <ActRow act={one} />
                    </li>
                ))}
            </ol>
        </>
    );
}

function Explained({ explanation, marks, id }: { explanation: Explanation; marks: readonly Mark[]; id: string }) {
    const lit = (word: TreeWord) => {
        const over = marks.find((mark) => (mark.role === "actor" || mark.role === "recipient") && mark.start <= word.start && mark.end >= word.end);
        return over ? `lit-${over.role}` : "";
    };
    return (
        <Picture title="How it was coded" file={`tree-${id}`} class="plain">
            <p>
                Rule: {explanation.rule.sentence && <q dir="auto">{explanation.rule.sentence}</q>} <small>{explanation.rule.name}</small>
            </p>
            {explanation.tree.length > 0 && <Tree words={explanation.tree} lit={lit} />}
            {explanation.steps.length > 0 && (
                <details>
                    <summary>{many(explanation.steps.length, "step")}</summary>
                    <pre class="steps" tabindex={0}>{explanation.steps.join("\n")}</pre>
                </details>
            )}
        </Picture>
    );
}
