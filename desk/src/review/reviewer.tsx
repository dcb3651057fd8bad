// Who reviews: a name that this browser keeps. It is no part of a view's address, for a link is sent to somebody else.

import { useEffect, useState } from "preact/hooks";

const KEY = "detente.reviewer";
const listeners = new Set<(name: string) => void>();
let current: string | null = null;

function read(): string {
    if (current === null) {
        try {
            current = localStorage.getItem(KEY) ?? "";
        } catch {
            current = ""; // Storage is closed to the page; the name lasts as long as the tab.
        }
    }
    return current;
}

export function useReviewer(): [string, (name: string) => void] {
    const [name, set] = useState(read);
    useEffect(() => {
        listeners.add(set);
        return () => void listeners.delete(set);
    }, []);
    return [
        name,
        (next) => {
            current = next;
            try {
                localStorage.setItem(KEY, next);
            } catch {
                // As above.
            }
            for (const listener of listeners) listener(next);
        },
    ];
}

export function ReviewerField() {
    const [name, set] = useReviewer();
    return (
        <label class="reviewer">
            Your name <input type="text" value={name} maxLength={80} autocomplete="name" onInput={(event) => set(event.currentTarget.value)} />
        </label>
    );
}
