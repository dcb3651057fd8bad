// The tree of a sentence, drawn as arcs from heads to what hangs of them.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { TreeWord } from "../api/types";

const GAP = 14;

export function Tree({ words, lit }: { words: readonly TreeWord[]; lit?: (word: TreeWord) => string }) {
    const ref = useRef<SVGSVGElement>(null);
    const [measured, setMeasured] = useState<number[] | null>(null);
    useEffect(() => {
        const svg = ref.current;
        if (!svg) return;
        setMeasured([...svg.querySelectorAll<SVGTextElement>("text.word")].map((text) => text.getComputedTextLength()));
    }, [words]);
    const drawn = useMemo(() => {
        const wide = words.map((word, i) => Math.max(measured?.[i] ?? word.word.length * 8, word.upos.length * 6.5, 20));
        const middles: number[] = [];
        let x = 8;
        for (const width of wide) {
            middles.push(x + width / 2);
            x += width + GAP;
        }
        const place = new Map(words.map((word, i) => [word.id, i]));
        const arcs = words.flatMap((word, i) => {
            const head = place.get(word.head);
            return head === undefined || word.head === word.id ? [] : [{ from: head, to: i, relation: word.relation, level: 0 }];
        });
        // Short arcs lie low; a longer one goes above all that it spans.
        arcs.sort((a, b) => Math.abs(a.from - a.to) - Math.abs(b.from - b.to));
        const roof = new Array<number>(words.length).fill(0);
        for (const arc of arcs) {
            const [a, b] = [Math.min(arc.from, arc.to), Math.max(arc.from, arc.to)];
            arc.level = 1 + Math.max(0, ...roof.slice(a, b));
            for (let i = a; i < b; i++) roof[i] = arc.level;
        }
        return { middles, arcs, width: x, top: Math.max(1, ...roof) };
    }, [words, measured]);
    const level = 22;
    const base = drawn.top * level + 18;
    const height = base + 40;
    const roots = words.flatMap((word, i) => (words.some((other) => other.id === word.head) && word.head !== word.id ? [] : [i]));
    return (
        <div class="tree" tabindex={0} role="region" aria-label="Tree of the sentence, scrolls sideways">
            <svg ref={ref} class="picture" width={drawn.width} height={height} viewBox={`0 0 ${drawn.width} ${height}`} role="img" aria-label={words.map((word) => `${word.word}: ${word.relation}`).join("; ")}>
                {drawn.arcs.map(({ from, to, relation, level: at }) => {
                    const [x0, x1] = [drawn.middles[from] as number, drawn.middles[to] as number];
                    const shift = x1 > x0 ? 4 : -4;
                    const y = base - at * level;
                    const bend = Math.min(8, Math.abs(x1 - x0) / 3) * Math.sign(x1 - x0);
                    return (
                        <g>
                            <path class="arc" d={`M${x0 + shift} ${base}V${y + 8}Q${x0 + shift} ${y} ${x0 + shift + bend} ${y}H${x1 - bend}Q${x1} ${y} ${x1} ${y + 8}V${base - 4}`} />
                            <path class="arrow" d={`M${x1 - 3} ${base - 6}h6l-3 6z`} />
                            <text class="relation" x={(x0 + x1 + shift) / 2} y={y - 3} text-anchor="middle">
                                {relation}
                            </text>
                        </g>
                    );
                })}
                {roots.map((i) => (
                    <text class="relation" x={drawn.middles[i]} y={base - 4} text-anchor="middle">
                        root
                    </text>
                ))}
                {words.map((word, i) => (
                    <>
                        <text class={`word ${lit?.(word) ?? ""}`} x={drawn.middles[i]} y={base + 16} text-anchor="middle">
                            {word.word}
                        </text>
                        <text class="upos" x={drawn.middles[i]} y={base + 31} text-anchor="middle">
                            {word.upos.toLowerCase()}
                        </text>
                    </>
                ))}
            </svg>
        </div>
    );
}
