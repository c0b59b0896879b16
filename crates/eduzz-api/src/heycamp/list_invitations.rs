//! `GET /heycamp/v1/invitations/:communityId` — the invitations to a community.

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::heycamp::{CommunityId, Invitation};
use eduzz_types::{Page, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the invitations to a community, a page at a time
/// (docs page `/reference/api/get-heycamp-v1-invitations-communityId`).
///
/// The documentation has three query parameters without names. That two of them are `page` and
/// `itemsPerPage` is inferred from the answer, which has pages; the third is unknown (Q129).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListInvitations {
    /// The community.
    pub community_id: CommunityId,
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of invitations per page; neither a default nor a maximum is documented.
    pub items_per_page: Option<u32>,
    /// Further query parameters, added by [`extra_query`](method@Self::extra_query). The values may
    /// be personal data, so they do not print.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra_query: Vec<(String, PersonalText)>,
}

builder!(ListInvitations {
    /// Lists the invitations to the community.
    new(community_id: impl Into<CommunityId>);
    page: u32,
    items_per_page: u32,
    ..extra_query
});

paged!(ListInvitations, Invitation);

impl Endpoint for ListInvitations {
    const ROUTE: Route =
        Route::get("/heycamp/v1/invitations/:communityId").scopes(&["heycamp_read_invitations"]);
    type Output = Page<Invitation>;

    fn describe(&self, call: &mut Call) {
        call.path("communityId", &self.community_id)
            .page(self.page, self.items_per_page);
        self.describe_extra_query(call);
    }
}
