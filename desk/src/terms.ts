// The words in which the page speaks of what the ledger holds.

import type { Act, Affair, Code, Quad, Side } from "./api/types";
import { dateWords } from "./time";

export const QUADS: readonly Quad[] = ["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"];

export const QUAD_WORDS: Record<Quad, string> = {
    "verbal-cooperation": "verbal cooperation",
    "material-cooperation": "material cooperation",
    "verbal-conflict": "verbal conflict",
    "material-conflict": "material conflict",
};

/** PLOVER's types: quad class and what each means. */
export const TYPES: Record<string, { quad: Quad; means: string; modes: string[] }> = {
    AGREE: { quad: "verbal-cooperation", means: "agrees, promises, offers", modes: [] },
    CONSULT: { quad: "verbal-cooperation", means: "meets, visits, telephones, talks", modes: ["visit", "third-party", "multilateral", "phone"] },
    SUPPORT: { quad: "verbal-cooperation", means: "praises, backs, recognises, apologises", modes: [] },
    CONCEDE: { quad: "verbal-cooperation", means: "yields without force", modes: [] },
    COOPERATE: { quad: "material-cooperation", means: "cooperates in deed", modes: [] },
    AID: { quad: "material-cooperation", means: "gives aid, asylum or protection", modes: [] },
    RETREAT: { quad: "material-cooperation", means: "withdraws or returns force or people", modes: ["withdraw", "release", "disarm", "ceasefire", "access", "resign"] },
    REQUEST: { quad: "verbal-conflict", means: "asks, appeals, demands", modes: ["assist", "change", "yield", "meet"] },
    ACCUSE: { quad: "verbal-conflict", means: "criticises, alleges, investigates", modes: ["disapprove", "investigate", "allege"] },
    REJECT: { quad: "verbal-conflict", means: "refuses, vetoes, denies, defies", modes: ["assist", "change", "yield", "meet"] },
    THREATEN: { quad: "verbal-conflict", means: "threatens, warns of consequences", modes: ["restrict", "arrest", "relations", "expel", "territory", "violence"] },
    PROTEST: { quad: "material-conflict", means: "demonstrates, strikes, boycotts", modes: ["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"] },
    SANCTION: { quad: "material-conflict", means: "imposes sanctions, cuts relations, aid or talks", modes: ["convict", "expel", "withdraw", "discontinue"] },
    MOBILIZE: { quad: "material-conflict", means: "deploys, raises or shows force", modes: ["troops", "weapons", "police", "militia"] },
    COERCE: { quad: "material-conflict", means: "seizes, arrests, bans, occupies", modes: ["seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber"] },
    ASSAULT: {
        quad: "material-conflict",
        means: "uses violence",
        modes: ["abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional"],
    },
};

export const FACTUALITIES = ["actual", "intended", "requested", "possible", "denied"] as const;

/** Whether what stands is good, bad or in between for the sides; decides colour and pattern, never alone: the word is always shown. */
type Tone = "cooperation" | "conflict" | "paused" | "over" | "neutral";

/** How each state of an affair is drawn. `negotiation/open` before `open`. */
const TONES: Record<string, Tone> = {
    open: "cooperation",
    resumed: "cooperation",
    concluded: "cooperation",
    signed: "cooperation",
    "in force": "cooperation",
    given: "cooperation",
    pledged: "cooperation",
    granted: "cooperation",
    extended: "cooperation",
    normal: "cooperation",
    restored: "cooperation",
    settled: "cooperation",
    truce: "paused",
    suspended: "paused",
    eased: "paused",
    strained: "conflict",
    downgraded: "conflict",
    severed: "conflict",
    disputed: "conflict",
    ongoing: "conflict",
    deployed: "conflict",
    "sanction/in force": "conflict",
    "sanction/threatened": "conflict",
    "sanction/lifted": "over",
    "broken off": "over",
    terminated: "over",
    ended: "over",
    withdrawn: "over",
    refused: "conflict",
    blocked: "conflict",
    denied: "neutral",
    planned: "neutral",
    sought: "neutral",
};

export function tone(kind: string, state: string): Tone {
    return TONES[`${kind}/${state}`] ?? TONES[state] ?? "neutral";
}

/** What an affair is about, in words. */
export function affairWords(affair: { kind: string; subject: string | null; object?: string | null; from_party?: Code | null }, name: (code: Code) => string): string {
    const about = affair.subject ?? affair.object;
    const subject = about ? `: ${about}` : "";
    const from = affair.from_party ? ` by ${name(affair.from_party)}` : "";
    return `${affair.kind}${from}${subject}`;
}

/** PLOVER's sectors. A state's government goes without saying. */
const SECTORS: Record<string, string> = {
    GOV: "",
    IGO: "",
    SOC: "society",
    PRM: "paramilitary",
    AGR: "farmers",
    MIL: "military",
    COP: "police",
    JUD: "judiciary",
    LEG: "legislature",
    PTY: "party",
    OPP: "opposition",
    REB: "rebels",
    UAF: "armed group",
    SPY: "intelligence",
    CVL: "civilians",
    BUS: "business",
    MED: "media",
    JRN: "journalists",
    EDU: "education",
    HLH: "health",
    LAB: "labour",
    REL: "religious",
    CRM: "criminals",
    REF: "refugees",
    ELI: "elites",
};

/** Who is on a side of an act: `Japan (prime minister)`; what has no code keeps its words, in quotation marks. */
function sideWords(sides: readonly Side[]): string {
    return sides
        .map((side) => {
            const who = side.code ? (side.name ?? side.code) : `“${side.text}”`;
            const role = side.office ?? SECTORS[side.sector[0] ?? "GOV"] ?? side.sector[0];
            return role ? `${who} (${role})` : who;
        })
        .join(", ");
}

/** `Kestria → Orsenia`, or `Kestria, Orsenia` where both act. */
export function whoWords(act: Pick<Act, "actor" | "recipient">): string {
    const actor = sideWords(act.actor) || "not said";
    return act.recipient.length > 0 ? `${actor} → ${sideWords(act.recipient)}` : actor;
}

/** `SANCTION (discontinue)` as `sanction, discontinue`. */
export function typeWords(act: { type: string; mode: readonly string[] }): string {
    return [act.type.toLowerCase(), ...act.mode].join(", ");
}

const REVIEWED: Record<string, string> = { accept: "accepted", reject: "rejected", correct: "corrected", missed: "added" };

/** What keeps an act from being plain news: `intended`, `background`. */
export function caveats(act: Pick<Act, "factuality" | "epoch" | "against" | "review">): string[] {
    const found: string[] = [];
    if (act.factuality !== "actual") found.push(act.factuality);
    if (act.epoch === "background") found.push("background");
    if (act.review) found.push(`${REVIEWED[act.review.verdict] ?? act.review.verdict} by ${act.review.reviewer}`);
    for (const one of act.against) if (!found.includes(one)) found.push(one);
    return found;
}

/** `suspended since 2 Apr 2022`. */
export function standsWords(affair: Pick<Affair, "state" | "since">): string {
    return affair.since ? `${affair.state} since ${dateWords(affair.since)}` : affair.state;
}

/** `1 act`, `2 acts`. */
export function many(n: number, one: string, more = `${one}s`): string {
    return `${n.toLocaleString("en")} ${n === 1 ? one : more}`;
}
