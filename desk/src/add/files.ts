// What a dropped file holds: one article, or a record a line.

export interface Draft {
    text: string;
    title: string;
    date: string;
    source: string;
}

const LIMIT = 16 * 1024 * 1024;

/** Reads the articles of a file. Lines of JSON are articles each, with the names of fields that `detente add` knows. */
export async function articlesOf(file: File): Promise<Draft[]> {
    if (file.size > LIMIT) throw new Error(`${file.name} is larger than 16 MiB; add it with "detente add".`);
    const text = await file.text();
    if (/\.(jsonl|json|ndjson)$/i.test(file.name)) return records(text, file.name);
    if (/\.html?$/i.test(file.name) || file.type === "text/html") throw new Error(`${file.name} is a web page; paste its text, or add it with "detente add".`);
    return [{ text, title: "", date: "", source: "" }];
}

/** Reads lines of JSON; says which line is wrong. */
export function records(text: string, name: string): Draft[] {
    const whole = text.trim();
    let values: unknown[];
    try {
        const one: unknown = JSON.parse(whole);
        values = Array.isArray(one) ? one : [one];
    } catch {
        values = whole.split(/\r?\n/).flatMap((line, i) => {
            if (line.trim() === "") return [];
            try {
                return [JSON.parse(line) as unknown];
            } catch {
                throw new Error(`${name}, line ${i + 1}: this is no JSON.`);
            }
        });
    }
    return values.map((value, i) => {
        const record = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
        const word = (...keys: string[]) => keys.map((key) => record[key]).find((found): found is string => typeof found === "string") ?? "";
        const body = word("text", "body", "event_text");
        if (body === "") throw new Error(`${name}, record ${i + 1}: there is no "text", "body" or "event_text".`);
        return { text: body, title: word("title"), date: word("date").slice(0, 10), source: word("source") };
    });
}
