// Short notes at the foot of the page: what was done, what went wrong.

import { useEffect, useState } from "preact/hooks";

interface Note {
    id: number;
    text: string;
    bad: boolean;
    undo?: () => void;
}

let last = 0;
let notes: Note[] = [];
const listeners = new Set<(notes: Note[]) => void>();

function tell(now: Note[]): void {
    notes = now;
    for (const listener of listeners) listener(notes);
}

/** Shows a note for some seconds; screen readers say it. */
export function note(text: string, more: { bad?: boolean; undo?: () => void } = {}): void {
    const id = ++last;
    tell([...notes.slice(-2), { id, text, bad: more.bad ?? false, undo: more.undo }]);
    setTimeout(() => tell(notes.filter((one) => one.id !== id)), more.undo ? 12_000 : 6_000);
}

/** Shows what an action could not do. */
export function trouble(error: unknown): void {
    note(error instanceof Error ? error.message : String(error), { bad: true });
}

export function Notes() {
    const [now, set] = useState(notes);
    useEffect(() => {
        listeners.add(set);
        return () => void listeners.delete(set);
    }, []);
    return (
        <div class="notes" role="status" aria-live="polite">
            {now.map((one) => (
                <p key={one.id} class={one.bad ? "note bad" : "note"}>
                    {one.text}
                    {one.undo && (
                        <button
                            onClick={() => {
                                one.undo?.();
                                tell(notes.filter((other) => other.id !== one.id));
                            }}
                        >
                            Undo
                        </button>
                    )}
                </p>
            ))}
        </div>
    );
}
