//! Alpaclass: what students do in a school.
