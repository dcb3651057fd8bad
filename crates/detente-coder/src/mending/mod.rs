//! Mends what the grammar is known to read wrongly, before a tree is read.

mod cases;
mod clauses;
mod family;
mod headlines;
mod mains;
mod names;
mod predicates;
mod relatives;
mod times;
mod titles;

use detente_grammar::{Sentence, Upos};

use crate::inflection::Lemmas;

/// Mends a parsed sentence: lemmas that the treebanks lack, times and prepositions that took the words before them along, what
/// something is called, titles that are no part of the name behind them, main verbs that were taken for participles or stand behind a clause, who
/// stands before them, and the names and verbs of a headline.
pub(crate) fn mend(lemmas: &Lemmas, text: &str, sentence: &mut Sentence) {
    lemmas.mend(text, sentence);
    mains::leave_name(lemmas, text, &mut sentence.tokens);
    let is_word = |sentence: &Sentence, at: usize| sentence.tokens[at].upos != Upos::Punct;
    for word in 0..sentence.tokens.len() {
        if !is_word(sentence, word) {
            continue;
        }
        times::part(text, sentence, word);
        times::part_name(text, sentence, word);
        times::rejoin_had(&mut sentence.tokens, word);
        cases::part(sentence, word);
        predicates::part(text, sentence, word);
        predicates::due(sentence, word);
        titles::part(text, sentence, word);
        names::rank(text, &mut sentence.tokens, word);
        names::own(&mut sentence.tokens, word);
        names::join(&mut sentence.tokens, word);
        names::raise(&mut sentence.tokens, word);
        names::divided(text, &mut sentence.tokens, word);
        names::abbreviate(text, &mut sentence.tokens, word);
        names::title(&mut sentence.tokens, word);
        names::oblige(&mut sentence.tokens, word);
        names::count(&mut sentence.tokens, word);
        names::among(&mut sentence.tokens, word);
        names::lead(&mut sentence.tokens, word);
        names::base(text, &mut sentence.tokens, word);
        cases::turn(text, sentence, word);
        cases::the_other(text, &mut sentence.tokens, word);
        cases::go(&mut sentence.tokens, word);
        cases::both(&mut sentence.tokens, word);
        cases::manner(&mut sentence.tokens, word);
        cases::setting(&mut sentence.tokens, word);
        cases::worth(&mut sentence.tokens, word);
        cases::confer(&mut sentence.tokens, word);
        cases::give(&mut sentence.tokens, word);
        cases::apart(text, &mut sentence.tokens, word);
        cases::side(&mut sentence.tokens, word);
        cases::heavy(&mut sentence.tokens, word);
        cases::of(&mut sentence.tokens, word);
        cases::possess(&mut sentence.tokens, word);
        mains::will(&mut sentence.tokens, word);
    }
    for word in 0..sentence.tokens.len() {
        if !is_word(sentence, word) {
            continue;
        }
        let tokens = &mut sentence.tokens;
        names::gather(tokens, word);
        names::list(text, tokens, word);
        names::share(tokens, word);
        names::behind_comma(text, tokens, word);
        names::adjoin(tokens, word);
        names::belong(tokens, word);
        names::stand_beside(tokens, word);
        names::act(tokens, word);
        relatives::relate(text, tokens, word);
        relatives::possess(text, tokens, word);
        clauses::conclude(text, tokens, word);
        clauses::part(tokens, word);
        clauses::complete(tokens, word);
        clauses::decide(tokens, word);
        clauses::tell(text, tokens, word);
        clauses::answer(tokens, word);
        clauses::command(tokens, word);
        clauses::mark(tokens, word);
        clauses::content(tokens, word);
        clauses::accuse(tokens, word);
        clauses::raise(tokens, word);
        clauses::instruct(tokens, word);
        clauses::follow(tokens, word);
        clauses::inform(text, tokens, word);
        clauses::accompany(tokens, word);
        clauses::oppose(tokens, word);
        clauses::want(tokens, word);
        predicates::due_in(tokens, word);
        predicates::go_home(tokens, word);
        predicates::precede(tokens, word);
        predicates::call(text, tokens, word);
        predicates::deem(text, tokens, word);
        predicates::contest(text, tokens, word);
        predicates::kill(text, tokens, word);
        predicates::unwelcome(text, tokens, word);
        clauses::happen(tokens, word);
        clauses::cleave(tokens, word);
    }
    headlines::complete(&mut sentence.tokens);
    headlines::order(&mut sentence.tokens);
    mains::front(text, &mut sentence.tokens);
    headlines::label(text, &mut sentence.tokens);
    mains::step_behind(text, &mut sentence.tokens);
    mains::quote(text, &mut sentence.tokens);
    mains::raise(text, sentence);
    headlines::join(text, sentence);
    headlines::open(sentence);
    headlines::people(text, sentence);
    headlines::undergo(text, sentence);
    mains::tell(&mut sentence.tokens);
    mains::close(text, &mut sentence.tokens);
}

#[cfg(test)]
mod tests {
    use detente_grammar::{Deprel, ROOT};

    use super::mend;
    use crate::{
        inflection::Lemmas,
        syntax::tests::{grammar, lexicon, read, tok},
    };

    #[test]
    fn a_second_name_shares_the_verb() {
        for (text, first, second) in [
            ("Norway thanked Chad for its help and Peru for its hospitality.", "Chad", "Peru"),
            ("He praised Qatar for mediating the swap and Egypt for hosting the talks.", "Qatar", "Egypt"),
        ] {
            read(text, |syntax| {
                assert_eq!(syntax.head(tok(syntax, second)), Some(tok(syntax, first)), "{text}");
                assert_eq!(syntax.rel(tok(syntax, second)), Deprel::Conj, "{text}");
            });
        }
    }

    #[test]
    fn a_verb_taken_for_a_name_is_the_main_one() {
        for (text, verb, lemma, object) in [
            ("Niger quit ECOWAS last year.", "quit", "quit", "ECOWAS"),
            ("Niger tore up its military accords with France.", "tore", "tear", "accords"),
        ] {
            read(text, |syntax| {
                let verb = tok(syntax, verb);
                assert_eq!((syntax.head(verb), syntax.lemma(verb)), (None, lemma), "{text}");
                assert_eq!(syntax.rel(tok(syntax, "Niger")), Deprel::Nsubj, "{text}");
                let object = tok(syntax, object);
                assert_eq!((syntax.head(object), syntax.rel(object)), (Some(verb), Deprel::Obj), "{text}");
            });
        }
    }

    #[test]
    fn two_names_of_a_headline_act_together() {
        read("Japan, Philippines sign pact easing troop visits amid maritime tension", |syntax| {
            let (one, other) = (tok(syntax, "Japan"), tok(syntax, "Philippines"));
            assert_eq!(syntax.head(tok(syntax, "sign")), None);
            assert_eq!((syntax.rel(one), syntax.rel(other)), (Deprel::Nsubj, Deprel::Conj));
            assert_eq!(syntax.head(other), Some(one));
        });
    }

    #[test]
    fn a_list_behind_envoys_is_theirs() {
        read("Top nuclear envoys of South Korea, the United States and Japan held a phone consultation.", |syntax| {
            let (envoys, states) = (tok(syntax, "envoys"), tok(syntax, "States"));
            assert_eq!((syntax.rel(envoys), syntax.head(envoys)), (Deprel::Nsubj, Some(tok(syntax, "held"))));
            assert_eq!((syntax.rel(states), syntax.head(states)), (Deprel::Conj, Some(tok(syntax, "Korea"))));
        });
    }

    #[test]
    fn what_stands_behind_that_is_demanded() {
        read("Malaysia accused North Korea of theft and demanded that Pyongyang release all Malaysians.", |syntax| {
            let release = tok(syntax, "release");
            assert_eq!((syntax.rel(release), syntax.head(release)), (Deprel::Ccomp, Some(tok(syntax, "demanded"))));
            assert_eq!(syntax.head(tok(syntax, "that")), Some(release));
        });
    }

    #[test]
    fn what_is_condemned_in_strong_terms_hangs_on_the_verb() {
        read(
            "Poland condemned in the strongest terms the Russian Federation's continuing missile strikes.",
            |syntax| {
                let strikes = tok(syntax, "strikes");
                assert_eq!((syntax.head(strikes), syntax.rel(strikes)), (Some(tok(syntax, "condemned")), Deprel::Obj));
            },
        );
    }

    #[test]
    fn a_clause_that_a_conjunction_opens_is_not_the_main_one() {
        let text = "After shells hit a park in Zakho, killing nine, the Iraqi government blamed Turkey and closed its mission.";
        read(text, |syntax| {
            let (hit, blamed) = (tok(syntax, "hit"), tok(syntax, "blamed"));
            assert_eq!((syntax.rel(blamed), syntax.rel(hit)), (Deprel::Root, Deprel::Advcl));
            assert_eq!(syntax.head(tok(syntax, "closed")), Some(blamed));
        });
    }

    #[test]
    fn a_helping_verb_may_stand_far_from_its_verb() {
        read("Kampala had in April accused its neighbour of cheating.", |syntax| {
            let (had, accused) = (tok(syntax, "had"), tok(syntax, "accused"));
            assert_eq!((syntax.rel(accused), syntax.rel(had)), (Deprel::Root, Deprel::Aux));
            assert_eq!(syntax.head(tok(syntax, "Kampala")), Some(accused));
        });
        read("Norway had in Chad a friend.", |syntax| assert_eq!(syntax.rel(tok(syntax, "had")), Deprel::Root));
    }

    #[test]
    fn a_name_in_brackets_is_another_name() {
        read("China called on North Korea (DPRK) and Japan to return to talks.", |syntax| {
            let (korea, japan) = (tok(syntax, "Korea"), tok(syntax, "Japan"));
            assert_eq!((syntax.rel(japan), syntax.head(japan)), (Deprel::Conj, Some(korea)));
        });
    }

    #[test]
    fn a_court_orders() {
        read("The International Court of Justice orders Thailand and Cambodia to pull out.", |syntax| {
            let (orders, court) = (tok(syntax, "orders"), tok(syntax, "Court"));
            assert_eq!(syntax.head(orders), None);
            assert_eq!((syntax.rel(court), syntax.head(court)), (Deprel::Nsubj, Some(orders)));
            assert_eq!(
                (syntax.rel(tok(syntax, "Thailand")), syntax.rel(tok(syntax, "pull"))),
                (Deprel::Obj, Deprel::Xcomp)
            );
        });
    }

    #[test]
    fn who_decides_by_so_many_votes_stands_behind_the_comma() {
        let text = "By 27 votes to none with six abstentions, the governing caucus of Solomon Islands decided on Monday to recognise China.";
        read(text, |syntax| {
            let (caucus, decided) = (tok(syntax, "caucus"), tok(syntax, "decided"));
            assert_eq!((syntax.rel(caucus), syntax.head(caucus)), (Deprel::Nsubj, Some(decided)));
            assert_eq!(syntax.rel(tok(syntax, "votes")), Deprel::Obl);
        });
    }

    #[test]
    fn two_names_behind_a_comma_act_together() {
        read("At the close of their meeting in Lima, Chile and Peru agreed to keep border posts open.", |syntax| {
            let (chile, peru) = (tok(syntax, "Chile"), tok(syntax, "Peru"));
            assert_eq!((syntax.rel(chile), syntax.head(chile)), (Deprel::Nsubj, Some(tok(syntax, "agreed"))));
            assert_eq!(syntax.head(peru), Some(chile));
        });
    }

    #[test]
    fn what_is_named_before_a_colon_does_nothing() {
        read("Andean crisis: Ecuador and Peru send troops to the border.", |syntax| {
            let (crisis, ecuador) = (tok(syntax, "crisis"), tok(syntax, "Ecuador"));
            assert_eq!((syntax.rel(ecuador), syntax.rel(crisis)), (Deprel::Nsubj, Deprel::Dislocated));
        });
    }

    #[test]
    fn who_stands_last_before_the_verb_is_its_subject() {
        let text = "At the invitation of the President of Mongolia, Bat Erdene, the President of the Republic of Kazakhstan, \
                    Askar Lund, paid a visit to Ulaanbaatar.";
        read(text, |syntax| {
            let subject = (0..syntax.len() as u16).find(|&at| syntax.rel(at) == Deprel::Nsubj).unwrap();
            assert_eq!(syntax.head(subject), Some(tok(syntax, "paid")));
            assert!(subject > tok(syntax, "Erdene"));
        });
    }

    #[test]
    fn an_article_behind_a_name_begins_a_phrase_of_its_own() {
        read("Malaysia today hosted at Seri Perdana a special meeting of ministers.", |syntax| {
            let (hosted, meeting) = (tok(syntax, "hosted"), tok(syntax, "meeting"));
            assert_eq!((syntax.head(meeting), syntax.rel(meeting)), (Some(hosted), Deprel::Obj));
        });
    }

    #[test]
    fn who_is_picked_out_does_it() {
        read("It was the Chadian army that broke the truce.", |syntax| {
            let (army, broke) = (tok(syntax, "army"), tok(syntax, "broke"));
            assert_eq!((syntax.head(army), syntax.rel(army)), (Some(broke), Deprel::Nsubj));
            assert_eq!(syntax.rel(broke), Deprel::Root);
        });
        read("It was not Chad that broke the truce.", |syntax| {
            assert_eq!(syntax.negation(tok(syntax, "broke")), Some(tok(syntax, "not")));
        });
        read("It is a country that sponsors rebels.", |syntax| {
            assert_ne!(syntax.rel(tok(syntax, "country")), Deprel::Nsubj);
        });
        read("It was on Monday that Chad left.", |syntax| assert_ne!(syntax.rel(tok(syntax, "Monday")), Deprel::Nsubj));
    }

    #[test]
    fn where_somebody_is_due_is_no_predicate() {
        read("The Iraqi prime minister is due in Ankara next week.", |syntax| {
            let (due, ankara) = (tok(syntax, "due"), tok(syntax, "Ankara"));
            assert_eq!((syntax.rel(due), syntax.head(ankara)), (Deprel::Root, Some(due)));
            assert_eq!(syntax.head(tok(syntax, "minister")), Some(due));
        });
    }

    #[test]
    fn names_in_headlines_are_of_the_noun_behind_them() {
        read("Thai police detain 40 Myanmar migrants", |syntax| {
            let (name, migrants) = (tok(syntax, "Myanmar"), tok(syntax, "migrants"));
            assert_eq!((syntax.head(name), syntax.rel(name)), (Some(migrants), Deprel::Compound));
        });
        read("French troops complete pullout from Niger", |syntax| {
            assert_eq!(syntax.rel(tok(syntax, "complete")), Deprel::Root);
            assert_eq!(syntax.rel(tok(syntax, "troops")), Deprel::Nsubj);
        });
    }

    #[test]
    fn both_without_an_and_is_who_is_meant() {
        read("The Security Council put an arms embargo on both in May.", |syntax| {
            let both = tok(syntax, "both");
            assert_eq!((syntax.rel(both), syntax.case(both)), (Deprel::Obl, Some("on")));
            assert_eq!(syntax.head(both), Some(tok(syntax, "put")));
        });
        read("Malaysia urged both to show restraint.", |syntax| {
            assert_eq!(syntax.rel(tok(syntax, "both")), Deprel::Obj);
        });
        read("Malaysia warned both Norway and Chad.", |syntax| {
            assert_eq!(syntax.rel(tok(syntax, "both")), Deprel::CcPreconj);
        });
    }

    #[test]
    fn a_headline_opens_talks() {
        read("Hungary and Serbia open talks on the Danube", |syntax| {
            let verb = tok(syntax, "open");
            assert_eq!((syntax.head(verb), syntax.is_verbal(verb)), (None, true));
            assert_eq!(
                (syntax.head(tok(syntax, "talks")), syntax.rel(tok(syntax, "Hungary"))),
                (Some(verb), Deprel::Nsubj)
            );
        });
    }

    #[test]
    fn a_time_without_preposition_takes_no_word_of_the_phrase_before_it() {
        for time in [
            "Monday",
            "late Monday",
            "Tuesday morning",
            "yesterday",
            "last week",
            "earlier this month",
            "two weeks ago",
        ] {
            for (before, word, rel) in [
                ("Turkey summoned Greece", "Greece", Deprel::Obj),
                ("Kenya put Uganda on a blacklist", "blacklist", Deprel::Obl),
                ("Chad issued Sudan an ultimatum", "ultimatum", Deprel::Obj),
                ("Norway said that Hungary was responsible", "responsible", Deprel::Ccomp),
            ] {
                let text = format!("{before} {time}.");
                assert_eq!(read(&text, |syntax| syntax.rel(tok(syntax, word))), rel, "{text}");
            }
        }
    }

    #[test]
    fn what_something_is_called_hangs_on_the_verb() {
        for text in ["Russia called the claims baseless.", "Chad called the accusations baseless."] {
            assert_eq!(read(text, |syntax| syntax.rel(tok(syntax, "baseless"))), Deprel::Xcomp, "{text}");
        }
    }

    #[test]
    fn a_name_behind_a_day_is_no_part_of_it() {
        for text in [
            "Late on Friday Tokyo and Pyongyang traded accusations.",
            "Late on Friday Tokyo made allegations about China.",
        ] {
            assert_eq!(read(text, |syntax| syntax.rel(tok(syntax, "Tokyo"))), Deprel::Nsubj, "{text}");
        }
    }

    #[test]
    fn a_name_before_a_preposition_is_the_subject_of_the_verb() {
        for (text, rel) in [
            ("South Korea on Monday objected to the plan.", Deprel::Nsubj),
            ("South Korea on Monday was condemned by the bloc.", Deprel::NsubjPass),
            ("South Korea on Monday said that the plan was a threat.", Deprel::Nsubj),
        ] {
            assert_eq!(read(text, |syntax| syntax.rel(tok(syntax, "Korea"))), rel, "{text}");
        }
    }

    #[test]
    fn a_sentence_without_main_verb_has_it_behind_the_insertion() {
        for text in [
            "Norway, which chairs the bloc, threatened war.",
            "Tokyo, a member of the bloc, consented to something.",
            "Norway -- which left the bloc in 2019 -- threatened sanctions against Hungary.",
            "Turkey, however, promised aid.",
            "India on Monday alleged violations by China.",
            "The Chadian authorities named Sudan as the culprit.",
        ] {
            read(text, |syntax| {
                let verb = (0..syntax.len() as u16).find(|&at| syntax.rel(at) == Deprel::Root).expect("a root");
                assert!(matches!(syntax.lemma(verb), "threaten" | "consent" | "promise" | "name" | "allege"), "{text}");
                assert!(syntax.kid(verb, Deprel::Nsubj).is_some(), "{text}");
            });
        }
    }

    #[test]
    fn a_preposition_opens_the_clause_of_the_participle_behind_it() {
        read("Tehran charged Albania with sheltering terrorists.", |syntax| {
            let with = tok(syntax, "with");
            assert_eq!((syntax.head(with), syntax.rel(with)), (Some(tok(syntax, "sheltering")), Deprel::Mark));
        });
    }

    #[test]
    fn who_is_neighbouring_acts() {
        for text in [
            "Neighbouring Tonga, meanwhile, has asked China for more time to repay its debt.",
            "Neighbouring Tonga has asked China for more time.",
        ] {
            assert_eq!(read(text, |syntax| syntax.rel(tok(syntax, "Tonga"))), Deprel::Nsubj, "{text}");
        }
    }

    #[test]
    fn a_name_behind_of_is_of_the_noun_before() {
        read("Bishkek said Tajik forces had shelled the village of Kok-Tash.", |syntax| {
            assert_eq!(syntax.head(tok(syntax, "Kok")), Some(tok(syntax, "village")));
        });
    }

    #[test]
    fn what_stands_between_had_and_its_participle_makes_no_verb_of_it() {
        for (text, verb) in [
            ("Chad had in June banned fruit from Niger.", "banned"),
            ("Warsaw had itself closed its frontier with Belarus for twelve days.", "closed"),
        ] {
            read(text, |syntax| {
                assert_eq!(
                    (syntax.head(tok(syntax, verb)), syntax.rel(tok(syntax, "had"))),
                    (None, Deprel::Aux),
                    "{text}"
                );
            });
        }
    }

    #[test]
    fn a_month_is_no_part_of_the_name_behind_it() {
        read("In October Saudi Arabia expelled the Lebanese ambassador.", |syntax| {
            let verb = Some(tok(syntax, "expelled"));
            let (month, name) = (tok(syntax, "October"), tok(syntax, "Arabia"));
            assert_eq!((syntax.head(month), syntax.rel(month)), (verb, Deprel::Obl));
            assert_eq!((syntax.head(name), syntax.rel(name)), (verb, Deprel::Nsubj));
        });
    }

    #[test]
    fn behind_a_clause_with_whose_the_name_acts() {
        let text = "Irakli Kobakhidze, whose party suspended the talks with the EU last autumn, said he would travel to Budapest.";
        read(text, |syntax| {
            let said = tok(syntax, "said");
            assert_eq!((syntax.head(said), syntax.rel(tok(syntax, "suspended"))), (None, Deprel::AclRelcl));
            assert_eq!(syntax.head(tok(syntax, "Irakli")), Some(said));
        });
    }

    #[test]
    fn a_mended_sentence_is_still_a_tree() {
        let lemmas = Lemmas::new(lexicon());
        let starts = [
            "The show of force",
            "The envoy of the king of Norway said no to",
            "They found guilty of",
            "Force of",
            "If Chad, which declared the attache persona non grata, would",
            "Norway gave Chad 22 persona non grata fighters due to",
            "Troops loyal to Ali Sy, who accused Chad's Prime Minister of",
            "In May Saudi envoys, whose king had himself in June met",
            "After shells hit the town, killing nine, it was not the army of Chad that in June broke",
            "Border crisis: Ecuador, Peru leaders to host at Villa Lund a",
            "The envoy is due in Oslo, who had in May told the king that he was",
            "French troops complete 40 Chad",
            "Two hikers picked up near Chad are being held over",
            "Kenya \"rejects in full\" a",
            "A Thai F-16 bombed",
            "Chile declared null and void the",
            "The king met Ali Sy, whose country he praised for",
            "By 27 votes to none with six abstentions, the caucus of North Korea (DPRK) and",
            "Its neighbour, North Korea (DPRK), and South Korean sailors held in the port of Zenda since July have been",
            "World Court orders Chad to hand over the base in the port of Zenda to",
            "Mali hailed the move by Chad, which blamed Niger, to discuss a loan of two dollars for the end of the war with",
            "",
        ];
        for start in starts {
            for middle in ["the ship of the war", "a list of last", "North Macedonia irresponsible", "him late", "of"] {
                for time in [
                    "Monday",
                    "this Tuesday morning",
                    "last fall",
                    "two days ago",
                    "tonight of Monday",
                    "on Friday Greece met",
                ] {
                    let text = format!("{start} {middle} {time}.");
                    for sentence in &mut grammar().parse(&text) {
                        mend(&lemmas, &text, sentence);
                        let roots = sentence.tokens.iter().filter(|token| token.head == ROOT).count();
                        assert_eq!(roots, 1, "{text}");
                        for at in 0..sentence.tokens.len() {
                            let head = |&at: &u16| sentence.tokens.get(usize::from(at)).map(|token| token.head);
                            let way = std::iter::successors(Some(at as u16), head).take(sentence.tokens.len() + 2);
                            assert_eq!(way.last(), Some(ROOT), "{text}");
                        }
                    }
                }
            }
        }
    }
}
