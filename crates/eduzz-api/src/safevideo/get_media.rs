//! `GET /safevideo/v1/medias/:id` — a media's details.

use eduzz_types::One;
use eduzz_types::safevideo::{Media, MediaId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Reads a media's details (docs page `/reference/api/get-safevideo-v1-medias-id`).
///
/// The page's table describes an object, its example is a list with one; either is read (Q155). An
/// empty list, which may mean a missing media, is an unreadable answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetMedia {
    /// The media.
    pub id: MediaId,
}

builder!(GetMedia {
    /// Reads the media.
    new(id: impl Into<MediaId>);
});

impl Endpoint for GetMedia {
    const ROUTE: Route = Route::get("/safevideo/v1/medias/:id").scopes(&["safevideo_contents_read"]);
    type Output = One<Media>;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
