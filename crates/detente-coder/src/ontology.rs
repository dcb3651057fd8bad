//! The PLOVER ontology: the sixteen types, their quad classes, scales and modes.

use serde::Serialize;

/// One of PLOVER's sixteen types of act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum EventType {
    /// Agrees, promises, offers or intends to cooperate, yield or settle.
    Agree,
    /// Meets, visits, hosts, telephones, talks, negotiates, mediates.
    Consult,
    /// Praises, endorses, backs, recognises, apologises.
    Support,
    /// Yields without force.
    Concede,
    /// Cooperates materially.
    Cooperate,
    /// Gives aid, asylum or protection.
    Aid,
    /// Withdraws or returns force or people.
    Retreat,
    /// Appeals, asks, demands.
    Request,
    /// Criticises, denounces, alleges, sues, investigates.
    Accuse,
    /// Refuses, vetoes, denies, defies.
    Reject,
    /// Threatens, warns of consequences.
    Threaten,
    /// Demonstrates, strikes, boycotts.
    Protest,
    /// Imposes sanctions, reduces relations, halts aid or talks, expels, convicts.
    Sanction,
    /// Deploys, raises, alerts, exercises force.
    Mobilize,
    /// Arrests, seizes, bans, occupies, deports, without direct violence.
    Coerce,
    /// Uses physical violence.
    Assault,
}

use EventType::*;

/// Type, name, quad class, scale of the type, modes with their scales.
type Row = (EventType, &'static str, u8, f32, &'static [(&'static str, f32)]);

/// The PLOVER table (manual, draft 2.0).
const TABLE: [Row; 16] = [
    (Agree, "AGREE", 1, 2.5, &[]),
    (Consult, "CONSULT", 1, 2.5, &[("visit", 4.0), ("third-party", 1.0), ("multilateral", 4.0), ("phone", 1.5)]),
    (Support, "SUPPORT", 1, 5.0, &[]),
    (Concede, "CONCEDE", 1, 4.5, &[]),
    (Cooperate, "COOPERATE", 2, 9.5, &[]),
    (Aid, "AID", 2, 10.0, &[]),
    (
        Retreat,
        "RETREAT",
        2,
        6.5,
        &[("withdraw", 8.0), ("release", 6.5), ("disarm", 10.0), ("ceasefire", 7.5), ("access", 6.5), ("resign", 4.5)],
    ),
    (Request, "REQUEST", 3, 0.0, &[("assist", 0.5), ("change", -1.0), ("yield", -1.0), ("meet", 0.0)]),
    (Accuse, "ACCUSE", 3, -3.0, &[("disapprove", -2.0), ("investigate", -3.5), ("allege", -3.5)]),
    (Reject, "REJECT", 3, -2.0, &[("assist", -1.5), ("change", -2.0), ("yield", -2.0), ("meet", -2.0)]),
    (
        Threaten,
        "THREATEN",
        3,
        -3.5,
        &[
            ("restrict", -3.0),
            ("arrest", -3.5),
            ("relations", -3.5),
            ("expel", -3.5),
            ("territory", -4.0),
            ("violence", -3.5),
        ],
    ),
    (
        Protest,
        "PROTEST",
        4,
        -5.0,
        &[
            ("demo", -5.0),
            ("riot", -7.0),
            ("strike", -5.0),
            ("hunger", -4.5),
            ("boycott", -4.5),
            ("obstruct", -4.5),
            ("vandalize", -5.0),
        ],
    ),
    (Sanction, "SANCTION", 4, -6.0, &[("convict", -6.0), ("expel", -5.5), ("withdraw", -6.0), ("discontinue", -6.0)]),
    (Mobilize, "MOBILIZE", 4, -5.5, &[("troops", -6.5), ("weapons", -6.5), ("police", -5.5), ("militia", -6.0)]),
    (
        Coerce,
        "COERCE",
        4,
        -7.0,
        &[
            ("seize", -7.0),
            ("restrict", -7.0),
            ("censor", -6.5),
            ("curfew", -6.5),
            ("martial-law", -7.5),
            ("arrest", -7.0),
            ("deport", -7.0),
            ("withhold", -7.0),
            ("misinformation", -6.5),
            ("cyber", -7.0),
        ],
    ),
    (
        Assault,
        "ASSAULT",
        4,
        -9.0,
        &[
            ("abduct", -8.5),
            ("beat", -7.5),
            ("torture", -8.5),
            ("sexual", -8.5),
            ("targeted", -9.5),
            ("destroy", -8.5),
            ("primitive", -8.0),
            ("firearms", -9.0),
            ("explosives", -9.0),
            ("suicide-attack", -9.5),
            ("aerial", -9.5),
            ("drone", -9.5),
            ("heavy-weapons", -9.5),
            ("crowd-control", -7.5),
            ("unconventional", -10.0),
        ],
    ),
];

impl EventType {
    /// All types in the order of the manual.
    pub const ALL: [EventType; 16] = [
        Agree, Consult, Support, Concede, Cooperate, Aid, Retreat, Request, Accuse, Reject, Threaten, Protest,
        Sanction, Mobilize, Coerce, Assault,
    ];

    fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// The type's name, in capitals.
    pub fn as_str(self) -> &'static str {
        self.row().1
    }

    /// Reads a type's name.
    pub fn parse(text: &str) -> Option<EventType> {
        EventType::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub fn quad(self) -> u8 {
        self.row().2
    }

    /// Whether an act of this type has all its sides as actors, and none that is acted upon: they meet, agree, work together.
    pub fn is_joint(self) -> bool {
        matches!(self, Agree | Consult | Cooperate)
    }

    /// The manual's scale, -10 to 10, of the mode where it has one, else of the type.
    pub fn scale(self, mode: Option<&str>) -> f32 {
        let row = self.row();
        mode.and_then(|mode| row.4.iter().find(|(name, _)| *name == mode)).map_or(row.3, |&(_, scale)| scale)
    }

    /// The names of the type's modes.
    pub fn modes(self) -> impl Iterator<Item = &'static str> {
        self.row().4.iter().map(|&(name, _)| name)
    }
}

impl std::fmt::Display for EventType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
