//! What the values of an act's fields mean, in words for the codebook.

use detente_coder::{AttributionKind, Epoch, EventType, Factuality, Precision, Via};

/// What a type of act is.
pub fn of_type(event: EventType) -> &'static str {
    match event {
        EventType::Agree => {
            "Says that it will cooperate, help, yield, meet or settle: promises, offers, plans, invitations, an \
             agreement reached and not yet carried out. Cooperation, aid, support and meetings that still lie ahead \
             are coded here, with what is promised in `about`."
        }
        EventType::Consult => {
            "Meets, visits, receives, telephones, talks or negotiates with another, or mediates between others. That \
             they speak is coded, not what comes of it. A visitor is the actor, the host the recipient; where neither \
             hosts, all are actors."
        }
        EventType::Support => {
            "Stands by another in words or in diplomacy: praises, endorses, defends, thanks, condoles, apologises, \
             recognises, opens or raises relations, ratifies."
        }
        EventType::Concede => {
            "Gives way without force being moved: eases sanctions, bans or curfews, accepts a demand, drops a charge, \
             grants reform or rights."
        }
        EventType::Cooperate => {
            "Works together in deed: trades, shares intelligence, extradites, signs or begins to carry out a treaty, \
             forms an alliance, trains and exercises jointly."
        }
        EventType::Aid => {
            "Gives something that helps: money, goods, arms, training, food, shelter, asylum, rescue, protection, \
             peacekeepers."
        }
        EventType::Retreat => {
            "Takes back force or hold: withdraws troops, stops fighting, disarms, frees people, returns land or \
             property, lets inspectors in, steps down."
        }
        EventType::Request => {
            "Asks, appeals or demands that another act or change. The one asked is the recipient; what is asked stands \
             in `about`."
        }
        EventType::Accuse => {
            "Finds fault: criticises, blames, accuses, complains, protests by note, sues, indicts, investigates."
        }
        EventType::Reject => {
            "Says no: refuses, denies, vetoes, defies a rule or demand, turns down an offer or a meeting."
        }
        EventType::Threaten => {
            "Announces harm unless, or after, something happens: threats, ultimatums, warnings of consequences. What \
             is threatened stands in `about` or in the mode."
        }
        EventType::Protest => {
            "Many people, or some in the name of many, show dissent in public: marches, strikes, hunger strikes, \
             boycotts, blockades, riots."
        }
        EventType::Sanction => {
            "Ends or lowers what it gave: imposes sanctions, cuts ties, recalls envoys, stops aid or talks, leaves an \
             organisation, expels, convicts."
        }
        EventType::Mobilize => {
            "Readies or shows force and does not use it: deploys, reinforces, patrols, alerts, tests, exercises, calls \
             up."
        }
        EventType::Coerce => {
            "Uses law or power against others without direct violence: arrests, seizes, occupies, bans, blockades, \
             censors, deports, hacks."
        }
        EventType::Assault => "Uses violence against people or things, from a beating to a bombardment.",
    }
}

/// What a mode is.
pub fn of_mode(event: EventType, mode: &str) -> &'static str {
    MODES.iter().find(|row| row.0 == event && row.1 == mode).map_or("", |row| row.2)
}

use EventType::{Accuse, Assault, Coerce, Consult, Mobilize, Protest, Reject, Request, Retreat, Sanction, Threaten};

const MODES: &[(EventType, &str, &str)] = &[
    (Consult, "visit", "Somebody travels to the other's country or seat."),
    (Consult, "third-party", "Somebody mediates, or talks of others are held at a third one's place."),
    (Consult, "multilateral", "More than two meet: a summit, a conference, a session."),
    (Consult, "phone", "They speak by telephone, video or letter."),
    (Retreat, "withdraw", "Forces leave, or land is given up."),
    (Retreat, "release", "People or property are set free or given back."),
    (Retreat, "disarm", "Weapons are laid down, destroyed or handed over."),
    (Retreat, "ceasefire", "Fighting stops, or pauses by agreement."),
    (Retreat, "access", "Inspectors, observers, aid or travellers are let in."),
    (Retreat, "resign", "An official steps down, or a leadership surrenders."),
    (Request, "assist", "Help, support or cooperation is asked for."),
    (Request, "change", "Reform, rights, another leadership or policy is asked for."),
    (Request, "yield", "The other is to withdraw, release, ease or stop fighting."),
    (Request, "meet", "Talks, a visit, mediation or a settlement is asked for."),
    (Accuse, "disapprove", "Criticism or complaint, without a wrong that could be proved."),
    (Accuse, "investigate", "An inquiry, a search for the truth of a wrong."),
    (Accuse, "allege", "A definite wrong is laid at the other's door, in words or in court."),
    (Reject, "assist", "Help, support or cooperation is refused."),
    (Reject, "change", "Reform, rights or another policy is refused."),
    (Reject, "yield", "To withdraw, release, ease or stop fighting is refused."),
    (Reject, "meet", "Talks, a visit, mediation or a settlement is refused."),
    (Threaten, "restrict", "With sanctions, bans or other limits."),
    (Threaten, "arrest", "With arrest or prosecution."),
    (Threaten, "relations", "With lower or broken relations, talks or aid."),
    (Threaten, "expel", "With expulsion of people or from an organisation."),
    (Threaten, "territory", "With occupation, seizure or blockade of land."),
    (Threaten, "violence", "With force."),
    (Protest, "demo", "A march, rally, vigil or sit-in."),
    (Protest, "riot", "Violent unrest of a crowd."),
    (Protest, "strike", "Work is laid down."),
    (Protest, "hunger", "Food is refused."),
    (Protest, "boycott", "Goods, meetings or elections are shunned."),
    (Protest, "obstruct", "Roads, buildings or traffic are blocked."),
    (Protest, "vandalize", "Things are defaced or broken in protest."),
    (Sanction, "convict", "A court finds guilty or sentences."),
    (Sanction, "expel", "Diplomats, citizens or members are sent away."),
    (Sanction, "withdraw", "The actor leaves an organisation, a treaty or a mission."),
    (Sanction, "discontinue", "Talks, aid, trade or an agreement are stopped or suspended."),
    (Mobilize, "troops", "Soldiers, ships or aircraft are moved, raised or exercised."),
    (Mobilize, "weapons", "Weapons are placed, tested or shown."),
    (Mobilize, "police", "Police or other forces of order are sent out."),
    (Mobilize, "militia", "Fighters outside the regular forces are raised or moved."),
    (Coerce, "seize", "Land, ships, goods or buildings are taken."),
    (Coerce, "restrict", "Movement, trade or political activity is banned or limited."),
    (Coerce, "censor", "Media or speech are shut off."),
    (Coerce, "curfew", "A curfew is imposed."),
    (Coerce, "martial-law", "Martial law or a state of emergency is imposed."),
    (Coerce, "arrest", "People are arrested or held."),
    (Coerce, "deport", "People are sent out of the country."),
    (Coerce, "withhold", "What is due to others, such as food, water, power or pay, is kept from them."),
    (Coerce, "misinformation", "Falsehoods are spread on purpose."),
    (Coerce, "cyber", "Computers or networks are attacked."),
    (Assault, "abduct", "People are kidnapped or taken hostage."),
    (Assault, "beat", "People are hit, by hand or with sticks."),
    (Assault, "torture", "People are tortured."),
    (Assault, "sexual", "Sexual violence."),
    (Assault, "targeted", "A person is picked out and killed, or to be killed."),
    (Assault, "destroy", "Property is destroyed."),
    (Assault, "primitive", "With blades, stones, fire or other simple weapons."),
    (Assault, "firearms", "With guns."),
    (Assault, "explosives", "With bombs, mines or grenades placed or thrown."),
    (Assault, "suicide-attack", "The attacker dies with the bomb."),
    (Assault, "aerial", "From aircraft, with bombs or missiles."),
    (Assault, "drone", "By aircraft without a crew."),
    (Assault, "heavy-weapons", "With artillery, rockets, tanks or naval guns."),
    (Assault, "crowd-control", "With tear gas, water cannon, rubber bullets."),
    (Assault, "unconventional", "With chemical, biological, radiological or nuclear weapons."),
];

/// What a quad class is.
pub fn of_quad(quad: u8) -> &'static str {
    match quad {
        1 => "cooperation in words",
        2 => "cooperation in deeds",
        3 => "conflict in words",
        _ => "conflict in deeds",
    }
}

/// What a factuality says.
pub fn of_factuality(factuality: Factuality) -> &'static str {
    match factuality {
        Factuality::Actual => "It took place or takes place.",
        Factuality::Intended => "The actor means to do it: will, plans, is ready, hopes.",
        Factuality::Requested => "Somebody asks, urges or orders the actor to do it.",
        Factuality::Possible => "It may take place: could, might, if, considers.",
        Factuality::Denied => "It did not or will not take place: not, no plans, refused, called off.",
    }
}

/// What an epoch says.
pub fn of_epoch(epoch: Epoch) -> &'static str {
    match epoch {
        Epoch::New => "It is the news, or near it in time.",
        Epoch::Background => {
            "The article recalls it: an earlier year, the past perfect, *after the war*, *since 2011*."
        }
    }
}

/// What an attribution says.
pub fn of_attribution(kind: AttributionKind) -> &'static str {
    match kind {
        AttributionKind::Article => "The article itself says so.",
        AttributionKind::Statement => "A speaker is reported to say so; `speaker` holds the words that name them.",
        AttributionKind::Quotation => "A speaker is quoted.",
    }
}

/// What a way to an actor is.
pub fn of_via(via: Via) -> &'static str {
    match via {
        Via::Name => "By name, adjective or abbreviation.",
        Via::Metonym => "By a capital or a seat of power: *Moscow*, *the White House*.",
        Via::Office => "By an office, body or person of the state.",
        Via::Pronoun => "By a pronoun or description of somebody named before; `antecedent` points there.",
        Via::Context => {
            "By what stands around it: a place, the dateline, or with whom the other side has just dealt; `antecedent` may point there."
        }
    }
}

/// What a precision of a date is.
pub fn of_precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Day => "The day is known.",
        Precision::Month => "The month; the date is its first day.",
        Precision::Year => "The year; the date is its first day.",
        Precision::Unknown => "Nothing is known, and there is no date.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_has_a_meaning() {
        for event in EventType::ALL {
            for mode in event.modes() {
                assert!(!of_mode(event, mode).is_empty(), "{event} {mode}");
            }
        }
        for (event, mode, _) in MODES {
            assert!(event.modes().any(|known| known == *mode), "{event} {mode}");
        }
    }
}
