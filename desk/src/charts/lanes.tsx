// The lane chart of affairs: one lane each, a bar for each state while it stood, a tick where an entry moved it.

import type { Affair, Code, Day, Entry } from "../api/types";
import { characters, cut } from "../characters";
import { affairWords, standsWords, tone } from "../terms";
import { dateWords, dayDate, dayNumber, dayText } from "../time";
import { BOTTOM, RIGHT, TimeAxis, timeScale } from "./time_axis";

const LANE = 26;
const DOT = 2.5; // radius

interface Props {
    affairs: readonly Affair[];
    from: number;
    until: number;
    width: number;
    left: number;
    chosen: string | null;
    name: (code: Code) => string;
    choose: (affair: string) => void;
}

interface Span {
    state: string;
    begin: number;
    end: number;
    open: boolean;
}

/** The states of an affair one after another, each until the next begins; entries that change nothing are left out. */
export function spans(affair: Affair, until: number): Span[] {
    const out: Span[] = [];
    const moves = affair.entries.flatMap(({ date, state, moved }) => (moved && date !== null && state !== null ? [{ begin: dayNumber(date), state }] : []));
    for (const { begin, state } of moves.sort((a, b) => a.begin - b.begin)) {
        const last = out.at(-1);
        if (last && last.state === state) continue;
        if (last) {
            last.end = begin;
            last.open = false;
        }
        out.push({ state, begin, end: until + 1, open: true });
    }
    return out;
}

/** A text cut to about so many pixels. */
function fit(text: string, pixels: number, each = 6.1): string {
    const room = Math.floor(pixels / each);
    return room < 3 && characters(text).length > room ? "" : cut(text, room);
}

export function Lanes({ affairs, from, until, width, left, chosen, name, choose }: Props) {
    // A narrow picture names each affair above its lane, a wide one beside it.
    const above = left < 120;
    const head = above ? 14 : 0;
    const lane = LANE + head;
    const height = affairs.length * lane + BOTTOM + 4;
    const right = width - RIGHT;
    const x = timeScale(from, until, left, right);
    const inside = (day: number) => Math.min(right, Math.max(left, x(dayDate(day))));
    return (
        <svg class="picture lanes" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`${affairs.length} affairs from ${dateWords(dayText(from))} to ${dateWords(dayText(until))}`}>
            <defs>
                <pattern id="paused" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="paused-ground" width="6" height="6" />
                    <rect class="paused-stripe" width="2.5" height="6" />
                </pattern>
            </defs>
            <TimeAxis x={x} y={height - 5} lines={height - BOTTOM} />
            {affairs.map((affair, i) => {
                const y = i * lane + 4 + head;
                const words = affairWords(affair, name);
                const stands = `${words}: ${standsWords(affair)}`;
                const shown = spans(affair, until);
                return (
                    <g class={affair.id === chosen ? "lane chosen" : "lane"} onClick={() => choose(affair.id)}>
                        <rect
                            class="lane-ground"
                            x="0"
                            y={y - 3 - head}
                            width={width}
                            height={lane - 1}
                            tabindex={0}
                            role="button"
                            aria-pressed={affair.id === chosen}
                            aria-label={stands}
                            onKeyDown={(event) => (event.key === "Enter" || event.key === " ") && (event.preventDefault(), choose(affair.id))}
                        >
                            <title>{stands}</title>
                        </rect>
                        <text class="lane-name" x={above ? 2 : left - 8} y={above ? y - 4 : y + 10} dy={above ? 0 : "0.32em"} text-anchor={above ? "start" : "end"}>
                            {fit(words, above ? width - 8 : left - 14)}
                        </text>
                        {shown.length === 0 && (
                            <text class="tick" x={left + 2} y={y + 10} dy="0.32em">
                                {affair.state}, since when is not said
                            </text>
                        )}
                        {shown.map((span) => {
                            const [x0, x1] = [inside(span.begin), inside(span.end)];
                            if (x1 <= x0 || span.begin > until) return null;
                            const sort = tone(affair.kind, span.state);
                            const over = sort === "over";
                            return (
                                <g>
                                    <rect class={`stand ${sort}`} x={x0} y={over ? y + 8 : y} width={Math.max(2, x1 - x0 - 1)} height={over ? 4 : 20} rx="2">
                                        <title>
                                            {span.state}: {dateWords(dayText(span.begin))} – {span.open ? "" : dateWords(dayText(span.end))}
                                        </title>
                                    </rect>
                                    <text class={over ? "stand-word outside" : `stand-word on-${sort}`} x={x0 + 5} y={over ? y + 4 : y + 10} dy="0.34em">
                                        {fit(span.state, x1 - x0 - 7, 5.9)}
                                    </text>
                                </g>
                            );
                        })}
                        <Dots entries={affair.entries.filter((entry): entry is Dated => entry.date !== null && dayNumber(entry.date) >= from && dayNumber(entry.date) <= until)} at={(day) => inside(dayNumber(day))} y={y + 20} width={width} />
                    </g>
                );
            })}
        </svg>
    );
}

type Dated = Entry & { date: Day };

/** A dot for each entry, filled where it moved the affair. There may be hundreds: they are two shapes, and say what is pointed at. */
function Dots({ entries, at, y, width }: { entries: readonly Dated[]; at: (day: Day) => number; y: number; width: number }) {
    const tell = (event: MouseEvent) => {
        const dots = event.currentTarget as SVGGElement;
        const box = dots.ownerSVGElement?.getBoundingClientRect();
        if (!box) return;
        const x = ((event.clientX - box.left) / box.width) * width;
        const away = ({ date }: Dated) => Math.abs(at(date) - x);
        const near = entries.reduce((one, other) => (away(other) < away(one) ? other : one));
        const title = dots.querySelector("title");
        if (title) title.textContent = `${dateWords(near.date)}: ${near.state ?? "spoken of"}`;
    };
    const dots = (moved: boolean) => entries.map((entry) => (entry.moved === moved ? `M${at(entry.date) - DOT} ${y}a${DOT} ${DOT} 0 1 0 ${2 * DOT} 0a${DOT} ${DOT} 0 1 0 ${-2 * DOT} 0` : "")).join("");
    if (entries.length === 0) return null;
    return (
        <g onMouseMove={tell}>
            <title />
            <path class="entry still" d={dots(false)} />
            <path class="entry" d={dots(true)} />
        </g>
    );
}
