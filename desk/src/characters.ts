// Spans count Unicode characters; JavaScript counts UTF-16 units. Here one becomes the other, and marks become pieces of text.

import type { Mark } from "./api/types";

/** A run of text under one set of marks. */
export interface Piece {
    /** Where it begins, in characters. */
    start: number;
    end: number;
    text: string;
    /** The roles over it, in the order given. */
    roles: string[];
    /** The roles whose mark ends with this piece: here their labels stand. */
    ending: string[];
}

/** The characters of a text. */
export function characters(text: string): string[] {
    return Array.from(text);
}

/** Cuts a text where marks begin and end. Marks that point outside the text are cut to it, empty ones left out. */
export function pieces(text: string, marks: readonly Mark[]): Piece[] {
    const all = characters(text);
    const sound = marks.map((mark) => ({ role: mark.role, start: Math.max(0, mark.start), end: Math.min(all.length, mark.end) })).filter((mark) => mark.start < mark.end);
    const cuts = [...new Set([0, all.length, ...sound.flatMap((mark) => [mark.start, mark.end])])].sort((a, b) => a - b);
    const out: Piece[] = [];
    for (let i = 0; i + 1 < cuts.length; i++) {
        const [start, end] = [cuts[i] as number, cuts[i + 1] as number];
        const over = sound.filter((mark) => mark.start <= start && mark.end >= end);
        out.push({
            start,
            end,
            text: all.slice(start, end).join(""),
            roles: [...new Set(over.map((mark) => mark.role))],
            ending: [...new Set(over.filter((mark) => mark.end === end).map((mark) => mark.role))],
        });
    }
    return out;
}

/** Characters before a UTF-16 offset. */
export function charactersBefore(text: string, units: number): number {
    return characters(text.slice(0, units)).length;
}

/** The text between two characters. */
export function between(text: string, start: number, end: number): string {
    return characters(text).slice(start, end).join("");
}

/** A text of at most so many characters; what is left out shows as one. */
export function cut(text: string, most: number): string {
    const all = characters(text);
    return all.length <= most ? text : `${all.slice(0, most - 1).join("")}…`;
}

/** Controls of writing direction: unseen, and able to show a text in another order than it has. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The same text, as many characters long, with controls of writing direction shown as boxes. */
export function seen(text: string): string {
    return text.replace(TURNING, "\u25af");
}
