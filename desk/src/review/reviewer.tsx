// Who reviews: a name that this browser keeps. It is no part of a view's address, for a link is sent to somebody else.

import { useEffect, useState } from "preact/hooks";
import { keep, kept } from "../parts/storage";

const KEY = "detente.reviewer";
const listeners = new Set<(name: string) => void>();
let current: string | null = null;

function read(): string {
    return (current ??= kept(KEY) ?? "");
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
            keep(KEY, next);
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
