//! Schools at Alpaclass: `GET /alpaclass/v1/producer/teams`.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use eduzz_types::alpaclass::Team;

use super::{Table, fields};

impl Table for Team {
    fields! {
        [Text] "id", "id", "The id of the school.", |team| Some(team.id.as_str());
        [Text] "name", "name", "The name.", |team| team.name.as_deref();
        [Text] "url", "url", "The school's address on the web.", |team| team.url.as_deref();
    }

    fn key(&self) -> String {
        self.id.as_str().to_owned()
    }
}
