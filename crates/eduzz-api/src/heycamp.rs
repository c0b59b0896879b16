//! HeyCamp: communities, their members, posts, comments and invitations.

mod count_comments;
mod create_invitation;
mod delete_member;
mod delete_members;
mod get_member;
mod get_post;
mod list_commenting_members;
mod list_invitations;
mod list_liking_members;
mod list_members;
mod list_most_commented_posts;
mod list_most_liked_posts;
mod list_post_comments;
mod list_posts;
mod list_spaces;
mod numeral;
mod update_member;

pub use count_comments::CountComments;
pub use create_invitation::CreateInvitation;
pub use delete_member::DeleteMember;
pub use delete_members::DeleteMembers;
pub use get_member::GetMember;
pub use get_post::GetPost;
pub use list_commenting_members::ListCommentingMembers;
pub use list_invitations::ListInvitations;
pub use list_liking_members::ListLikingMembers;
pub use list_members::ListMembers;
pub use list_most_commented_posts::ListMostCommentedPosts;
pub use list_most_liked_posts::ListMostLikedPosts;
pub use list_post_comments::ListPostComments;
pub use list_posts::ListPosts;
pub use list_spaces::ListSpaces;
pub use update_member::{NewSocialMedias, UpdateMember};
