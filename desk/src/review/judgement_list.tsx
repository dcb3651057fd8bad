// All judgements that stand, newest first, each with its undo.

import { link } from "../address";
import { address, useAnswer } from "../api/client";
import type { Judgement } from "../api/types";
import { SaveCsv, type Rows } from "../charts/picture";
import { Waiting } from "../parts/waiting";
import { many } from "../terms";
import { JudgementRow, readingWords, standing } from "./judge";

export function JudgementList() {
    const judgements = useAnswer<{ items: Judgement[] }>(address(["review", "judgements"], { limit: 1000 }));
    return (
        <section class="card" aria-label="Judgements">
            <Waiting on={judgements}>
                {({ items }) => {
                    const shown = standing(items);
                    const rows = (): Rows => [["id", "at", "reviewer", "verdict", "act", "reading", "note", "undone"], ...items.map((one) => [one.id, one.at, one.reviewer, one.verdict, one.targets?.[0]?.act ?? null, (one.readings ?? []).map(readingWords).join("; "), one.note ?? null, String(one.is_undone)])];
                    return (
                        <>
                            <header>
                                <h2>{many(shown.length, "judgement")}</h2>
                                <div class="saves">
                                    <SaveCsv file="judgements" rows={rows} />
                                </div>
                            </header>
                            {shown.length === 0 && <p class="empty">Nobody has judged an act yet.</p>}
                            <ul class="judgements">
                                {shown.map((one) => {
                                    const act = one.acts[0] ?? one.targets?.[0]?.act;
                                    return (
                                        <JudgementRow key={one.id} judgement={one}>
                                            {act && (
                                                <>
                                                    {" · "}
                                                    <a href={link(["act", act])}>the act</a>
                                                </>
                                            )}
                                        </JudgementRow>
                                    );
                                })}
                            </ul>
                        </>
                    );
                }}
            </Waiting>
        </section>
    );
}
