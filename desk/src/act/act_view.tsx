// An act on a page of its own: the address to send to a colleague.

import { ActPane } from "./act_pane";

export function ActView({ id }: { id: string }) {
    return (
        <div class="act-view">
            <ActPane id={id} />
        </div>
    );
}
