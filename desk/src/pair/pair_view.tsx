// A pair of states: acts over time, lanes of affairs, and the acts; a brush narrows all of them.

import { useMemo } from "preact/hooks";
import { link, narrow, toggle } from "../address";
import { address, ahead, asOf, isKnown, useAnswer, type Asked } from "../api/client";
import type { PairDetail } from "../api/types";
import { ActPane } from "../act/act_pane";
import { Lanes } from "../charts/lanes";
import { Period } from "../charts/period";
import { Picture } from "../charts/picture";
import { Quads } from "../charts/quads";
import { ActsTable } from "../parts/acts_table";
import { Badge } from "../parts/badge";
import { Filters } from "../parts/filters";
import { useLimit } from "../parts/more";
import { useNames } from "../parts/names";
import { periodOf } from "../parts/period_of_all";
import { Waiting } from "../parts/waiting";
import { useWidth } from "../parts/width";
import { QUADS, standsWords } from "../terms";
import { dateWords, dayNumber, dayText, isDay, today } from "../time";
import { AffairCard } from "./affair_card";

/** Which acts of a pair are listed. */
function actsOf(a: string, b: string, query: URLSearchParams): Asked {
    const narrowing = Object.fromEntries(["type", "quad", "factuality", "epoch", "confidence", "source"].map((key) => [key, query.get(key)]));
    return { who: [a, b], ...periodOf(query), ...narrowing, ...asOf() };
}

export function PairView({ a, b, query }: { a: string; b: string; query: URLSearchParams }) {
    const url = address(["pairs", a, b], asOf());
    const [limit] = useLimit();
    // The list of acts need not wait for the pair.
    if (!isKnown(url)) ahead(address(["acts"], { ...actsOf(a, b, query), limit }));
    const pair = useAnswer<PairDetail>(url);
    return <Waiting on={pair}>{(data) => <PairPage pair={data} query={query} />}</Waiting>;
}

/** The days that the pictures reach over: from the first act or entry to the last, and not beyond the day as of which is asked. */
function reach(pair: PairDetail, asked: string | null): [number, number] {
    const days = [...pair.days.map(([day]) => dayNumber(day)), ...pair.affairs.flatMap((affair) => affair.entries.flatMap((entry) => (entry.date ? [dayNumber(entry.date)] : [])))].filter((day) => !Number.isNaN(day));
    if (days.length === 0) {
        return [today() - 365, today()];
    }
    let [first, last] = [Infinity, -Infinity];
    for (const day of days) {
        first = Math.min(first, day);
        last = Math.max(last, day);
    }
    // What is recalled from long ago would press all the rest into a corner; the brush begins with the acts.
    const acts = pair.days.map(([day]) => dayNumber(day)).sort((x, y) => x - y);
    const early = acts[Math.floor(acts.length * 0.02)];
    if (early !== undefined && early - first > 5 * (last - early + 30)) first = early;
    const end = isDay(asked) ? dayNumber(asked) : today();
    return [first - 15, Math.max(last, Math.min(last + 15, end))];
}

const openAct = (id: string) => toggle("act", id);

function PairPage({ pair, query }: { pair: PairDetail; query: URLSearchParams }) {
    const { name } = useNames();
    const [ref, width] = useWidth<HTMLDivElement>(900);
    const day = query.get("as_of");
    const [first, last] = useMemo(() => reach(pair, day), [pair, day]);
    const { from, until } = periodOf(query);
    const [begin, end] = [from ? dayNumber(from) : first, until ? dayNumber(until) : last].sort((x, y) => x - y) as [number, number];
    const act = query.get("act");
    const chosen = query.get("affair");
    const affair = pair.affairs.find((one) => one.id === chosen);
    // The pictures stand one above the other, day below day; only lanes need room for names.
    const left = width < 620 || pair.affairs.length === 0 ? 40 : Math.min(260, Math.floor(width * 0.24));
    const file = `${pair.a}-${pair.b}`;
    const both = `${pair.a_name} – ${pair.b_name}`;
    const asked = actsOf(pair.a, pair.b, query);
    const days = useMemo(() => pair.days.filter(([day]) => dayNumber(day) >= first), [pair, first]);
    return (
        <div class={act ? "pair-view with-act" : "pair-view"}>
            <div class="pair-main">
                <div class="view-head">
                    <h1 dir="auto">
                        <a href={link(["relations"], { who: pair.a })}>{pair.a_name}</a> – <a href={link(["relations"], { who: pair.b })}>{pair.b_name}</a>
                    </h1>
                    <p class="badges">
                        {pair.affairs.map((one) => (
                            <button class="bare" title={standsWords(one)} onClick={() => toggle("affair", one.id)}>
                                <Badge standing={{ ...one, subject: one.subject ?? one.object }} />
                            </button>
                        ))}
                    </p>
                </div>
                <div ref={ref} class="measure" />
                <section class="card strip" aria-label="Period">
                    <Period days={days} first={first} last={last} from={from} until={until} onChange={(f, u) => narrow({ from: f, until: u, rows: null })} />
                </section>
                <Picture title="Acts over time" file={`${file}-acts-over-time`} notes={[both, "Up, blue: cooperation; down, orange: conflict; light: verbal, dark: material. Line: mean of 30 days."]} csv={() => [["day", ...QUADS.map((quad) => quad.replace("-", "_"))], ...days.filter(([day]) => dayNumber(day) >= begin && dayNumber(day) <= end)]}>
                    <Quads days={days} from={begin} until={end} width={width - 26} height={width < 620 ? 190 : 230} left={left} />
                </Picture>
                {pair.affairs.length > 0 && (
                    <Picture
                        title="Affairs"
                        file={`${file}-affairs`}
                        notes={[both, "Blue: cooperative, orange: conflictual, hatched: suspended or eased, grey line: over; dots: entries."]}
                        csv={() => [
                            ["affair", "kind", "subject", "date", "state_before", "state", "actor", "text", "source", "url"],
                            ...pair.affairs.flatMap((one) => one.entries.map((entry) => [one.id, one.kind, one.subject, entry.date, entry.state_before, entry.state, entry.actor.join(" "), entry.text, entry.source, entry.url])),
                        ]}
                    >
                        <Lanes affairs={pair.affairs} from={begin} until={end} width={width - 26} left={left} chosen={chosen} name={name} choose={(id) => toggle("affair", id)} />
                        <p class="legend">
                            <span>
                                <i class="swatch stand cooperation" /> cooperative
                            </span>
                            <span>
                                <i class="swatch stand conflict" /> conflictual
                            </span>
                            <span>
                                <i class="swatch stand paused" /> suspended, eased
                            </span>
                            <span>
                                <i class="swatch stand over" /> over
                            </span>
                            <span>
                                <i class="swatch dot" /> an entry
                            </span>
                        </p>
                    </Picture>
                )}
                {affair && <AffairCard affair={affair} />}
                <ActsTable asked={asked} chosen={act} open={openAct} head={<Filters query={query} />} />
                <p class="quiet-words foot">
                    {dateWords(dayText(begin))} to {dateWords(dayText(end))}. Days count acts that took place and are dated to the day.
                </p>
            </div>
            {act && <ActPane id={act} close={() => narrow({ act: null })} />}
        </div>
    );
}
