// How much of a long list is shown, and the button for more.

import { useState } from "preact/hooks";
import type { List } from "../api/types";
import { many } from "../terms";

const PAGE = 60;
/** The API gives no more at once. */
const MOST = 1000;

/** How many items are asked for; another list (`of`) begins anew. */
export function useLimit(of: string): [number, () => void] {
    const [grown, grow] = useState({ of, limit: PAGE });
    const limit = grown.of === of ? grown.limit : PAGE;
    return [limit, () => grow({ of, limit: Math.min(MOST, limit * 3) })];
}

interface Props {
    list: List<unknown>;
    /** What one item is called. */
    one: string;
    more: () => void;
    /** How the others are reached where no more are given at once. */
    otherwise: string;
}

export function More({ list, one, more, otherwise }: Props) {
    if (list.items.length >= list.total) return null;
    return (
        <p class="more">
            {list.items.length} of {many(list.total, one)}
            {list.items.length < MOST ? (
                <>
                    {" "}
                    <button onClick={more}>Show more</button>
                </>
            ) : (
                `; ${otherwise} to see the others`
            )}
        </p>
    );
}
