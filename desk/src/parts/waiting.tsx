// What stands where an answer is not there yet, or is an error.

import type { ComponentChildren } from "preact";
import type { Asking } from "../api/client";

export function Waiting<T>({ on, children }: { on: Asking<T>; children: (data: T) => ComponentChildren }) {
    if (on.data === undefined) {
        return on.error ? (
            <p class="trouble" role="alert">
                {on.error.message}
            </p>
        ) : (
            <p class="waiting" aria-busy="true">
                Asking the ledger…
            </p>
        );
    }
    return (
        <>
            {on.error && (
                <p class="trouble" role="alert">
                    {on.error.message}
                </p>
            )}
            {children(on.data)}
        </>
    );
}
