//! How far an act is to be trusted: a linear model, trained on acts that were judged right or wrong.

use crate::{
    judged::Judged,
    linear::{Lesson, Linear},
};

/// How often the model is trained anew, and the mean taken: near the bound between kept and left out, each order of lessons keeps others.
const ROUNDS: usize = 12;

/// How a model is trained.
#[derive(Clone, Copy, Debug)]
pub struct Training {
    /// How often all lessons are gone through.
    epochs: usize,
    /// What of a weight is lost with each lesson: what is judged is little.
    decay: f32,
}

impl Training {
    /// Of acts.
    pub const ON_ACTS: Training = Training { epochs: 6, decay: 5e-3 };
    /// Of those whom only the article shows as an act's other side, who have fewer features.
    pub const ON_COUNTERPARTS: Training = Training { epochs: 12, decay: 2e-3 };
}

/// Whether acts are weighed when they are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighing {
    /// They are not: what finds them must be sure.
    Off,
    /// More is found, and what is unlikely left out.
    On,
    /// More is found, and all is kept, for somebody to judge.
    Open,
}

impl Weighing {
    /// On, where there is a model to weigh by.
    pub fn of(trust: &Trust) -> Weighing {
        if trust.is_empty() { Weighing::Off } else { Weighing::On }
    }

    /// Tells whether more is found than is kept.
    pub fn is_on(self) -> bool {
        self != Weighing::Off
    }
}

/// Hashed features of an act: what speaks for it, and against it.
pub type Ground = Vec<u32>;

/// A model of how likely an act is right, from what speaks for it and against it.
#[derive(Clone, Debug, Default)]
pub struct Trust(Linear<2>);

impl Trust {
    /// Tells whether there is no model.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The probability that an act is right; nothing where there is no model.
    pub fn of(&self, ground: &[u32]) -> Option<f32> {
        (!self.is_empty()).then(|| self.0.probabilities(ground)[1])
    }

    /// Trains on what was judged. The same in the same order gives the same model.
    pub fn train<'j>(judged: impl IntoIterator<Item = &'j Judged>, training: Training) -> Trust {
        let lesson =
            |j: &Judged| Lesson { features: j.ground.clone(), class: usize::from(j.right), importance: j.importance };
        Trust(Linear::fit_weakly(judged.into_iter().map(lesson).collect(), training.epochs, ROUNDS, training.decay))
    }

    /// Writes the model for [`Trust::from_bytes`].
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes()
    }

    /// Reads what [`Trust::to_bytes`] wrote; too few bytes are no model.
    pub fn from_bytes(bytes: &[u8]) -> Trust {
        Trust(Linear::from_bytes(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(ground: &[u32], right: bool) -> Judged {
        Judged { ground: ground.to_vec(), right, importance: 1.0, text: "a".to_owned() }
    }

    fn lessons() -> Vec<Judged> {
        (0..60).map(|number| judged(&[1, 2 + number % 2], number % 2 == 0)).collect()
    }

    #[test]
    fn what_was_judged_right_is_trusted_more() {
        let trust = Trust::train(&lessons(), Training::ON_ACTS);
        let (right, wrong) = (trust.of(&[1, 2]).unwrap(), trust.of(&[1, 3]).unwrap());
        assert!(right > 0.6 && wrong < 0.4, "{right} {wrong}");
    }

    #[test]
    fn a_model_comes_back_as_it_was_written_and_is_the_same_each_time() {
        let trust = Trust::train(&lessons(), Training::ON_ACTS);
        assert_eq!(Trust::from_bytes(&trust.to_bytes()).to_bytes(), trust.to_bytes());
        assert_eq!(Trust::train(&lessons(), Training::ON_ACTS).to_bytes(), trust.to_bytes());
    }

    #[test]
    fn without_a_model_nothing_is_weighed() {
        let none = Trust::from_bytes(&[]);
        assert_eq!(none.of(&[1]), None);
        assert_eq!(Weighing::of(&none), Weighing::Off);
        assert_eq!(Weighing::of(&Trust::train(&lessons(), Training::ON_ACTS)), Weighing::On);
    }
}
