// A picture with its title and the buttons that save it: SVG and PNG of what is seen, CSV of what it shows.

import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { parse } from "../address";
import { asOfWords } from "../parts/as_of";
import { note, trouble } from "../parts/notes";
import { periodOf } from "../parts/period_of_all";
import { dateWords } from "../time";

/** Rows of a table; the first names the columns. */
export type Rows = (string | number | null)[][];

interface Props {
    title: string;
    /** The name of saved files, without ending. */
    file: string;
    csv?: () => Rows;
    /** What a saved picture has to say besides its title: what its colours mean, what it must not be taken for. */
    notes?: readonly string[];
    children: ComponentChildren;
    class?: string;
}

export function Picture({ title, file, csv, notes = [], children, class: more }: Props) {
    const body = useRef<HTMLDivElement>(null);
    const svg = () => {
        const seen = body.current?.querySelector<SVGSVGElement>("svg.picture");
        if (!seen) throw new Error("There is no picture to save yet.");
        return alone(seen, caption(title, notes));
    };
    return (
        <section class={`card ${more ?? ""}`} aria-label={title}>
            <header>
                <h2>{title}</h2>
                <div class="saves" role="group" aria-label={`Save ${title}`}>
                    <button class="quiet" onClick={() => attempt(async () => save(svgBlob(svg()), `${file}.svg`))}>
                        SVG
                    </button>
                    <button class="quiet" onClick={() => attempt(async () => save(await pngBlob(svg()), `${file}.png`))}>
                        PNG
                    </button>
                    {csv && <SaveCsv file={file} rows={csv} />}
                </div>
            </header>
            <div ref={body}>{children}</div>
        </section>
    );
}

/** The button that saves rows. */
export function SaveCsv({ file, rows }: { file: string; rows: () => Rows }) {
    return (
        <button class="quiet" onClick={() => attempt(async () => save(new Blob([csvText(rows())], { type: "text/csv;charset=utf-8" }), `${file}.csv`))}>
            CSV
        </button>
    );
}

function attempt(act: () => Promise<void>): void {
    act().catch(trouble);
}

/** Hands a file to the browser. */
function save(blob: Blob, name: string): void {
    const url = URL.createObjectURL(blob);
    const anchor = document.createElement("a");
    anchor.href = url;
    anchor.download = name;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    note(`Saved ${name}`);
}

/** CSV as RFC 4180 has it. A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvText(rows: Rows): string {
    const cell = (value: string | number | null) => {
        if (value === null) return "";
        let text = String(value);
        if (typeof value === "string" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
        return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** What of the style sheet a saved picture needs. */
const STYLES = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "stroke-linecap", "opacity", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "dominant-baseline", "display", "visibility"];

/** The lines under a saved picture: its title with the view's period and day, then what is to be said of it. */
function caption(title: string, notes: readonly string[]): string[] {
    const { query } = parse(location.hash);
    const { from, until } = periodOf(query);
    const period = from || until ? `${from ? `from ${dateWords(from)}` : ""} ${until ? `until ${dateWords(until)}` : ""}`.trim() : null;
    return [[title, period, asOfWords(query)].filter((one) => one !== null).join(", "), ...notes];
}

const LINE = 16; // px of a line of the caption

/** Lines no longer than what fits into so many pixels. */
function wrapped(lines: readonly string[], width: number): string[] {
    const room = Math.max(20, Math.floor(width / 6.4));
    return lines.flatMap((line) => {
        const out = [""];
        for (const word of line.split(" ")) {
            const last = out.at(-1) as string;
            if (last !== "" && last.length + 1 + word.length > room) out.push(word);
            else out[out.length - 1] = last === "" ? word : `${last} ${word}`;
        }
        return out;
    });
}

/** A copy of the picture that needs no page around it: the styles seen become attributes, and what the page says beside it stands below. */
function alone(svg: SVGSVGElement, said: readonly string[]): SVGSVGElement {
    const copy = svg.cloneNode(true) as SVGSVGElement;
    const [seen, copies] = [svg.querySelectorAll<SVGElement>("*"), copy.querySelectorAll<SVGElement>("*")];
    const dress = (from: SVGElement, to: SVGElement) => {
        const style = getComputedStyle(from);
        for (const name of STYLES) {
            const value = style.getPropertyValue(name);
            if (value !== "" && value !== "normal") to.setAttribute(name, value);
        }
        to.removeAttribute("class");
        to.removeAttribute("style");
        to.removeAttribute("tabindex");
    };
    dress(svg, copy);
    seen.forEach((from, i) => {
        const to = copies[i];
        if (to) dress(from, to);
    });
    for (const gone of copy.querySelectorAll('[display="none"]')) gone.remove();
    const { width, height } = svg.viewBox.baseVal;
    const lines = wrapped(said, width - 16);
    const whole = height + lines.length * LINE + 12;
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", String(width));
    copy.setAttribute("height", String(whole));
    copy.setAttribute("viewBox", `0 0 ${width} ${whole}`);
    const draw = (name: string, attributes: Record<string, string | number>) => {
        const one = document.createElementNS("http://www.w3.org/2000/svg", name);
        for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, String(value));
        return one;
    };
    const style = getComputedStyle(document.body);
    lines.forEach((line, i) => {
        const text = draw("text", { x: 8, y: height + (i + 1) * LINE, "font-size": 12, "font-family": style.fontFamily, fill: style.color });
        text.textContent = line;
        copy.append(text);
    });
    copy.prepend(draw("rect", { width: "100%", height: "100%", fill: style.backgroundColor }));
    return copy;
}

function svgBlob(svg: SVGSVGElement): Blob {
    return new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" });
}

async function pngBlob(svg: SVGSVGElement): Promise<Blob> {
    const blob = svgBlob(svg);
    const box = svg.viewBox.baseVal;
    const url = URL.createObjectURL(blob);
    try {
        const image = new Image();
        image.src = url;
        await image.decode();
        const canvas = document.createElement("canvas");
        const scale = 2;
        canvas.width = Math.round(box.width * scale);
        canvas.height = Math.round(box.height * scale);
        canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
        return await new Promise((done, fail) => canvas.toBlob((png) => (png ? done(png) : fail(new Error("The browser made no PNG of the picture."))), "image/png"));
    } finally {
        URL.revokeObjectURL(url);
    }
}
