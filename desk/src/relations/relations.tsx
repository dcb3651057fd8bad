// All pairs: a matrix, a list with sparklines, and what changed lately.

import { useMemo, useRef } from "preact/hooks";
import { affairLink, link, narrow } from "../address";
import { address, asOf, useAnswer, type Asked, type Asking } from "../api/client";
import type { Change, List, Network, Pair, Status } from "../api/types";
import { Matrix, networkRows } from "../charts/matrix";
import { Picture } from "../charts/picture";
import { monthNumber, Spark } from "../charts/spark";
import { Badge } from "../parts/badge";
import { memo } from "../parts/memo";
import { More, useLimit } from "../parts/more";
import { useNames } from "../parts/names";
import { Waiting } from "../parts/waiting";
import { useWidth } from "../parts/width";
import { many } from "../terms";
import { dateWords, dayNumber, dayText, today } from "../time";

const MONTHS = 36;
const CHANGES = 40;
const SORTS = [
    ["last", "latest act"],
    ["recent", "most in the last 30 days"],
    ["acts", "most acts"],
    ["conflict", "most conflict"],
    ["cooperation", "most cooperation"],
] as const;

export function Relations({ query, status }: { query: URLSearchParams; status: Status | undefined }) {
    const { name } = useNames();
    const who = query.get("who");
    const q = query.get("q") ?? "";
    const sort = query.get("sort") ?? "last";
    const asked = { who, q, order: sort, ...asOf() };
    const [limit, more] = useLimit();
    const pairs = usePairs(asked, limit);
    const last = query.get("as_of") ?? query.get("known_by") ?? status?.last ?? status?.today;
    // The months are those of the list that is shown: it is drawn once for a day, when its answer is there.
    const lastMonth = useMemo(() => (last ?? dayText(today())).slice(0, 7), [pairs.data, status]);
    return (
        <div class="relations">
            <div class="view-head">
                <h1>{who ? `Relations of ${name(who)}` : "Relations"}</h1>
                <Held status={status} />
                {who && (
                    <a class="chip" href={link(["relations"])}>
                        all states ×
                    </a>
                )}
            </div>
            <section class="card list" aria-label="Pairs" aria-busy={pairs.busy}>
                <header>
                    <h2>Pairs</h2>
                    <input
                        type="search"
                        placeholder="Narrow by name or code"
                        aria-label="Narrow the pairs by name or code"
                        value={q}
                        onInput={(event) => narrow({ q: event.currentTarget.value, rows: null })}
                    />
                    <label>
                        by{" "}
                        <select value={sort} aria-label="Order of the pairs" onChange={(event) => narrow({ sort: event.currentTarget.value === "last" ? null : event.currentTarget.value, rows: null })}>
                            {SORTS.map(([value, words]) => (
                                <option value={value}>{words}</option>
                            ))}
                        </select>
                    </label>
                    <div class="saves">
                        <a class="quiet" href={address(["pairs"], { ...asked, format: "csv" })} download="pairs.csv">
                            CSV
                        </a>
                    </div>
                </header>
                <Waiting on={pairs}>
                    {(list) => (
                        <>
                            <PairRows pairs={list.items} last={lastMonth} />
                            {list.total === 0 && <p class="empty">No pair {q || who ? "fits" : "is in the ledger yet. Add articles under Add."}</p>}
                            <More list={list} one="pair" more={more} otherwise="narrow the list" />
                        </>
                    )}
                </Waiting>
            </section>
            <div class="beside">
                <MatrixCard who={who} q={q} />
                {last && <Changes who={who} last={last} />}
            </div>
        </div>
    );
}

/** What fits on a screen is asked for, and shown, before the rest. */
const SCREENFUL = 20;

function usePairs(asked: Asked, limit: number): Asking<List<Pair>> {
    const first = useAnswer<List<Pair>>(address(["pairs"], { ...asked, limit: SCREENFUL }));
    const isMore = !first.busy && first.data !== undefined && first.data.total > SCREENFUL;
    const rest = useAnswer<List<Pair>>(isMore ? address(["pairs"], { ...asked, offset: SCREENFUL, limit: limit - SCREENFUL }) : null);
    const both = useMemo(() => first.data && rest.data && { ...first.data, items: [...first.data.items, ...rest.data.items] }, [first.data, rest.data]);
    const whole = isMore ? (rest.busy || rest.error ? undefined : both) : first.data;
    const question = address(["pairs"], asked);
    const shown = useRef<{ question: string; list: List<Pair> | undefined }>({ question: "", list: undefined });
    // The last list stays until the next is there: a screenful answers another question; the same one, asked for more or anew, waits for the whole.
    if (!first.busy && (whole || shown.current.question !== question)) shown.current = { question, list: whole ?? first.data };
    return { data: shown.current.list, error: first.error ?? rest.error, busy: first.busy || rest.busy };
}

/** How much the ledger holds; of an earlier day, how much of it. */
function Held({ status }: { status: Status | undefined }) {
    const then = asOf();
    const isThen = Object.values(then).some((day) => day !== null);
    const total = (path: string) => (isThen ? address([path], { limit: 0, ...then }) : null);
    const articles = useAnswer<List<unknown>>(total("articles"));
    const acts = useAnswer<List<unknown>>(total("acts"));
    if (!status) return null;
    const held = (some: number | undefined, all: number, one: string) => (isThen && some !== undefined ? `${some.toLocaleString("en")} of ${many(all, one)}` : many(all, one));
    return (
        <p class="quiet-words">
            {held(articles.data?.total, status.counts.articles, "article")}, {held(acts.data?.total, status.counts.acts, "act")}
            {!isThen && status.first && status.last && (
                <>
                    , {dateWords(status.first)} – {dateWords(status.last)}
                </>
            )}
        </p>
    );
}

function monthsBefore(month: string, n: number): string {
    const at = monthNumber(month) - n;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
}

const PairRows = memo(function PairRows({ pairs, last }: { pairs: readonly Pair[]; last: string }) {
    const first = monthsBefore(last, MONTHS - 1);
    return (
        <ul class="pairs">
            {pairs.map((pair) => (
                <PairRow key={`${pair.a}-${pair.b}`} pair={pair} first={first} last={last} />
            ))}
        </ul>
    );
});

function PairRow({ pair, first, last }: { pair: Pair; first: string; last: string }) {
    return (
        <li>
            <a class="pair" href={link(["pair", pair.a, pair.b])}>
                <strong class="clip" dir="auto">
                    {pair.a_name} – {pair.b_name}
                </strong>
                <Spark months={pair.months} first={first} last={last} />
                <span class="counts">
                    <span title={`${pair.cooperation} acts of cooperation`} class="word-cooperation">
                        +{pair.cooperation}
                    </span>{" "}
                    <span title={`${pair.conflict} acts of conflict`} class="word-conflict">
                        −{pair.conflict}
                    </span>
                    <small title={`${pair.recent} acts in the 30 days before the last one`}>{dateWords(pair.last)}</small>
                </span>
                <span class="badges">
                    {pair.standing.slice(0, 6).map((one) => (
                        <Badge standing={one} />
                    ))}
                    {pair.standing.length > 6 && <small>+{pair.standing.length - 6}</small>}
                </span>
            </a>
        </li>
    );
}

function MatrixCard({ who, q }: { who: string | null; q: string }) {
    const { name } = useNames();
    const [ref, width] = useWidth<HTMLDivElement>(600);
    const network = useAnswer<Network>(address(["network"], { ...asOf() }));
    const narrowed = useMemo<Network | undefined>(() => {
        const words = q.toLocaleLowerCase().split(/\s+/).filter((word) => word !== "");
        if (!network.data || words.length === 0) return network.data;
        const fits = (one: Network["links"][number]) => {
            const text = `${one.a} ${name(one.a)} ${one.b} ${name(one.b)}`.toLocaleLowerCase();
            return words.every((word) => text.includes(word));
        };
        return { ...network.data, links: network.data.links.filter(fits) };
    }, [network.data, q, name]);
    const most = Math.max(10, Math.min(who ? 20 : 40, Math.floor((width - 120) / 12)));
    return (
        <Picture title={who ? `Matrix around ${name(who)}` : "Matrix"} file="matrix" csv={() => networkRows(network.data)} notes={["Orange: conflict, blue: cooperation; larger squares: more acts."]}>
            <div ref={ref}>
                <Waiting on={network}>{(data) => ((narrowed ?? data).links.length > 0 ? <Matrix network={narrowed ?? data} most={most} width={width} name={name} who={who} /> : <p class="empty">{q ? "No pair fits." : "No acts between states."}</p>)}</Waiting>
            </div>
        </Picture>
    );
}

function Changes({ who, last }: { who: string | null; last: string }) {
    const { name } = useNames();
    const from = dayText(dayNumber(last) - 30);
    // As known by a day, what changed is what was learned.
    const asked = { from, until: last, who, by: asOf()["known_by"] ? "known" : null };
    const changes = useAnswer<{ items: Change[] }>(address(["diff"], { ...asked, limit: CHANGES }));
    return (
        <section class="card" aria-label="What changed lately">
            <header>
                <h2>What changed in the 30 days to {dateWords(last)}</h2>
                <div class="saves">
                    <a class="quiet" href={address(["diff"], { ...asked, format: "csv" })} download="changes.csv">
                        CSV
                    </a>
                </div>
            </header>
            <Waiting on={changes}>
                {(list) =>
                    list.items.length === 0 ? (
                        <p class="empty">Nothing stands otherwise than thirty days before.</p>
                    ) : (
                        <ul class="changes">
                            {list.items.map((one) => (
                                <li>
                                    <a href={affairLink(one)}>
                                        <span class="clip">{one.parties.map(name).join(" – ")}</span>
                                        <small class="clip">
                                            {one.kind}
                                            {one.subject && <>: {one.subject}</>}
                                        </small>
                                        <span>
                                            {one.before ? `${one.before} → ` : ""}
                                            <b>{one.after ?? "no longer stands"}</b>
                                        </span>
                                        <small>{one.since ? dateWords(one.since) : ""}</small>
                                    </a>
                                </li>
                            ))}
                        </ul>
                    )
                }
            </Waiting>
        </section>
    );
}
