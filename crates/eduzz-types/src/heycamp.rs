//! HeyCamp: communities, members, posts and comments.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::page::{filled, null_is_empty};
use crate::scalar::{count, optional_count};
use crate::{DateTime, PersonalText};

/// A member of a community (docs pages
/// `/reference/api/get-heycamp-v1-members-community-communityId`,
/// `/reference/api/get-heycamp-v1-members-memberId-community-communityId`,
/// `/reference/api/put-heycamp-v1-members-memberId`).
///
/// The list says of one field only that it may be null, and the example of a single member lacks
/// five of them (Q132): all but the id may be missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Member {
    /// Id of the member.
    pub id: MemberId,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The name.
    pub name: Option<PersonalText>,
    /// When the member joined, by accepting the invitation.
    pub created_at: Option<DateTime>,
    /// When the member was deleted; `None` for a current member.
    pub deleted_at: Option<DateTime>,
    /// Where the invitation came from.
    pub origin: Option<MemberOrigin>,
    /// Address of the single sign-on that the member is linked to.
    pub referrer_url: Option<PersonalText>,
    /// The member's other pages.
    pub social_medias: Option<SocialMedias>,
}

open_enum! {
    /// Where the invitation of a member came from. One value is known, from an example.
    MemberOrigin {
        /// An invitation of HeyCamp.
        Invitations = "invitations",
    }
}

open_enum! {
    /// Status of a member (docs page
    /// `/reference/api/get-heycamp-v1-members-community-communityId`).
    MemberStatus {
        /// A current member.
        Active = "active",
        /// A deleted member.
        Deleted = "deleted",
    }
}

/// Addresses of a member's other pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SocialMedias {
    /// The page at Instagram.
    pub instagram: Option<PersonalText>,
    /// The page at Facebook.
    pub facebook: Option<PersonalText>,
    /// The page at LinkedIn.
    pub linkedin: Option<PersonalText>,
    /// The page at X.
    pub x: Option<PersonalText>,
}

/// A member who commented or liked, with the posts (docs pages
/// `/reference/api/get-heycamp-v1-members-community-communityId-comments`,
/// `/reference/api/get-heycamp-v1-members-community-communityId-likes`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ActiveMember {
    /// Id of the member.
    pub id: MemberId,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The posts.
    #[serde(default, deserialize_with = "filled")]
    pub posts: Vec<PostTitle>,
}

/// A post, by its title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PostTitle {
    /// Id of the post.
    pub id: Option<PostId>,
    /// The title, as free text.
    pub title: Option<PersonalText>,
}

/// A post (docs pages `/reference/api/get-heycamp-v1-posts-community-communityId`,
/// `/reference/api/get-heycamp-v1-posts-postId-community-communityId`, and those of the most
/// commented and most liked).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Post {
    /// Id of the post.
    pub id: PostId,
    /// The title, as free text.
    pub title: Option<PersonalText>,
    /// The text, HTML written by a user: sanitize it before showing it. Only the call for one post
    /// has it.
    pub content: Option<PersonalText>,
    /// When it was written; in UTC, without a fraction in the examples.
    pub created_at: Option<DateTime>,
    /// When it was last changed.
    pub updated_at: Option<DateTime>,
    /// Number of comments. Whether replies count is not documented.
    #[serde(default, deserialize_with = "optional_count")]
    pub total_comments: Option<u64>,
    /// Number of likes.
    #[serde(default, deserialize_with = "optional_count")]
    pub total_likes: Option<u64>,
    /// The author: with the e-mail address, without the name (Q134).
    pub member: Option<Author>,
    /// Its status.
    pub space: Option<PostSpace>,
    /// Its tags.
    #[serde(default, deserialize_with = "filled")]
    pub tags: Vec<Box<str>>,
}

/// The author of a post or a comment. Posts give the e-mail address, comments the name (Q134).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Author {
    /// Id of the member.
    pub id: Option<MemberId>,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
}

/// A space of a community (docs page `/reference/api/get-heycamp-v1-spaces-community-communityId`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Space {
    /// Id of the space.
    pub id: SpaceId,
    /// Name of the space.
    pub name: Option<Box<str>>,
    /// Whether it is private, judging by its name; whose meaning is not documented.
    pub private: Option<bool>,
}

/// The space of a [`Post`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PostSpace {
    /// Id of the space.
    pub id: Option<SpaceId>,
    /// Name of the space.
    pub name: Option<Box<str>>,
}

/// A post with its comments (docs page
/// `/reference/api/get-heycamp-v1-comments-on-post-postId-community-communityId`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PostComments {
    /// Id of the post.
    pub id: PostId,
    /// The post's title, as free text.
    pub title: Option<PersonalText>,
    /// When the post was written; in UTC, with milliseconds in the example.
    pub created_at: Option<DateTime>,
    /// The author of the post: with the name, without the e-mail address (Q134).
    pub member: Option<Author>,
    /// The comments, all of them: the answer has no pages.
    #[serde(default, deserialize_with = "filled")]
    pub comments: Vec<PostComment>,
    /// The replies to comments. The answer does not link a reply to its comment (Q133).
    #[serde(default, deserialize_with = "filled")]
    pub replies: Vec<PostComment>,
}

/// A comment on a post, or a reply to one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PostComment {
    /// Id of the comment or reply. Whether a comment and a reply can share an id is not documented.
    pub id: PostCommentId,
    /// What was written.
    pub text: Option<PersonalText>,
    /// When it was written; in UTC, with milliseconds in the example.
    pub created_at: Option<DateTime>,
    /// The author.
    pub member: Option<Author>,
}

/// Number of comments on a community's posts (docs page
/// `/reference/api/get-heycamp-v1-posts-community-communityId-total-comments`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CommentCount {
    /// Number of comments. Whether replies count is not documented.
    #[serde(deserialize_with = "count")]
    pub total_comments: u64,
}

/// An invitation to a community (docs page
/// `/reference/api/get-heycamp-v1-invitations-communityId`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Invitation {
    /// Id of the invitation.
    pub id: InvitationId,
    /// E-mail address of the invited person.
    pub email: Option<PersonalText>,
    /// The member who invites.
    pub invited_by: Option<MemberId>,
    /// When it was made.
    pub created_at: Option<DateTime>,
    /// When it was accepted; the examples show only accepted ones, the others are assumed to have
    /// `None`.
    pub redeemed_at: Option<DateTime>,
    /// Where it is accepted. Anyone with the address can accept it.
    pub invitation_url: Option<PersonalText>,
}

/// Result of the creation of an invitation (docs page
/// `/reference/api/post-heycamp-v1-invitations`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CreatedInvitations {
    /// The invitations: a list, though the call asks for one (Q137). Each has only its id and
    /// address.
    #[serde(deserialize_with = "null_is_empty")]
    pub invitations: Vec<Invitation>,
}

id! {
    /// Id of a community of HeyCamp: the documentation has a number in one place and a UUID in
    /// another (Q128).
    CommunityId;
    /// Id of a member of a HeyCamp community.
    MemberId;
    /// Id of a post in a HeyCamp community.
    PostId;
    /// Id of a comment on a post of a HeyCamp community, or of a reply to one.
    PostCommentId;
    /// Id of a space of a HeyCamp community.
    SpaceId;
    /// Id of an invitation to a HeyCamp community.
    InvitationId;
}
