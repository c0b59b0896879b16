//! `PUT /safevideo/v1/medias/:id/domains` — sets the domains that may show a media.

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::safevideo::{MediaEmbed, MediaId};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Sets the domains that may show a media; no other page may (docs page
/// `/reference/api/put-safevideo-v1-medias-id-domains`).
///
/// The meaning of an empty list is not documented, so it is not sent:
/// [`RemoveMediaDomains`](super::RemoveMediaDomains) removes the restriction. The answer has the
/// status 201, and a refusal calls the field `referrers` (Q156).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
#[non_exhaustive]
pub struct SetMediaDomains {
    /// The media.
    #[serde(skip_serializing)]
    pub id: MediaId,
    /// The domains: at least one. They are addresses with their scheme in the example,
    /// `https://school.example.com`.
    pub domains: Vec<String>,
}

impl SetMediaDomains {
    /// Lets these domains alone show the media.
    #[must_use]
    pub fn new(id: impl Into<MediaId>, domains: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            id: id.into(),
            domains: domains.into_iter().map(Into::into).collect(),
        }
    }
}

impl Endpoint for SetMediaDomains {
    const ROUTE: Route = Route::put("/safevideo/v1/medias/:id/domains").scopes(&["safevideo_contents_write"]);
    type Output = MediaEmbed;

    fn describe(&self, call: &mut Call) {
        call.path("id", &self.id)
            .require_each("domains", &self.domains)
            .json(self);
    }
}
