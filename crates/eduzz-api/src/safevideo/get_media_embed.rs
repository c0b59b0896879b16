//! `GET /safevideo/v1/medias/:id/embed` — the HTML element that shows a media.

use eduzz_types::safevideo::{MediaEmbed, MediaId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Reads the HTML element that shows a media on a page (docs page
/// `/reference/api/get-safevideo-v1-medias-id-embed`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetMediaEmbed {
    /// The media.
    pub id: MediaId,
}

builder!(GetMediaEmbed {
    /// Reads the HTML element that shows the media.
    new(id: impl Into<MediaId>);
});

impl Endpoint for GetMediaEmbed {
    const ROUTE: Route = Route::get("/safevideo/v1/medias/:id/embed").scopes(&["safevideo_contents_read"]);
    type Output = MediaEmbed;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
