//! What reviewers say is followed, once, in any order, and can be taken back.

mod agreement;
mod desk;
mod judging;
mod order;
mod queue;
