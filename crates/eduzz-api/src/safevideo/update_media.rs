//! `PUT /safevideo/v1/medias/:id` — changes a media's title or description.

use alloc::string::String;

use eduzz_types::NoContent;
use eduzz_types::safevideo::MediaId;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Changes a media's title, description, or both (docs page
/// `/reference/api/put-safevideo-v1-medias-id`).
///
/// The page allows either; whether an omitted field keeps its value is not documented (Q149). A
/// change without fields is not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateMedia {
    /// The media.
    #[serde(skip_serializing)]
    pub id: MediaId,
    /// The new name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The producer's description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

builder!(UpdateMedia {
    /// Changes the media; set at least one field before sending.
    new(id: impl Into<MediaId>);
    title: String,
    description: String,
});

impl Endpoint for UpdateMedia {
    const ROUTE: Route = Route::put("/safevideo/v1/medias/:id")
        .scopes(&["safevideo_contents_write"])
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id).json_change(Self::SETTABLE, self);
    }
}
