//! The brief.
