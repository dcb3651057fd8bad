// All judgements, newest first, each with its undo.

import { link } from "../address";
import { address, useAnswer } from "../api/client";
import type { Judgement, List } from "../api/types";
import { Waiting } from "../parts/waiting";
import { many } from "../terms";
import { fieldWords, undo } from "./judge";

export function JudgementList() {
    const judgements = useAnswer<List<Judgement>>(address(["review", "judgements"], { limit: 500 }));
    return (
        <section class="card" aria-label="Judgements">
            <Waiting on={judgements}>
                {(list) => (
                    <>
                        <header>
                            <h2>{many(list.total, "judgement")}</h2>
                            <div class="saves">
                                <a class="quiet" href={address(["review", "judgements"], { format: "csv", limit: 1000 })} download="judgements.csv">
                                    CSV
                                </a>
                            </div>
                        </header>
                        {list.total === 0 && <p class="empty">Nobody has judged an act yet.</p>}
                        <ul class="judgements">
                            {list.items.map((one) => (
                                <li key={one.id}>
                                    <b>{one.verdict}</b> by <span dir="auto">{one.reviewer}</span>
                                    {one.act && (
                                        <>
                                            {" · "}
                                            <a href={link(["act", one.act])}>the act</a>
                                        </>
                                    )}
                                    {one.fields && <small dir="auto"> {fieldWords(one.fields)}</small>}
                                    {one.note && <small dir="auto"> “{one.note}”</small>}
                                    <button class="quiet" onClick={() => undo(one.id)}>
                                        Undo
                                    </button>
                                </li>
                            ))}
                        </ul>
                    </>
                )}
            </Waiting>
        </section>
    );
}
