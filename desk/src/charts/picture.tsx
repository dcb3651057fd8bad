// A picture with its title and the buttons that save it: SVG and PNG of what is seen, CSV of what it shows.

import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { note, trouble } from "../parts/notes";

/** Rows of a table; the first names the columns. */
export type Rows = (string | number | null)[][];

interface Props {
    title: string;
    /** The name of saved files, without ending. */
    file: string;
    csv?: () => Rows;
    children: ComponentChildren;
    class?: string;
}

export function Picture({ title, file, csv, children, class: more }: Props) {
    const body = useRef<HTMLDivElement>(null);
    const svg = () => body.current?.querySelector<SVGSVGElement>("svg.picture") ?? null;
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

/** A copy of the picture that needs no style sheet: the styles seen become attributes. */
function alone(svg: SVGSVGElement | null): SVGSVGElement {
    if (!svg) throw new Error("There is no picture to save yet.");
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
    const { width, height } = svg.getBoundingClientRect();
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", String(Math.round(width)));
    copy.setAttribute("height", String(Math.round(height)));
    if (!copy.hasAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${Math.round(width)} ${Math.round(height)}`);
    const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    ground.setAttribute("width", "100%");
    ground.setAttribute("height", "100%");
    ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
    copy.prepend(ground);
    return copy;
}

function svgBlob(svg: SVGSVGElement | null): Blob {
    return new Blob([new XMLSerializer().serializeToString(alone(svg))], { type: "image/svg+xml" });
}

async function pngBlob(svg: SVGSVGElement | null): Promise<Blob> {
    const blob = svgBlob(svg);
    const box = (svg as SVGSVGElement).getBoundingClientRect();
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
