//! Codes acts between states and other actors from parsed news.
