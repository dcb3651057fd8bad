// What the page counts and cuts, without a browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { records } from "../src/add/files";
import { format, parse } from "../src/address";
import { characters, pieces, seen } from "../src/characters";
import { csvText } from "../src/charts/picture";
import { spans } from "../src/charts/lanes";
import { matching, matchingPairs } from "../src/parts/finder";
import { safeUrl } from "../src/parts/source_link";
import { bins, dateWords, dayNumber, dayText, runningMean } from "../src/time";
import type { Affair, DayCount, State } from "../src/api/types";

test("a view's address survives writing and reading", () => {
    const query = new URLSearchParams({ from: "2022-01-01", q: "a&b=c#d/é" });
    const read = parse(format(["pair", "Q/R", "ü ?#"], query));
    assert.deepEqual(read.path, ["pair", "Q/R", "ü ?#"]);
    assert.equal(read.query.get("q"), "a&b=c#d/é");
    assert.deepEqual(parse("#/%E0%A4%A").path, ["%E0%A4%A"]);
});

test("marks cut a text into pieces that are the text again, whatever the marks", () => {
    const text = "Zürich 🎉 said nó.";
    const marks = [
        { role: "evidence", start: 0, end: 13 },
        { role: "actor", start: 0, end: 6 },
        { role: "recipient", start: 7, end: 8 },
        { role: "date", start: 12, end: 900 },
        { role: "empty", start: 3, end: 3 },
        { role: "wrong", start: -5, end: 2 },
    ];
    const cut = pieces(text, marks);
    assert.equal(cut.map((piece) => piece.text).join(""), text);
    assert.equal(cut.find((piece) => piece.roles.includes("recipient"))?.text, "🎉");
    for (const piece of cut) assert.equal(characters(piece.text).length, piece.end - piece.start);
    assert.deepEqual(cut.find((piece) => piece.start === 2)?.roles, ["evidence", "actor"]);
    assert.deepEqual(
        cut.filter((piece) => piece.ending.includes("actor")).map((piece) => piece.end),
        [6],
    );
});

test("controls of writing direction are shown, one character for one", () => {
    const text = "a\u202egnp.exe\u2066b";
    assert.equal(seen(text), "a▯gnp.exe▯b");
    assert.equal(seen(text).length, text.length);
});

test("bins and means count every act once", () => {
    const days: DayCount[] = [
        ["2022-01-01", 1, 0, 0, 2],
        ["2022-01-03", 0, 4, 0, 0],
        ["2022-01-31", 0, 0, 3, 0],
    ];
    const [from, until] = [dayNumber("2022-01-01"), dayNumber("2022-01-31")];
    for (const size of [1, 2, 7, 14, 28]) {
        const all = bins(days, from, until, size).flatMap((bin) => bin.counts);
        assert.equal(
            all.reduce((sum, n) => sum + n, 0),
            10,
        );
    }
    const mean = runningMean(days, from, until);
    assert.equal(mean.length, 31);
    assert.ok(Math.abs((mean[2]?.cooperation ?? 0) - 5 / 30) < 1e-9);
    assert.ok(Math.abs((mean[30]?.conflict ?? 0) - 3 / 30) < 1e-9, "the first of January is thirty days back and out");
    assert.ok(Math.abs((mean[29]?.conflict ?? 0) - 2 / 30) < 1e-9);
});

test("days are numbers and words", () => {
    assert.equal(dayText(dayNumber("2024-02-29")), "2024-02-29");
    assert.equal(dateWords("2022-04"), "Apr 2022");
    assert.equal(dateWords("1965"), "1965");
    assert.equal(dateWords(null), "no date");
});

test("lanes follow the entries that moved the affair", () => {
    const entry = (date: string | null, state: string | null, moved = true) => ({ date, state, moved, precision: "day", learned: null, state_before: null, actor: [], act: null, speaker: null, text: null, source: null, article: "a", url: null });
    const affair = { entries: [entry("2022-03-01", "suspended"), entry("2022-01-01", "open"), entry("2022-02-01", "open"), entry("2022-02-10", null, false), entry(null, "resumed")] } as unknown as Affair;
    const day = dayNumber;
    assert.deepEqual(spans(affair, day("2022-12-31")), [
        { state: "open", begin: day("2022-01-01"), end: day("2022-03-01"), open: false },
        { state: "suspended", begin: day("2022-03-01"), end: day("2022-12-31") + 1, open: true },
    ]);
});

test("names find states and pairs", () => {
    const state = (code: string, name: string, acts: number) => ({ code, name, acts }) as State;
    const all = [state("JPN", "Japan", 5), state("KOR", "South Korea", 9), state("PRK", "North Korea", 7)];
    assert.deepEqual(
        matching(all, "kor").map((one) => one.code),
        ["KOR", "PRK"],
    );
    assert.deepEqual(
        matchingPairs(all, "japan north korea").map(([a, b]) => `${a.code}-${b.code}`),
        ["JPN-PRK"],
    );
});

test("CSV quotes what needs it and gives spreadsheets no formula", () => {
    assert.equal(csvText([["a", 'say "x", y', "=1+1", -2, null]]), `a,"say ""x"", y",'=1+1,-2,\r\n`);
});

test("only web addresses become links", () => {
    assert.equal(safeUrl("javascript:alert(1)"), null);
    assert.equal(safeUrl(" JaVaScRiPt:alert(1)"), null);
    assert.equal(safeUrl("data:text/html,x"), null);
    assert.equal(safeUrl("https://example.org/a"), "https://example.org/a");
});

test("records of a dropped file are articles; a bad line is named", () => {
    assert.equal(records('{"text": "A."}\n\n{"body": "B.", "title": "T"}', "x.jsonl")[1]?.title, "T");
    assert.throws(() => records('{"text": "A."}\n{oops', "x.jsonl"), /x\.jsonl, line 2/);
    assert.throws(() => records('[{"title": "T"}]', "x.json"), /record 1/);
});
