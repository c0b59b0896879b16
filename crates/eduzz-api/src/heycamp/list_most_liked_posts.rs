//! `GET /heycamp/v1/posts/community/:communityId/top/liked` — the posts with the most likes.

use alloc::string::String;
use alloc::vec::Vec;

use eduzz_types::heycamp::{CommunityId, Post};
use eduzz_types::{Items, PersonalText};
use eduzz_wire::{Call, Endpoint, Route};
use serde::{Deserialize, Serialize};

/// Lists the posts of a community with the most likes, at most five, without their texts (docs page
/// `/reference/api/get-heycamp-v1-posts-community-communityId-top-liked`).
///
/// Its one query parameter, which sets the period, is published without a name (Q129):
/// [`extra_query`](method@Self::extra_query) sets it once it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListMostLikedPosts {
    /// The community.
    pub community_id: CommunityId,
    /// Further query parameters, added by [`extra_query`](method@Self::extra_query). The values may
    /// be personal data, so they do not print.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra_query: Vec<(String, PersonalText)>,
}

builder!(ListMostLikedPosts {
    /// Lists the most liked posts of the community.
    new(community_id: impl Into<CommunityId>);
    ..extra_query
});

impl Endpoint for ListMostLikedPosts {
    const ROUTE: Route =
        Route::get("/heycamp/v1/posts/community/:communityId/top/liked").scopes(&["heycamp_read_posts"]);
    type Output = Items<Post>;

    fn describe(&self, call: &mut Call) {
        call.path("communityId", &self.community_id);
        self.describe_extra_query(call);
    }
}
