// A text with its marks; words chosen in it are told in characters.

import { useEffect, useRef } from "preact/hooks";
import type { Mark } from "../api/types";
import { between, characters, charactersBefore, pieces } from "../characters";

/** A stretch of a text, in characters. */
export interface Stretch {
    start: number;
    end: number;
    text: string;
}

interface Props {
    text: string;
    marks: readonly Mark[];
    /** Called when the user marks words. */
    onChoose?: (stretch: Stretch | null) => void;
    chosen?: Stretch | null;
}

/** Roles in the order in which their labels stand. */
const LABELLED = ["actor", "recipient", "third", "speaker", "negation", "intended", "requested", "possible", "background", "date", "place"];
/** The roles that are marked. `matched`, the words that the rule matched, lie within the evidence and are left out. */
export const ROLES = ["evidence", ...LABELLED];

export function Marked({ text, marks, onChoose, chosen }: Props) {
    const ref = useRef<HTMLQuoteElement>(null);
    useEffect(() => {
        if (!onChoose) return;
        const read = () => {
            const selection = getSelection();
            const root = ref.current;
            if (!root || !selection || selection.isCollapsed || selection.rangeCount === 0) return;
            const range = selection.getRangeAt(0);
            if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return;
            const [a, b] = [characterAt(root, range.startContainer, range.startOffset), characterAt(root, range.endContainer, range.endOffset)];
            const stretch = trimmed(text, Math.min(a, b), Math.max(a, b));
            if (stretch) onChoose(stretch);
        };
        document.addEventListener("selectionchange", read);
        return () => document.removeEventListener("selectionchange", read);
    }, [text, onChoose]);
    const seen = marks.filter((mark) => mark.role !== "matched");
    const all = chosen ? [...seen, { role: "chosen", start: chosen.start, end: chosen.end }] : seen;
    return (
        <blockquote ref={ref} class="marked" dir="auto">
            {pieces(text, all).map((piece) => {
                const labels = LABELLED.filter((role) => piece.ending.includes(role));
                return piece.roles.length === 0 ? (
                    <span data-start={piece.start}>{piece.text}</span>
                ) : (
                    <mark class={piece.roles.map((role) => `role-${role}`).join(" ")} title={piece.roles.join(", ")}>
                        <span data-start={piece.start}>{piece.text}</span>
                        {labels.map((role) => (
                            <small class={`tag tag-${role}`}>{role}</small>
                        ))}
                    </mark>
                );
            })}
        </blockquote>
    );
}

/** The character of the text at a place of the document. */
function characterAt(root: HTMLElement, node: Node, offset: number): number {
    const holders = [...root.querySelectorAll<HTMLElement>("[data-start]")];
    let best = 0;
    const probe = document.createRange();
    probe.setStart(node, offset);
    for (const holder of holders) {
        const words = holder.firstChild;
        const start = Number(holder.dataset["start"]);
        if (!words) continue;
        const length = charactersBefore(words.nodeValue ?? "", words.nodeValue?.length ?? 0);
        if (node === words) return start + charactersBefore(words.nodeValue ?? "", offset);
        if (probe.comparePoint(words, 0) < 0) best = start + length;
    }
    return best;
}

/** A stretch without blanks at its ends. */
function trimmed(text: string, start: number, end: number): Stretch | null {
    const words = between(text, start, end);
    const bare = words.trim();
    if (bare === "") return null;
    const lead = characters(words).length - characters(words.trimStart()).length;
    return { start: start + lead, end: start + lead + characters(bare).length, text: bare };
}
