//! `GET /heycamp/v1/posts/community/:communityId` — the posts of a community.

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::heycamp::{CommunityId, Post};
use eduzz_types::{Page, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the posts of a community, without their texts, a page at a time
/// (docs page `/reference/api/get-heycamp-v1-posts-community-communityId`).
///
/// The documentation has two query parameters without names; that they are `page` and
/// `itemsPerPage` is inferred from the answer, which has pages (Q129).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListPosts {
    /// The community.
    pub community_id: CommunityId,
    /// The page to read, counted from 1; the default is not documented.
    pub page: Option<u32>,
    /// Number of posts per page; neither a default nor a maximum is documented.
    pub items_per_page: Option<u32>,
    /// Further query parameters, added by [`extra_query`](method@Self::extra_query). The values may
    /// be personal data, so they do not print.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra_query: Vec<(String, PersonalText)>,
}

builder!(ListPosts {
    /// Lists the posts of the community, without their texts.
    new(community_id: impl Into<CommunityId>);
    page: u32,
    items_per_page: u32,
    ..extra_query
});

paged!(ListPosts, Post);

impl Endpoint for ListPosts {
    const ROUTE: Route =
        Route::get("/heycamp/v1/posts/community/:communityId").scopes(&["heycamp_read_posts"]);
    type Output = Page<Post>;

    fn describe(&self, call: &mut Call) {
        call.path("communityId", &self.community_id)
            .page(self.page, self.items_per_page);
        self.describe_extra_query(call);
    }
}
