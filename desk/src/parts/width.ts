// The width that a picture may take.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";

/** The width of a sheet of paper between its margins: A4 at 96 pixels an inch. */
const PAPER = 690;

/** The width of an element in pixels, and again whenever it changes; on paper that of a sheet. */
export function useWidth<E extends HTMLElement>(otherwise = 800): [RefObject<E | null>, number] {
    const ref = useRef<E>(null);
    const [width, set] = useState(otherwise);
    useLayoutEffect(() => {
        const element = ref.current;
        if (!element) return;
        const read = () => set(Math.max(200, Math.floor(element.clientWidth)));
        read();
        const observer = new ResizeObserver(read);
        observer.observe(element);
        const print = () => set(PAPER);
        addEventListener("beforeprint", print);
        addEventListener("afterprint", read);
        return () => {
            observer.disconnect();
            removeEventListener("beforeprint", print);
            removeEventListener("afterprint", read);
        };
    }, []);
    return [ref, width];
}
