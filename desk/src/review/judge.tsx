// Judging an act: accept, reject, correct; or tell an act that was missed, by marking its words. Each judgement can be taken back.

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { address, send } from "../api/client";
import type { ActDetail, Judgement, Passage, Reading } from "../api/types";
import type { Stretch } from "../parts/marked";
import { note, trouble } from "../parts/notes";
import { FACTUALITIES } from "../terms";
import { dateWords } from "../time";
import { blank, FieldsForm, type Fields } from "./fields_form";
import { ReviewerField, useReviewer } from "./reviewer";

interface Props {
    act: ActDetail;
    passage: Passage | null;
    chosen: Stretch | null;
    clear: () => void;
}

type Open = "correct" | "missed" | null;

/** Takes a judgement back. */
export function undo(judgement: Pick<Judgement, "id" | "reviewer">): void {
    send("DELETE", address(["review", "judgements", judgement.id], { reviewer: judgement.reviewer })).then(() => note("Taken back."), trouble);
}

/** Sends a judgement; the note that tells of it can take it back. */
export async function judge(body: Record<string, unknown>, words: string): Promise<void> {
    const made = await send<Judgement>("POST", address(["review", "judgements"]), body);
    note(words, { undo: () => undo(made) });
}

export function Judge({ act, passage, chosen, clear }: Props) {
    const [reviewer] = useReviewer();
    const [open, setOpen] = useState<Open>(null);
    const [fields, setFields] = useState<Fields>(blank);
    const [busy, setBusy] = useState(false);
    const judgements = standing(act.judgements);
    // Where the passage begins in its article: told by the evidence, whose place is known in both.
    const mark = passage?.marks.find((one) => one.role === "evidence");
    const origin = mark && act.json.evidence ? act.json.evidence.start - mark.start : (passage?.start ?? 0);
    useEffect(() => setOpen(null), [act.id]);
    const start = (what: Open) => {
        setOpen(open === what ? null : what);
        if (what === "correct") {
            setFields({
                type: act.type,
                mode: act.mode[0] ?? "",
                actor: codes(act.actor),
                recipient: codes(act.recipient),
                factuality: act.factuality,
                date: act.date ?? "",
            });
        } else setFields(blank);
    };
    const tell = (body: Record<string, unknown>, words: string) => {
        if (reviewer.trim() === "") {
            note("Say first who you are: a judgement carries its reviewer's name.", { bad: true });
            return;
        }
        setBusy(true);
        judge({ reviewer: reviewer.trim(), ...body }, words)
            .then(() => (setOpen(null), clear()), trouble)
            .finally(() => setBusy(false));
    };
    const correct = () => {
        const changed: Record<string, unknown> = {};
        if (fields.type !== act.type) changed["type"] = fields.type;
        if (fields.mode !== (act.mode[0] ?? "")) changed["mode"] = fields.mode === "" ? [] : [fields.mode];
        if (fields.actor !== codes(act.actor)) changed["actor"] = split(fields.actor);
        if (fields.recipient !== codes(act.recipient)) changed["recipient"] = split(fields.recipient);
        if (fields.factuality !== act.factuality) changed["factuality"] = fields.factuality;
        if (fields.date !== (act.date ?? "")) changed["date"] = fields.date === "" ? "unknown" : fields.date;
        if (chosen && passage) Object.assign(changed, { start: origin + chosen.start, end: origin + chosen.end });
        if (Object.keys(changed).length === 0) {
            note("Nothing differs from what is coded. Change a field or mark other words.", { bad: true });
            return;
        }
        tell({ act: act.id, verdict: "correct", fields: changed }, "Corrected.");
    };
    const missed = () => {
        if (!chosen || !passage) return;
        tell(
            {
                verdict: "missed",
                article: passage.article,
                field: passage.field,
                start: origin + chosen.start,
                end: origin + chosen.end,
                fields: asFields(fields),
            },
            "The missed act is kept.",
        );
    };
    useEffect(() => {
        const key = (event: KeyboardEvent) => {
            const on = event.target as HTMLElement;
            if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(on.tagName) || busy) return;
            if (event.key === "a") tell({ act: act.id, verdict: "accept" }, "Accepted.");
            else if (event.key === "r") tell({ act: act.id, verdict: "reject" }, "Rejected.");
            else if (event.key === "c") start("correct");
            else if (event.key === "m" && passage) start("missed");
            else return;
            event.preventDefault();
        };
        addEventListener("keydown", key);
        return () => removeEventListener("keydown", key);
    });
    return (
        <section class="judge" aria-label="Review of this act">
            <div class="judge-row">
                <button disabled={busy} onClick={() => tell({ act: act.id, verdict: "accept" }, "Accepted.")}>
                    Accept <kbd>a</kbd>
                </button>
                <button disabled={busy} onClick={() => tell({ act: act.id, verdict: "reject" }, "Rejected.")}>
                    Reject <kbd>r</kbd>
                </button>
                <button disabled={busy} aria-expanded={open === "correct"} onClick={() => start("correct")}>
                    Correct <kbd>c</kbd>
                </button>
                {passage && (
                    <button disabled={busy} aria-expanded={open === "missed"} onClick={() => start("missed")}>
                        Missed act <kbd>m</kbd>
                    </button>
                )}
                <ReviewerField />
            </div>
            {open && (
                <form
                    class="correct-form"
                    onSubmit={(event) => {
                        event.preventDefault();
                        if (open === "correct") correct();
                        else missed();
                    }}
                >
                    <FieldsForm fields={fields} onChange={setFields} factualities={FACTUALITIES} />
                    <p class="span-chosen" dir="auto">
                        {chosen ? (
                            <>
                                Words: <mark class="role-chosen">{chosen.text}</mark>{" "}
                                <button type="button" class="quiet" onClick={clear}>
                                    none
                                </button>
                            </>
                        ) : open === "missed" ? (
                            "Mark in the passage above the words that show the missed act."
                        ) : (
                            "Mark words in the passage above to correct the evidence."
                        )}
                    </p>
                    <button type="submit" class="main" disabled={busy || (open === "missed" && (!chosen || fields.type === ""))}>
                        {open === "correct" ? "Keep the correction" : "Keep the missed act"}
                    </button>
                </form>
            )}
            {judgements.length > 0 && (
                <ul class="judgements">
                    {judgements.map((one) => (
                        <JudgementRow key={one.id} judgement={one} />
                    ))}
                </ul>
            )}
        </section>
    );
}

function codes(sides: ActDetail["actor"]): string {
    return sides.map((side) => side.code ?? side.text).join(", ");
}

function split(text: string): string[] {
    return text
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one !== "");
}

/** The fields of an act that nobody coded. */
export function asFields(fields: Fields): Record<string, unknown> {
    const out: Record<string, unknown> = { type: fields.type, actor: split(fields.actor), recipient: split(fields.recipient), factuality: fields.factuality };
    if (fields.mode !== "") out["mode"] = [fields.mode];
    if (fields.date !== "") out["date"] = fields.date;
    return out;
}

/** The judgements that nobody took back. */
export function standing(judgements: readonly Judgement[]): Judgement[] {
    return judgements.filter((one) => !one.is_undone && one.verdict !== "undo");
}

/** One judgement, with its undo. */
export function JudgementRow({ judgement: one, children }: { judgement: Judgement; children?: ComponentChildren }) {
    return (
        <li>
            <b>{one.verdict}</b> by <span dir="auto">{one.reviewer}</span> <small>{dateWords(one.at.slice(0, 10))}</small>
            {children}
            {(one.verdict === "correct" || one.verdict === "missed") && <small dir="auto"> {(one.readings ?? []).map(readingWords).join("; ")}</small>}
            {one.note && <small dir="auto"> “{one.note}”</small>}
            <button class="quiet" onClick={() => undo(one)}>
                Undo
            </button>
        </li>
    );
}

/** `QKE → QOR: sanction, intended`. */
export function readingWords(reading: Reading): string {
    const sides = (all: Reading["actor"]) => all.map((side) => side.code ?? side.name ?? "unknown").join(", ");
    const who = reading.recipient.length > 0 ? `${sides(reading.actor)} → ${sides(reading.recipient)}` : sides(reading.actor);
    return [`${who}: ${reading.type.toLowerCase()}`, ...(reading.mode ?? []), ...(reading.factuality === "actual" ? [] : [reading.factuality]), ...(reading.date ? [reading.date] : [])].join(", ");
}
