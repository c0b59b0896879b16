//! `PUT /safevideo/v1/medias/:id` — gives a media another title or description.

use alloc::string::String;

use eduzz_types::NoContent;
use eduzz_types::safevideo::MediaId;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Gives a media another title, another description, or both (docs page
/// `/reference/api/put-safevideo-v1-medias-id`).
///
/// The page speaks of either; that what is not given stays as it is, is not said (Q149). Without
/// either it is not sent.
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
    /// Changes the media, once it is said what of it.
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
