//! `/heycamp`: answered from the communities. Its ids are numbers; no body of an error was seen, so they have the general form.

use std::cmp::Reverse;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use eduzz_types::heycamp::MemberStatus;
use serde_json::Value;

use super::call::Call;
use super::fields::{self, Fields};
use super::problem::Problem;
use crate::render::json::{Json, object};
use crate::state::calendar::Moment;
use crate::state::heycamp::{
    Change, Comment, Communities, Community, Invitation, Links, Member, NotDone, Post, Space,
};

/// One of the four reasons for a 403 that the page about members has (Q138); taken for the others, too.
const NOT_YOURS: Problem = Problem::new(StatusCode::FORBIDDEN, "the community is not the caller's");
const NO_MEMBER: Problem = Problem::new(StatusCode::NOT_FOUND, "there is no such member");
const NO_POST: Problem = Problem::new(StatusCode::NOT_FOUND, "the community has no such post");

/// `GET /heycamp/v1/comments/on-post/:postId/community/:communityId`: oldest first.
pub(super) fn list_post_comments(call: &Call<'_>) -> Result<Response, Problem> {
    let communities = call.running.communities();
    let community = community(&communities, call)?;
    let post = community.post(&call.named("postId")).ok_or(NO_POST)?;
    // Q134
    let named = |id| {
        let name = community.author(id).map(|member| &member.name);
        object! { "id" => id, "name" => name }
    };
    let written = |comment: &Comment| {
        object! {
            "id" => comment.id,
            "text" => comment.text,
            "createdAt" => comment.created.with_millis(),
            "member" => named(comment.author),
        }
    };
    Ok(object! {
        "id" => post.id,
        "title" => post.title,
        "createdAt" => post.created.with_millis(),
        "member" => named(post.author),
        "comments" => post.comments.iter().map(written).collect::<Vec<_>>(),
        "replies" => post.replies.iter().map(written).collect::<Vec<_>>(), // Q133
    }
    .into_response())
}

/// `POST /heycamp/v1/invitations`: in the name of the caller, who is a member, or of the owner.
pub(super) fn create_invitation(call: &Call<'_>) -> Result<Response, Problem> {
    let body = call.fields()?;
    let needed = |name| Problem::invalid(name, "is required");
    let community = body.id("communityId")?.ok_or(needed("communityId"))?; // Q128
    let space = body.id("spaceId")?;
    let email = body.email("email")?.ok_or(needed("email"))?;
    let caller = call.running.config.person(&call.bearer.account_id);
    let caller = caller.map_or("", |person| &person.email);
    let now = call.running.now();
    let mut communities = call.running.communities();
    communities.community(&community).ok_or(NOT_YOURS)?;
    let made = communities.invite(&community, space.as_deref(), email, caller, now);
    let made = made.map_err(|error| match error {
        NotDone::Taken => Problem::new(
            StatusCode::CONFLICT,
            "a member of the community has this e-mail address",
        ),
        NotDone::NoMember | NotDone::NoSpace => {
            Problem::new(StatusCode::NOT_FOUND, "the community has no such space")
        }
    })?;
    let made = object! { "id" => made.id, "invitationUrl" => &made.url };
    // Q137
    let answer = object! { "invitations" => vec![made] };
    Ok((StatusCode::CREATED, answer).into_response())
}

/// `GET /heycamp/v1/invitations/:communityId`: newest first.
pub(super) fn list_invitations(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page()?;
    let communities = call.running.communities();
    let mut rows: Vec<&Invitation> = community(&communities, call)?.invitations.iter().collect();
    rows.sort_by_key(|invitation| Reverse((invitation.created, invitation.id)));
    Ok(paging.of(&rows, |invitation| {
        object! {
            "id" => invitation.id,
            "email" => &invitation.email,
            "invitedBy" => invitation.by,
            "createdAt" => invitation.created.with_millis(),
            "redeemedAt" => invitation.redeemed.map(Moment::with_millis),
            "invitationUrl" => &invitation.url,
        }
    }))
}

/// `GET /heycamp/v1/spaces/community/:communityId`: oldest first.
pub(super) fn list_spaces(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page()?;
    let communities = call.running.communities();
    let spaces = &community(&communities, call)?.spaces;
    Ok(paging.of(spaces, |space| {
        named_space(space).and(object! { "private" => space.is_private })
    }))
}

/// `GET /heycamp/v1/members/community/:communityId`: newest first; without a `status` those who are there.
pub(super) fn list_members(call: &Call<'_>) -> Result<Response, Problem> {
    let (paging, moments) = (call.query.page()?, call.query.moments()?);
    let known = |text: &str| Some(MemberStatus::from(text)).filter(MemberStatus::is_known);
    let status = call.query.word("status", known)?;
    let is_deleted = status == Some(MemberStatus::Deleted);
    let communities = call.running.communities();
    let mut rows: Vec<&Member> = community(&communities, call)?
        .members
        .iter()
        .filter(|member| member.deleted.is_some() == is_deleted && moments.has(member.created))
        .collect();
    rows.sort_by_key(|member| Reverse((member.created, member.id)));
    Ok(paging.of(&rows, |member| {
        let deleted = member.deleted.map(Moment::with_millis);
        head(member)
            .and(object! { "deletedAt" => deleted })
            .and(tail(member))
    }))
}

/// `GET /heycamp/v1/members/:memberId/community/:communityId`: less than the list has (Q132).
pub(super) fn get_member(call: &Call<'_>) -> Result<Response, Problem> {
    let communities = call.running.communities();
    let member = community(&communities, call)?.member(&call.named("memberId"));
    Ok(head(member.ok_or(NO_MEMBER)?).into_response())
}

/// `PUT /heycamp/v1/members/:memberId`: the e-mail address is the new one, and what is not sent stays (Q135).
pub(super) fn update_member(call: &Call<'_>) -> Result<Response, Problem> {
    let body = call.fields()?;
    let email = body.email("email")?.map(str::to_owned);
    let links = body.object("socialMedias")?;
    if email.is_none() && links.is_none() {
        return Err(Problem::invalid("email", "is required, or socialMedias"));
    }
    let links = links.map_or_else(|| Ok(Links::default()), |links| read_links(&links))?;
    let mut communities = call.running.communities();
    let member = communities.change(&call.named("memberId"), Change { email, links });
    let member = member.map_err(refusal)?;
    Ok(head(member).and(tail(member)).into_response())
}

/// `DELETE /heycamp/v1/members/:memberId/community/:communityId`.
pub(super) fn delete_member(call: &Call<'_>) -> Result<Response, Problem> {
    let id = call.named("memberId");
    let now = call.running.now();
    let mut communities = call.running.communities();
    community(&communities, call)?.member(&id).ok_or(NO_MEMBER)?;
    communities.delete(&[id], now).map_err(refusal)?;
    Ok(object! { "message" => "Member was deleted" }.into_response())
}

/// `DELETE /heycamp/v1/members/bulk`: the service does it later and writes an e-mail (Q136); here it is done at once. How the body
/// names the members is not known (Q130): whatever list stands in it, its items are their ids.
pub(super) fn delete_members(call: &Call<'_>) -> Result<Response, Problem> {
    let invalid = Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "the body must have a list of members' ids, and none that is empty",
    );
    let body = serde_json::from_slice(call.body)
        .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "the body is not JSON"))?;
    let ids = listed_ids(&body).filter(|ids| !ids.is_empty()).ok_or(invalid)?;
    let now = call.running.now();
    call.running.communities().delete(&ids, now).map_err(refusal)?;
    Ok(
        object! { "message" => "The deletion was started; an e-mail will tell when it is done" }
            .into_response(),
    )
}

/// `GET /heycamp/v1/members/community/:communityId/comments`: those who are there, in the order of their coming.
pub(super) fn list_commenting_members(call: &Call<'_>) -> Result<Response, Problem> {
    active_members(call, |post, member| {
        post.comments
            .iter()
            .chain(&post.replies)
            .any(|comment| comment.author == member.id)
    })
}

/// `GET /heycamp/v1/members/community/:communityId/likes`: those who are there, in the order of their coming.
pub(super) fn list_liking_members(call: &Call<'_>) -> Result<Response, Problem> {
    active_members(call, |post, member| post.likes.contains(&member.id))
}

/// `GET /heycamp/v1/posts/community/:communityId`: newest first.
pub(super) fn list_posts(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page()?;
    let communities = call.running.communities();
    let community = community(&communities, call)?;
    Ok(paging.of(&newest(community), |of| post(community, of)))
}

/// `GET /heycamp/v1/posts/:postId/community/:communityId`: a list of one (Q131).
pub(super) fn get_post(call: &Call<'_>) -> Result<Response, Problem> {
    let communities = call.running.communities();
    let community = community(&communities, call)?;
    let found = community.post(&call.named("postId")).ok_or(NO_POST)?;
    let whole = object! { "id" => found.id, "title" => found.title, "content" => &found.content };
    Ok(Json::from(vec![whole.and(rest(community, found))]).into_response())
}

/// `GET /heycamp/v1/posts/community/:communityId/top/commented`: of posts with as many, the newest first.
pub(super) fn list_most_commented_posts(call: &Call<'_>) -> Result<Response, Problem> {
    top(call, Post::comment_count)
}

/// `GET /heycamp/v1/posts/community/:communityId/top/liked`: of posts with as many, the newest first.
pub(super) fn list_most_liked_posts(call: &Call<'_>) -> Result<Response, Problem> {
    top(call, Post::like_count)
}

/// `GET /heycamp/v1/posts/community/:communityId/total/comments`: as many as the posts have together.
pub(super) fn count_comments(call: &Call<'_>) -> Result<Response, Problem> {
    let communities = call.running.communities();
    let posts = community(&communities, call)?.posts.iter();
    let total: u64 = posts.map(Post::comment_count).sum();
    Ok(object! { "totalComments" => total }.into_response())
}

fn community<'a>(communities: &'a Communities, call: &Call<'_>) -> Result<&'a Community, Problem> {
    communities.community(&call.named("communityId")).ok_or(NOT_YOURS)
}

fn refusal(error: NotDone) -> Problem {
    match error {
        NotDone::Taken => Problem::new(StatusCode::CONFLICT, "another member has this e-mail address"),
        NotDone::NoMember | NotDone::NoSpace => NO_MEMBER,
    }
}

fn head(member: &Member) -> Json {
    object! {
        "id" => member.id,
        "email" => &member.email,
        "name" => &member.name,
        "createdAt" => member.created.with_millis(),
    }
}

fn tail(member: &Member) -> Json {
    let links = &member.links;
    object! {
        "origin" => "invitations",
        "referrerUrl" => member.referrer.as_ref(),
        "socialMedias" => object! {
            "instagram" => links.instagram.as_ref(),
            "facebook" => links.facebook.as_ref(),
            "linkedin" => links.linkedin.as_ref(),
            "x" => links.x.as_ref(),
        },
    }
}

fn read_links(fields: &Fields) -> Result<Links, Problem> {
    let link = |name| fields.text(name).map(|link| link.map(str::to_owned));
    Ok(Links {
        instagram: link("instagram")?,
        facebook: link("facebook")?,
        linkedin: link("linkedin")?,
        x: link("x")?,
    })
}

/// The ids in all lists of a body; none when there is no list, or one is empty or has something else in it.
fn listed_ids(body: &Value) -> Option<Vec<String>> {
    let all = |values: &mut dyn Iterator<Item = &Value>| {
        let lists: Option<Vec<_>> = values.map(listed_ids).collect();
        lists.map(|lists| lists.concat())
    };
    match body {
        Value::Array(items) if items.is_empty() => None,
        Value::Array(items) => items.iter().map(fields::id).collect(),
        Value::Object(fields) => all(&mut fields.values()),
        _ => Some(Vec::new()),
    }
}

/// The members who are there and did this to some post, with the posts, newest first.
fn active_members(call: &Call<'_>, did: impl Fn(&Post, &Member) -> bool) -> Result<Response, Problem> {
    let paging = call.query.page()?;
    let communities = call.running.communities();
    let community = community(&communities, call)?;
    let posts = newest(community);
    let did = &did;
    let of = |member| posts.iter().filter(move |post| did(post, member));
    let rows: Vec<&Member> = community
        .there()
        .filter(|member| of(member).next().is_some())
        .collect();
    Ok(paging.of(&rows, |member| {
        let titles = of(member).map(|post| object! { "id" => post.id, "title" => post.title });
        object! {
            "id" => member.id,
            "name" => &member.name,
            "email" => &member.email,
            "posts" => titles.collect::<Vec<_>>(),
        }
    }))
}

fn newest(community: &Community) -> Vec<&Post> {
    let mut posts: Vec<&Post> = community.posts.iter().collect();
    posts.sort_by_key(|post| Reverse((post.created, post.id)));
    posts
}

/// The five with the most, of those that have any.
fn top(call: &Call<'_>, count: impl Fn(&Post) -> u64) -> Result<Response, Problem> {
    let communities = call.running.communities();
    let community = community(&communities, call)?;
    let mut posts = newest(community);
    posts.retain(|post| count(post) > 0);
    posts.sort_by_key(|post| Reverse(count(post)));
    let items = posts.iter().take(5).map(|of| post(community, of));
    Ok(object! { "items" => items.collect::<Vec<_>>() }.into_response())
}

/// A post as the lists have it: without its text.
fn post(community: &Community, post: &Post) -> Json {
    object! { "id" => post.id, "title" => post.title }.and(rest(community, post))
}

fn rest(community: &Community, post: &Post) -> Json {
    let email = community.author(post.author).map(|member| &member.email);
    let tags = post.tags.iter().copied().map(Json::from);
    object! {
        "createdAt" => post.created.plain(),
        "updatedAt" => post.updated.plain(),
        "totalComments" => post.comment_count(),
        "totalLikes" => post.like_count(),
        "member" => object! { "id" => post.author, "email" => email }, // Q134
        "space" => community.space(post.space).map(named_space),
        "tags" => tags.collect::<Vec<_>>(),
    }
}

fn named_space(space: &Space) -> Json {
    object! { "id" => space.id, "name" => space.name }
}
