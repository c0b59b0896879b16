//! HeyCamp: communities that agree with themselves, and what changes in them.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::client::{Client, text};

const MEMBERS: &str = "/heycamp/v1/members/community/3001";
const INVITATIONS: &str = "/heycamp/v1/invitations/3001";
const POSTS: &str = "/heycamp/v1/posts/community/3001";

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// The rows by their ids.
fn by_id(rows: &[Value]) -> HashMap<u64, &Value> {
    let rows_by_id: HashMap<u64, &Value> = rows.iter().map(|row| (number(&row["id"]), row)).collect();
    assert_eq!(rows_by_id.len(), rows.len(), "none twice");
    rows_by_id
}

fn one(id: u64) -> String {
    format!("/heycamp/v1/members/{id}/community/3001")
}

/// The newest member, who is not the owner.
async fn newest(client: &Client) -> Value {
    client.json(MEMBERS).await["items"][0].clone()
}

async fn refused(client: &Client, method: Method, target: &str, body: &Value, status: StatusCode) -> Value {
    let answer = client
        .send(method, target, Some(body))
        .await
        .expect(status)
        .json();
    assert!(
        answer["code"].is_string() && answer["link"].is_string(),
        "{answer}"
    );
    answer
}

#[tokio::test]
async fn who_is_there_accepted_an_invitation() {
    let client = Client::new();
    let there = client.all(MEMBERS).await;
    let gone = client.all(&format!("{MEMBERS}?status=deleted")).await;
    assert!(
        there.len() > 20 && gone.len() > 1,
        "{} {}",
        there.len(),
        gone.len()
    );
    assert!(there.iter().all(|member| member["deletedAt"].is_null()));
    assert!(
        gone.iter()
            .all(|member| text(&member["deletedAt"]) > text(&member["createdAt"]))
    );
    assert_eq!(client.all(&format!("{MEMBERS}?status=ACTIVE")).await, there);
    let owner = &client.config.people[0];
    let (founder, invited) = there.split_last().unwrap();
    assert_eq!(founder["email"], owner.email);

    let invitations = client.all(INVITATIONS).await;
    by_id(&invitations);
    let accepted: HashMap<&str, &str> = invitations
        .iter()
        .filter(|invitation| !invitation["redeemedAt"].is_null())
        .map(|invitation| (text(&invitation["email"]), text(&invitation["redeemedAt"])))
        .collect();
    assert!(accepted.len() < invitations.len(), "some wait");
    assert_eq!(accepted.len(), invited.len() + gone.len());
    for member in invited.iter().chain(&gone) {
        assert_eq!(accepted[text(&member["email"])], member["createdAt"]);
    }
    let urls: HashSet<&str> = invitations
        .iter()
        .map(|invitation| text(&invitation["invitationUrl"]))
        .collect();
    assert_eq!(urls.len(), invitations.len());
    assert!(
        invitations
            .iter()
            .all(|invitation| invitation["invitedBy"] == founder["id"])
    );
}

#[tokio::test]
async fn what_is_counted_is_what_is_written_and_liked() {
    let client = Client::new();
    let posts = client.all(POSTS).await;
    assert!(posts.len() > 20);
    let spaces = client.all("/heycamp/v1/spaces/community/3001").await;
    let spaces = by_id(&spaces);
    let mut everybody = client.all(MEMBERS).await;
    everybody.extend(client.all(&format!("{MEMBERS}?status=deleted")).await);
    let everybody = by_id(&everybody);
    let mut written: HashMap<u64, HashSet<u64>> = HashMap::new();
    let (mut total, mut ids, mut replied) = (0, HashSet::new(), 0);
    for post in &posts {
        let id = number(&post["id"]);
        // Q131
        let whole = client
            .json(&format!("/heycamp/v1/posts/{id}/community/3001"))
            .await;
        let [whole] = whole.as_array().unwrap().as_slice() else {
            panic!("{whole}");
        };
        let mut without = whole.clone();
        assert!(
            without
                .as_object_mut()
                .unwrap()
                .remove("content")
                .unwrap()
                .is_string()
        );
        assert_eq!(&without, post);

        assert_eq!(
            spaces[&number(&post["space"]["id"])]["name"],
            post["space"]["name"]
        );
        assert_eq!(
            everybody[&number(&post["member"]["id"])]["email"],
            post["member"]["email"]
        );
        assert!(text(&post["createdAt"]) <= text(&post["updatedAt"]));

        let below = client
            .json(&format!("/heycamp/v1/comments/on-post/{id}/community/3001"))
            .await;
        assert_eq!((&below["id"], &below["title"]), (&post["id"], &post["title"]));
        let [comments, replies] = ["comments", "replies"].map(|name| below[name].as_array().unwrap());
        assert_eq!(post["totalComments"], comments.len());
        assert!(replies.is_empty() || !comments.is_empty());
        total += comments.len();
        replied += replies.len();
        for comment in comments.iter().chain(replies) {
            assert!(ids.insert(number(&comment["id"])));
            let author = number(&comment["member"]["id"]);
            assert_eq!(everybody[&author]["name"], comment["member"]["name"]); // Q134
            assert!(text(&comment["createdAt"]) > text(&below["createdAt"]));
            assert!(text(&everybody[&author]["createdAt"]) < text(&comment["createdAt"]));
            written.entry(author).or_default().insert(id);
        }
    }
    assert!(replied > 0);
    let counted = client.json(&format!("{POSTS}/total/comments")).await;
    assert_eq!(counted, json!({ "totalComments": total }));

    for (top, of) in [("commented", "totalComments"), ("liked", "totalLikes")] {
        let five = client.json(&format!("{POSTS}/top/{top}")).await;
        assert_eq!(five.as_object().unwrap().len(), 1, "no pages");
        let mut most: Vec<&Value> = posts.iter().collect();
        most.sort_by_key(|post| std::cmp::Reverse(number(&post[of])));
        most.truncate(5);
        assert_eq!(five["items"].as_array().unwrap().iter().collect::<Vec<_>>(), most);
    }

    // Who commented is who wrote; who was deleted is not told.
    let commenting = client.all(&format!("{MEMBERS}/comments")).await;
    for member in &commenting {
        let id = number(&member["id"]);
        assert!(everybody[&id]["deletedAt"].is_null());
        let on: HashSet<u64> = member["posts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|post| number(&post["id"]))
            .collect();
        assert_eq!(on, written[&id]);
    }
    let here = written
        .keys()
        .filter(|id| everybody[id]["deletedAt"].is_null())
        .count();
    assert_eq!(commenting.len(), here);
    // Who likes a post is counted there; who was deleted still is.
    let mut likes: HashMap<u64, u64> = HashMap::new();
    for member in client.all(&format!("{MEMBERS}/likes")).await {
        for post in member["posts"].as_array().unwrap() {
            *likes.entry(number(&post["id"])).or_default() += 1;
        }
    }
    assert!(posts.iter().all(
        |post| likes.get(&number(&post["id"])).copied().unwrap_or_default() <= number(&post["totalLikes"])
    ));
    assert!(
        posts
            .iter()
            .any(|post| likes.get(&number(&post["id"])) == Some(&number(&post["totalLikes"])))
    );
}

#[tokio::test]
async fn a_change_of_a_member_shows() {
    let client = Client::new();
    let before = newest(&client).await;
    let id = number(&before["id"]);
    let target = format!("/heycamp/v1/members/{id}");
    let links = json!({ "x": "https://x.example.com/novo" });
    let body = json!({ "email": "novo@example.com", "socialMedias": links });
    let answer = client
        .send(Method::PUT, &target, Some(&body))
        .await
        .expect(StatusCode::OK)
        .json();
    let mut expected = before.clone();
    expected["email"] = json!("novo@example.com");
    expected["socialMedias"]["x"] = links["x"].clone();
    assert_eq!(newest(&client).await, expected);
    expected.as_object_mut().unwrap().remove("deletedAt");
    assert_eq!(answer, expected);
    assert_eq!(client.json(&one(id)).await["email"], "novo@example.com");

    // Her own address is no other's.
    let own = json!({ "email": "NOVO@example.com" });
    client
        .send(Method::PUT, &target, Some(&own))
        .await
        .expect(StatusCode::OK);
    let owners = json!({ "email": client.config.people[0].email });
    refused(&client, Method::PUT, &target, &owners, StatusCode::CONFLICT).await;
    for wrong in [
        json!({}),
        json!({ "email": "x" }),
        json!({ "email": null, "socialMedias": null }),
        json!({ "socialMedias": [] }),
        json!({ "socialMedias": { "x": 7 } }),
    ] {
        refused(
            &client,
            Method::PUT,
            &target,
            &wrong,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    }
    refused(
        &client,
        Method::PUT,
        "/heycamp/v1/members/1",
        &own,
        StatusCode::NOT_FOUND,
    )
    .await;
    assert_eq!(client.json(&one(id)).await["email"], "NOVO@example.com");
}

#[tokio::test]
async fn a_deleted_member_is_gone() {
    let client = Client::new();
    let member = newest(&client).await;
    let id = number(&member["id"]);
    let total = number(&client.json(MEMBERS).await["totalItems"]);
    client.config.clock.advance(Duration::from_secs(10));
    // A member of one community is none of another.
    let elsewhere = format!("/heycamp/v1/members/{id}/community/3002");
    client
        .send(Method::DELETE, &elsewhere, None)
        .await
        .expect(StatusCode::NOT_FOUND);
    let answer = client
        .send(Method::DELETE, &one(id), None)
        .await
        .expect(StatusCode::OK);
    assert_eq!(answer.json(), json!({ "message": "Member was deleted" }));

    client.get(&one(id)).await.expect(StatusCode::NOT_FOUND);
    client
        .send(Method::DELETE, &one(id), None)
        .await
        .expect(StatusCode::NOT_FOUND);
    let body = json!({ "email": "volta@example.com" });
    refused(
        &client,
        Method::PUT,
        &format!("/heycamp/v1/members/{id}"),
        &body,
        StatusCode::NOT_FOUND,
    )
    .await;
    assert_eq!(client.json(MEMBERS).await["totalItems"], total - 1);
    let gone = client.all(&format!("{MEMBERS}?status=deleted")).await;
    let gone = gone.iter().find(|gone| gone["id"] == id).unwrap();
    assert_eq!(gone["deletedAt"], "2026-11-02T12:00:10.000Z");
    // The address is free again.
    let again = json!({ "communityId": 3001, "email": member["email"] });
    let again = client
        .send(Method::POST, "/heycamp/v1/invitations", Some(&again))
        .await;
    again.expect(StatusCode::CREATED);
}

#[tokio::test]
async fn members_are_deleted_in_bulk_or_none_of_them() {
    let client = Client::new();
    let members = client.all(MEMBERS).await;
    let ids: Vec<u64> = members.iter().map(|member| number(&member["id"])).collect();
    let bulk = "/heycamp/v1/members/bulk";
    for (body, status) in [
        (json!({}), StatusCode::UNPROCESSABLE_ENTITY),
        (json!({ "members": [] }), StatusCode::UNPROCESSABLE_ENTITY),
        (
            json!({ "members": [ids[0]], "others": [] }),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (json!({ "members": [null] }), StatusCode::UNPROCESSABLE_ENTITY),
        (json!({ "members": [ids[0], 1] }), StatusCode::NOT_FOUND),
    ] {
        refused(&client, Method::DELETE, bulk, &body, status).await;
    }
    client
        .send(Method::DELETE, bulk, None)
        .await
        .expect(StatusCode::BAD_REQUEST);
    assert_eq!(client.all(MEMBERS).await, members);

    let body = json!({ "of": 3001, "who": [ids[0], ids[1].to_string(), ids[0]] });
    let answer = client
        .send(Method::DELETE, bulk, Some(&body))
        .await
        .expect(StatusCode::OK);
    assert!(answer.json()["message"].is_string());
    assert_eq!(client.all(MEMBERS).await, members[2..]);
    let listed = client.send(Method::DELETE, bulk, Some(&json!([ids[2]]))).await;
    listed.expect(StatusCode::OK);
    assert_eq!(client.all(MEMBERS).await, members[3..]);
}

#[tokio::test]
async fn an_invitation_that_is_made_is_listed() {
    let client = Client::new();
    client.config.clock.advance(Duration::from_secs(20));
    let target = "/heycamp/v1/invitations";
    let spaces = client.all("/heycamp/v1/spaces/community/3001").await;
    let invite = |community: Value| json!({ "communityId": community, "spaceId": spaces[0]["id"], "email": "bia@example.com" });
    let made = client
        .send(Method::POST, target, Some(&invite(json!(3001))))
        .await;
    let made = made.expect(StatusCode::CREATED).json();
    // Q137
    let [made] = made["invitations"].as_array().unwrap().as_slice() else {
        panic!("{made}");
    };
    let listed = client.json(INVITATIONS).await["items"][0].clone();
    let founder = client.all(MEMBERS).await.pop().unwrap();
    assert_eq!(
        listed,
        json!({
            "id": made["id"], "email": "bia@example.com", "invitedBy": founder["id"],
            "createdAt": "2026-11-02T12:00:20.000Z", "redeemedAt": null, "invitationUrl": made["invitationUrl"],
        })
    );
    let again = client
        .send(Method::POST, target, Some(&invite(json!("3001"))))
        .await;
    let again = again.expect(StatusCode::CREATED).json();
    assert_ne!(again["invitations"][0], *made);

    let (invalid, missing) = (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::NOT_FOUND);
    for (body, status) in [
        (json!({ "email": "bia@example.com" }), invalid),
        (json!({ "communityId": [], "email": "bia@example.com" }), invalid),
        (json!({ "communityId": 3001 }), invalid),
        (json!({ "communityId": 3001, "email": "bia" }), invalid),
        (
            json!({ "communityId": 3001, "spaceId": 1, "email": "bia@example.com" }),
            missing,
        ),
        (
            json!({ "communityId": 9, "email": "bia@example.com" }),
            StatusCode::FORBIDDEN,
        ),
        (
            json!({ "communityId": 3001, "email": founder["email"] }),
            StatusCode::CONFLICT,
        ),
    ] {
        refused(&client, Method::POST, target, &body, status).await;
    }
}

// Q128
#[tokio::test]
async fn a_community_has_a_number_and_a_uuid() {
    let client = Client::new();
    assert_eq!(client.control.community_ids(), ["3001", "3002"]);
    let uuid = client.control.community_uuids().remove(0);
    for list in ["members", "posts", "spaces"] {
        let by_number = client.json(&format!("/heycamp/v1/{list}/community/3001")).await;
        assert_eq!(
            client.json(&format!("/heycamp/v1/{list}/community/{uuid}")).await,
            by_number,
            "{list}"
        );
        let upper = uuid.to_uppercase();
        assert_eq!(
            client
                .json(&format!("/heycamp/v1/{list}/community/{upper}"))
                .await,
            by_number,
            "{list}"
        );
    }
    let body = json!({ "communityId": uuid, "email": "bia@example.com" });
    client
        .send(Method::POST, "/heycamp/v1/invitations", Some(&body))
        .await
        .expect(StatusCode::CREATED);
    // Q138
    for target in [
        "/heycamp/v1/members/community/9",
        "/heycamp/v1/members/1/community/9",
        "/heycamp/v1/members/community/9/likes",
        "/heycamp/v1/invitations/9",
        "/heycamp/v1/posts/community/9/top/liked",
        "/heycamp/v1/comments/on-post/1/community/9",
    ] {
        client.get(target).await.expect(StatusCode::FORBIDDEN);
    }
    for target in [
        "/heycamp/v1/posts/1/community/3001",
        "/heycamp/v1/comments/on-post/x/community/3001",
    ] {
        client.get(target).await.expect(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_lists_have_pages_and_filters() {
    let client = Client::new();
    let lists = [
        MEMBERS.to_owned(),
        INVITATIONS.to_owned(),
        POSTS.to_owned(),
        "/heycamp/v1/spaces/community/3001".to_owned(),
        format!("{MEMBERS}/comments"),
        format!("{MEMBERS}/likes"),
    ];
    for list in &lists {
        let all = client.all(list).await;
        let first = client.json(&format!("{list}?itemsPerPage=3")).await;
        assert_eq!(first["items"].as_array().unwrap(), &all[..3], "{list}");
        assert_eq!(first["pages"], all.len().div_ceil(3), "{list}");
        let second = client.json(&format!("{list}?itemsPerPage=3&page=2")).await;
        assert_eq!(
            second["items"].as_array().unwrap(),
            &all[3..all.len().min(6)],
            "{list}"
        );
        let answer = client
            .get(&format!("{list}?page=x"))
            .await
            .expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.json()["errors"][0]["field"], "page");
        // The new community is empty but for its owner and a space.
        let new = client.json(&list.replace("3001", "3002")).await;
        assert!(number(&new["totalItems"]) <= 1, "{list}");
    }
    let none = client.json("/heycamp/v1/posts/community/3002/top/liked").await;
    assert_eq!(none, json!({ "items": [] }));
    let none = client
        .json("/heycamp/v1/posts/community/3002/total/comments")
        .await;
    assert_eq!(none, json!({ "totalComments": 0 }));

    let all = client.all(MEMBERS).await;
    assert!(all.is_sorted_by(|a, b| text(&a["createdAt"]) >= text(&b["createdAt"])));
    let middle = text(&all[all.len() / 2]["createdAt"]).to_owned();
    let since = client.all(&format!("{MEMBERS}?startDate={middle}")).await;
    assert_eq!(since, all[..=all.len() / 2]);
    let until = client.all(&format!("{MEMBERS}?endDate={middle}")).await;
    assert_eq!(until, all[all.len() / 2..]);
    client
        .get(&format!("{MEMBERS}?status=frozen"))
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY);
}
