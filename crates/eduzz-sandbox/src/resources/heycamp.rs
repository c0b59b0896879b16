//! HeyCamp: members, invitations, comments and likes.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Resources, Turn, field, list_of, missing, set, text, texts};
use crate::problem::Problem;

const MEMBERS: &str = "heycamp/members";

const fn taken() -> Problem {
    Problem::new(StatusCode::CONFLICT, "a member has this e-mail address")
}

/// Creates an invitation in the name of the caller, if a member, or of the owner.
pub(super) fn invite(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let of = "heycamp/communities";
    let community = all.get(of, turn.text("communityId"))?.clone();
    let id = Some(text(&community, "id"));
    let space = turn.text("spaceId");
    let is_it = |known: &Value| text(known, "id") == space;
    if !space.is_empty() && !all.records("heycamp/spaces", id).any(is_it) {
        return Err(missing("heycamp/spaces"));
    }
    if all.at_email(MEMBERS, id, turn.text("email")).is_some() {
        return Err(taken());
    }
    let caller = all.at_email(MEMBERS, id, turn.ask.email);
    let by = caller
        .or_else(|| all.records(MEMBERS, id).next())
        .map(|member| text(member, "id").to_owned());
    Ok(all.invitation(&community, turn.text("email"), by.as_deref(), &turn.now()))
}

pub(super) fn change_member(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let id = turn.last().1;
    let community = all.find(MEMBERS, id).map(|member| text(member, "_of"));
    let other = all.at_email(MEMBERS, community, turn.text("email"));
    if other.is_some_and(|other| text(other, "id") != id) {
        return Err(taken());
    }
    all.change(turn)
}

pub(super) fn delete_member(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let deleted = all.update(MEMBERS, turn.last().1, json!({ "deletedAt": turn.now() }));
    deleted.map(|()| Value::Null).ok_or_else(|| missing(MEMBERS))
}

/// Deletes many members, all of them or none. The form of the body is not known (Q130): the items
/// of every list in it are ids.
pub(super) fn delete_members(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let bad = |_| Problem::new(StatusCode::BAD_REQUEST, "the body is not JSON");
    let body = serde_json::from_slice(turn.ask.body).map_err(bad)?;
    let ids = listed_ids(&body).filter(|ids| !ids.is_empty());
    let ids = ids.ok_or(Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "the body must have a list of members' ids, and no list that is empty",
    ))?;
    if ids.iter().any(|id| all.find(MEMBERS, id).is_none()) {
        return Err(missing(MEMBERS));
    }
    for id in ids {
        // One that is named twice is not found again.
        all.update(MEMBERS, &id, json!({ "deletedAt": turn.now() }));
    }
    Ok(Value::Null)
}

/// The ids in all lists of a body; `None` when a list is empty or has another item.
fn listed_ids(body: &Value) -> Option<Vec<String>> {
    match body {
        Value::Array(items) if items.is_empty() => None,
        Value::Array(items) => items.iter().map(field::id).collect(),
        Value::Object(members) => {
            let lists: Option<Vec<_>> = members.values().map(listed_ids).collect();
            lists.map(|lists| lists.concat())
        }
        _ => Some(Vec::new()),
    }
}

/// The comments of all posts together, without the replies.
pub(super) fn count(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let posts = all.records("heycamp/posts", turn.id());
    let total: usize = posts.map(|post| list_of(post, "comments").len()).sum();
    Ok(json!({ "totalComments": total }))
}

pub(super) fn commenting(all: &Resources, turn: &Turn<'_>) -> Vec<Value> {
    active(all, turn, |post, member| {
        let mut written = ["comments", "replies"]
            .into_iter()
            .flat_map(|list| list_of(post, list));
        written.any(|comment| comment.pointer("/member/id").and_then(Value::as_str) == Some(member))
    })
}

pub(super) fn liking(all: &Resources, turn: &Turn<'_>) -> Vec<Value> {
    active(all, turn, |post, member| {
        texts(post, "_likes").any(|liking| liking == member)
    })
}

/// The members with a post that matches, each with these posts, newest first.
fn active(all: &Resources, turn: &Turn<'_>, did: impl Fn(&Value, &str) -> bool) -> Vec<Value> {
    let mut posts: Vec<&Value> = all.records("heycamp/posts", turn.id()).collect();
    posts.reverse();
    let there = all
        .records(MEMBERS, turn.id())
        .filter(|member| member.get("deletedAt").is_none_or(Value::is_null));
    there
        .filter_map(|member| {
            let theirs = posts.iter().filter(|post| did(post, text(member, "id")));
            let theirs: Vec<Value> = theirs.map(|post| (*post).clone()).collect();
            let mut row = member.clone();
            set(&mut row, json!({ "posts": theirs }));
            (!theirs.is_empty()).then_some(row)
        })
        .collect()
}

pub(super) fn most_commented(all: &Resources, turn: &Turn<'_>) -> Vec<Value> {
    most(all, turn, "totalComments")
}

pub(super) fn most_liked(all: &Resources, turn: &Turn<'_>) -> Vec<Value> {
    most(all, turn, "totalLikes")
}

/// The five posts with the highest count above 0; ties newest first.
fn most(all: &Resources, turn: &Turn<'_>, member: &str) -> Vec<Value> {
    let count = |post: &Value| post.get(member).and_then(Value::as_u64).unwrap_or_default();
    let posts = all.records("heycamp/posts", turn.id());
    let posts = posts.filter(|post| count(post) > 0);
    let posts = posts.map(|post| all.shown("heycamp/posts", post, turn.ask.now));
    let mut posts: Vec<Value> = posts.collect();
    posts.reverse();
    posts.sort_by_key(|post| std::cmp::Reverse(count(post)));
    posts.truncate(5);
    posts
}

impl Resources {
    pub(super) fn invitation(&mut self, community: &Value, email: &str, by: Option<&str>, at: &str) -> Value {
        let (name, key) = (text(community, "_name"), self.random.uuid());
        let url = format!("https://{name}.example.com/invitations/{key}");
        let members = json!({ "email": email, "invitedBy": by, "redeemedAt": null, "invitationUrl": url });
        self.make("heycamp/invitations", text(community, "id"), at, members)
    }
}
