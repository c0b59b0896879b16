//! The Eduzz sign-in as a sans-IO state machine.
