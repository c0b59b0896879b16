//! `GET /safevideo/v1/medias` — the account's media.

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::safevideo::MediaSummary;
use eduzz_types::{List, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the account's media (docs page `/reference/api/get-safevideo-v1-medias`).
///
/// The answer is a bare list (Q34), without a total or a next page. Three query parameters are
/// documented without their names (Q148): if the list has pages, request them with
/// [`extra_query`](method@Self::extra_query). An answer of 404 (`Medias not found`) is documented,
/// too; it may mean that the list is empty (Q153).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListMedias {
    /// Further query parameters, added by [`extra_query`](method@Self::extra_query). The values may
    /// be personal data, so they do not print.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extra_query: Vec<(String, PersonalText)>,
}

builder!(ListMedias {
    /// Lists the media.
    const new();
    ..extra_query
});

impl Endpoint for ListMedias {
    const ROUTE: Route = Route::get("/safevideo/v1/medias").scopes(&["safevideo_contents_read"]);
    type Output = List<MediaSummary>;

    fn describe(&self, call: &mut Call) {
        self.describe_extra_query(call);
    }
}
