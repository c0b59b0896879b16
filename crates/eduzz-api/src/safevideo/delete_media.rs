//! `DELETE /safevideo/v1/medias/:id` — deletes a media.

use eduzz_types::NoContent;
use eduzz_types::safevideo::MediaId;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Deletes a media (docs page `/reference/api/delete-safevideo-v1-medias-id`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DeleteMedia {
    /// The media.
    pub id: MediaId,
}

builder!(DeleteMedia {
    /// Deletes the media.
    new(id: impl Into<MediaId>);
});

impl Endpoint for DeleteMedia {
    const ROUTE: Route = Route::delete("/safevideo/v1/medias/:id")
        .scopes(&["safevideo_contents_write"])
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
