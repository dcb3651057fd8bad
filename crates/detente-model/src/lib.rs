//! The trained grammar model that Detente ships.
