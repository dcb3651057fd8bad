//! How far labels agree beyond chance.

use std::collections::BTreeMap;

/// Cohen's kappa of the labels that two reviewers gave to the same things (Cohen 1960); nothing where it is not defined:
/// without labels, or where both gave one and the same label throughout.
///
/// ```
/// use detente_ledger::review::cohen_kappa;
///
/// let labels = [("yes", "yes"), ("yes", "no"), ("no", "no"), ("no", "no")];
/// assert_eq!(cohen_kappa(&labels), Some(0.5));
/// assert_eq!(cohen_kappa(&[("yes", "yes")]), None);
/// ```
pub fn cohen_kappa<L: Ord>(labels: &[(L, L)]) -> Option<f64> {
    let count = labels.len() as f64;
    let mut by_label: BTreeMap<&L, (f64, f64)> = BTreeMap::new();
    for (one, other) in labels {
        by_label.entry(one).or_default().0 += 1.0;
        by_label.entry(other).or_default().1 += 1.0;
    }
    let observed = labels.iter().filter(|(one, other)| one == other).count() as f64 / count;
    let expected = by_label.values().map(|(one, other)| one * other).sum::<f64>() / (count * count);
    (expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}

/// Krippendorff's alpha for nominal labels (Krippendorff 2011): each unit has the labels that it was given, by any number
/// of reviewers; a unit with one label says nothing. Nothing where it is not defined: without two labels to compare, or
/// where all labels are the same.
///
/// ```
/// use detente_ledger::review::krippendorff_alpha;
///
/// let units = [vec!["yes", "yes"], vec!["yes", "no"], vec!["no", "no"], vec!["no"]];
/// assert_eq!(krippendorff_alpha(&units).map(|alpha| (alpha * 1e6).round() / 1e6), Some(0.444444));
/// ```
pub fn krippendorff_alpha<L: Ord>(units: &[Vec<L>]) -> Option<f64> {
    let mut by_label: BTreeMap<&L, f64> = BTreeMap::new();
    let mut disagreeing = 0.0;
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let mut of_unit: BTreeMap<&L, f64> = BTreeMap::new();
        for label in unit {
            *by_label.entry(label).or_default() += 1.0;
            *of_unit.entry(label).or_default() += 1.0;
        }
        let count = unit.len() as f64;
        let agreeing: f64 = of_unit.values().map(|of| of * (of - 1.0)).sum();
        disagreeing += (count * (count - 1.0) - agreeing) / (count - 1.0);
    }
    let count: f64 = by_label.values().sum();
    let alike: f64 = by_label.values().map(|of| of * (of - 1.0)).sum();
    let expected = count * (count - 1.0) - alike;
    (expected > 0.0).then(|| 1.0 - (count - 1.0) * disagreeing / expected)
}

/// The share of pairs whose labels are the same; nothing without labels.
pub fn raw_agreement<L: PartialEq>(labels: &[(L, L)]) -> Option<f64> {
    let same = labels.iter().filter(|(one, other)| one == other).count();
    (!labels.is_empty()).then(|| same as f64 / labels.len() as f64)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// Labels with what `bench/agreement_figures.py` computed of them with scikit-learn and krippendorff.
    #[test]
    fn figures_are_those_of_public_packages() {
        let cases: Vec<Value> = serde_json::from_str(include_str!("../../tests/agreement.json")).expect("the cases");
        assert!(cases.len() >= 20);
        for case in cases {
            let units: Vec<Vec<Option<String>>> = serde_json::from_value(case["units"].clone()).expect("units");
            let given: Vec<Vec<&String>> = units.iter().map(|unit| unit.iter().flatten().collect()).collect();
            assert_near(krippendorff_alpha(&given), &case["alpha"], &case);
            if case["kappa_of_two"] == true {
                let pairs: Vec<(&String, &String)> = given.iter().map(|unit| (unit[0], unit[1])).collect();
                assert_near(cohen_kappa(&pairs), &case["kappa"], &case);
            }
        }
    }

    #[track_caller]
    fn assert_near(own: Option<f64>, theirs: &Value, case: &Value) {
        match (own, theirs.as_f64()) {
            (Some(own), Some(theirs)) => assert!((own - theirs).abs() < 1e-9, "{own} instead of {theirs}: {case}"),
            (own, theirs) => assert_eq!(own, theirs, "{case}"),
        }
    }

    #[test]
    fn nothing_to_compare_gives_no_figure() {
        assert_eq!(cohen_kappa::<u8>(&[]), None);
        assert_eq!(krippendorff_alpha::<u8>(&[]), None);
        assert_eq!(krippendorff_alpha(&[vec!["a"], vec!["b"]]), None);
        assert_eq!(raw_agreement::<u8>(&[]), None);
    }
}
