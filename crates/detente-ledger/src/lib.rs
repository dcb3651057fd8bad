//! Folds acts into affairs: where each negotiation, sanction, membership and claim stands.
