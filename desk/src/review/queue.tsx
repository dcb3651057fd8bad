// Acts still to be judged, one at a time, the least confident first.

import { useState } from "preact/hooks";
import { link } from "../address";
import { ActPane } from "../act/act_pane";
import { address, useAnswer } from "../api/client";
import type { QueueItem } from "../api/types";
import { Waiting } from "../parts/waiting";
import { many } from "../terms";
import { NARROWING } from "./queue_filters";

/** How many acts of the queue are on the screen. */
const SHOWN = 12;

export function Queue({ query, reviewer }: { query: URLSearchParams; reviewer: string }) {
    const [skipped, skip] = useState<ReadonlySet<string>>(new Set());
    const filters = Object.fromEntries(NARROWING.map((key) => [key, query.get(key)]));
    const queue = useAnswer<{ total: number; items: QueueItem[] }>(address(["review", "queue"], { reviewer, ...filters, limit: Math.min(1000, SHOWN + skipped.size) }));
    return (
        <Waiting on={queue}>
            {(list) => {
                const left = list.items.filter((act) => !skipped.has(act.id));
                const now = left[0];
                if (!now) return <p class="empty">{list.total === 0 ? "Every act that fits is judged." : "All others were skipped."}</p>;
                return (
                    <div class="queue">
                        <section class="card" aria-label="The act to judge">
                            <header>
                                <h2>{many(list.total, "act")} to judge, the least confident first</h2>
                                <button class="quiet" onClick={() => skip(new Set([...skipped, now.id]))}>
                                    Skip
                                </button>
                                <div class="saves">
                                    <a class="quiet" href={address(["review", "queue"], { reviewer, ...filters, format: "csv" })} download="queue.csv">
                                        CSV
                                    </a>
                                </div>
                            </header>
                            <ActPane id={now.id} key={now.id} />
                        </section>
                        <section class="card" aria-label="Next in the queue">
                            <header>
                                <h2>Next</h2>
                            </header>
                            <ol class="act-list">
                                {left.slice(1, SHOWN).map((act) => (
                                    <li key={act.id}>
                                        <a class="next" href={link(["act", act.id])}>
                                            <small title="How sure the coder was, 0 to 1">{act.coded_confidence.toFixed(2)}</small>
                                            <span class="clip" dir="auto">
                                                {act.text}
                                            </span>
                                        </a>
                                    </li>
                                ))}
                            </ol>
                        </section>
                    </div>
                );
            }}
        </Waiting>
    );
}
