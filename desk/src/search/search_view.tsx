// Words found in the passages, with the acts that the passages show.

import { link } from "../address";
import { address, asOf, useAnswer } from "../api/client";
import type { Hit, List } from "../api/types";
import { Marked } from "../parts/marked";
import { More, useLimit } from "../parts/more";
import { useNames } from "../parts/names";
import { SourceLink } from "../parts/source_link";
import { Waiting } from "../parts/waiting";
import { many } from "../terms";
import { dateWords } from "../time";

export function SearchView({ query }: { query: URLSearchParams }) {
    const { name } = useNames();
    const q = query.get("q") ?? "";
    const asked = { q, who: query.get("who"), ...asOf() };
    const [limit, more] = useLimit();
    const hits = useAnswer<List<Hit>>(q.trim() === "" ? null : address(["search"], { ...asked, limit }));
    return (
        <>
            <div class="view-head">
                <h1 dir="auto">“{q}” in passages</h1>
                <a class="quiet" href={address(["search"], { ...asked, format: "csv" })} download="search.csv">
                    CSV
                </a>
                <a class="chip" href={link(["relations"])}>
                    relations
                </a>
            </div>
            <Waiting on={hits}>
                {(list) => (
                    <>
                        <p class="quiet-words">{list.total > list.items.length ? `${list.items.length} of ${many(list.total, "passage")}` : many(list.total, "passage")}</p>
                        {list.items.map((hit) => (
                            <section class="card hit" aria-label="A passage">
                                <Marked text={hit.text} marks={hit.marks.map((mark) => ({ role: "found", ...mark }))} />
                                <p class="quiet-words" dir="auto">
                                    <SourceLink source={hit.source} url={hit.url} />, {dateWords(hit.date)}
                                </p>
                                <ol class="act-list">
                                    {hit.acts.map((act) => (
                                        <li>
                                            <a href={link(["act", act.id])}>
                                                {act.actors.map(name).join(", ") || "not said who"}
                                                {act.recipients.length > 0 && <> → {act.recipients.map(name).join(", ")}</>}: {act.type.toLowerCase()}
                                            </a>{" "}
                                            {act.factuality !== "actual" && <em class="caveat">{act.factuality}</em>} <small>{dateWords(act.day)}</small>
                                        </li>
                                    ))}
                                </ol>
                            </section>
                        ))}
                        <More list={list} one="passage" more={more} otherwise="add words" />
                    </>
                )}
            </Waiting>
        </>
    );
}
