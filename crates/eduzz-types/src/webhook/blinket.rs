//! Blinket: tickets and their participants.
