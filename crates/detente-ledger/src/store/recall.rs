//! What was read of matters to fold them as of one time, kept in memory for the next time that is asked for.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{folded::Told, settle::Key};

/// The most sayings that are kept: some hundred megabytes.
const MOST: usize = 150_000;

/// What is said of matters, as readers of a ledger that does not change read it. Whoever asks as of one day after the other
/// folds the same sayings again and again; they are read once.
#[derive(Debug, Default)]
pub struct Recall(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// By kind and key.
    told: HashMap<String, HashMap<String, Arc<Told>>>,
    sayings: usize,
    /// Types and pairs, and whether a report of an act that several tell has no day.
    undated: HashMap<(String, String), bool>,
}

impl Recall {
    fn known(&self) -> MutexGuard<'_, Known> {
        // What a panic leaves behind is whole: nothing is changed by halves.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether much more can be kept.
    pub fn has_room(&self) -> bool {
        self.known().sayings < MOST / 4 * 3
    }

    /// What is said of a matter; it is read where it is not known.
    pub(super) fn told<E>(
        &self,
        kind: &str,
        key: &str,
        read: impl FnOnce() -> Result<Told, E>,
    ) -> Result<Arc<Told>, E> {
        if let Some(told) = self.known().told.get(kind).and_then(|of_kind| of_kind.get(key)) {
            return Ok(told.clone());
        }
        let told = Arc::new(read()?);
        let mut known = self.known();
        if known.sayings + told.len() > MOST {
            *known = Known::default();
        }
        // Another reader may have read it meanwhile.
        let before = known.told.entry(kind.to_owned()).or_default().insert(key.to_owned(), told.clone());
        known.sayings += told.len();
        known.sayings -= before.map_or(0, |before| before.len());
        Ok(told)
    }

    /// Whether a report of an act that several tell has no day, by type and pair; it is read where it is not known.
    pub(super) fn has_undated<E>(&self, of: &Key, read: impl FnOnce() -> Result<bool, E>) -> Result<bool, E> {
        if let Some(known) = self.known().undated.get(of) {
            return Ok(*known);
        }
        let found = read()?;
        self.known().undated.insert(of.clone(), found);
        Ok(found)
    }
}
