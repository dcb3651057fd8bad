//! The command line of Detente.
fn main() {}
