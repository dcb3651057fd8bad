//! What Detente knows of states, organisations, offices, places and acts.
