// How much of a long list is shown, and the button for more.

import { narrow, useAddress } from "../address";
import type { List } from "../api/types";
import { many } from "../terms";

const PAGE = 60;
/** The API gives no more at once. */
const MOST = 1000;

/** How many items are asked for; it stands in the address, so that a link shows as much; what narrows the list takes it away. */
export function useLimit(): [number, () => void] {
    const rows = Number(useAddress().query.get("rows"));
    const limit = Number.isInteger(rows) && rows > PAGE ? Math.min(MOST, rows) : PAGE;
    return [limit, () => narrow({ rows: String(Math.min(MOST, limit * 3)) })];
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
