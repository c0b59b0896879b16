//! `GET /heycamp/v1/members/community/:communityId/comments` — members who commented.

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::heycamp::{ActiveMember, CommunityId};
use eduzz_types::{Page, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the members of a community who commented within a period, with the posts, a page at a time
/// (docs page `/reference/api/get-heycamp-v1-members-community-communityId-comments`).
///
/// The documentation has three query parameters without names. That two of them are `page` and
/// `itemsPerPage` is inferred from the answer, which has pages; the third very likely sets the
/// period (Q129).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListCommentingMembers {
    /// The community.
    pub community_id: CommunityId,
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of members per page; neither a default nor a maximum is documented.
    pub items_per_page: Option<u32>,
    /// Further query parameters, added by [`extra_query`](method@Self::extra_query). The values may
    /// be personal data, so they do not print.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra_query: Vec<(String, PersonalText)>,
}

builder!(ListCommentingMembers {
    /// Lists the members of the community who commented within a period, with the posts.
    new(community_id: impl Into<CommunityId>);
    page: u32,
    items_per_page: u32,
    ..extra_query
});

paged!(ListCommentingMembers, ActiveMember);

impl Endpoint for ListCommentingMembers {
    const ROUTE: Route =
        Route::get("/heycamp/v1/members/community/:communityId/comments").scopes(&["heycamp_read_members"]);
    type Output = Page<ActiveMember>;

    fn describe(&self, call: &mut Call) {
        call.path("communityId", &self.community_id)
            .page(self.page, self.items_per_page);
        self.describe_extra_query(call);
    }
}
