//! `DELETE /safevideo/v1/medias/:id/domains` — lets every page show a media.

use eduzz_types::NoContent;
use eduzz_types::safevideo::MediaId;
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Removes the restriction to some domains, so that every page may show the media (docs page
/// `/reference/api/delete-safevideo-v1-medias-id-domains`).
///
/// No body is documented, and none is sent; the documentation omits the bodies of other `DELETE`s
/// (Q154).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RemoveMediaDomains {
    /// The media.
    pub id: MediaId,
}

builder!(RemoveMediaDomains {
    /// Lets every page show the media.
    new(id: impl Into<MediaId>);
});

impl Endpoint for RemoveMediaDomains {
    const ROUTE: Route = Route::delete("/safevideo/v1/medias/:id/domains")
        .scopes(&["safevideo_contents_write"])
        .empty_body_is_success();
    type Output = NoContent;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id);
    }
}
