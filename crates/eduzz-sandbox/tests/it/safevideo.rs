//! SafeVideo: media; what calls change is there to be read.

use std::time::Duration;

use axum::body::Body;
use eduzz_api::safevideo::{
    DeleteMedia, GetMedia, GetMediaEmbed, ListMedias, RemoveMediaDomains, SetMediaDomains, UpdateMedia,
};
use http::header::AUTHORIZATION;
use http::{Method, Request, StatusCode};
use serde_json::{Value, json};

use crate::client::{Client, text};

const MEDIAS: &str = "/safevideo/v1/medias";

async fn ids(client: &Client) -> Vec<String> {
    let listed = client.json(MEDIAS).await;
    let listed = listed.as_array().expect("a bare list");
    listed.iter().map(|media| text(&media["id"]).to_owned()).collect()
}

#[tokio::test]
async fn the_list_is_bare_and_the_details_are_a_list_of_one() {
    let client = Client::new();
    let listed = client.json(MEDIAS).await;
    for media in listed.as_array().unwrap() {
        let id = text(&media["id"]);
        let details = client.json(&format!("{MEDIAS}/{id}")).await;
        let [details] = details.as_array().unwrap().as_slice() else {
            panic!("{details}");
        };
        for field in [
            "id",
            "key",
            "title",
            "status",
            "duration",
            "createdAt",
            "updatedAt",
        ] {
            assert_eq!(details[field], media[field], "{field}");
        }
        let embed = client.call(&GetMediaEmbed::new(id)).await.unwrap();
        assert!(embed.src().unwrap().ends_with(text(&media["key"])));
    }
    let made: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|media| text(&media["createdAt"]))
        .collect();
    assert!(made.is_sorted_by(|a, b| a > b), "newest first");
}

#[tokio::test]
async fn a_change_is_there_and_changes_nothing_else() {
    let client = Client::new();
    let id = ids(&client).await[3].clone();
    let before = client.call(&GetMedia::new(&*id)).await.unwrap().into_inner();
    client.config.clock.advance(Duration::from_secs(60));
    client
        .call(&UpdateMedia::new(&*id).title("Aula nova"))
        .await
        .unwrap();
    let after = client.call(&GetMedia::new(&*id)).await.unwrap().into_inner();
    assert_eq!(after.title.as_deref(), Some("Aula nova"));
    assert_eq!(after.description, before.description);
    assert_eq!(
        after.updated_at.as_ref().unwrap().as_str(),
        "2026-11-02T12:01:00.000Z"
    );
    let listed = client.json(MEDIAS).await;
    assert_eq!(listed[3]["title"], "Aula nova");
    // An empty text takes the description away.
    client
        .call(&UpdateMedia::new(&*id).description(""))
        .await
        .unwrap();
    let after = client.call(&GetMedia::new(&*id)).await.unwrap();
    assert_eq!(after.description.as_deref(), Some(""));
    assert_eq!(after.title.as_deref(), Some("Aula nova"));
}

#[tokio::test]
async fn what_is_deleted_is_gone_and_an_empty_library_is_not_found() {
    let client = Client::new();
    let all = ids(&client).await;
    let first = &*all[0];
    client.call(&DeleteMedia::new(first)).await.unwrap();
    assert_eq!(ids(&client).await, all[1..]);
    for (method, path, body) in [
        (Method::GET, format!("{MEDIAS}/{first}"), Value::Null),
        (Method::PUT, format!("{MEDIAS}/{first}"), json!({ "title": "x" })),
        (Method::DELETE, format!("{MEDIAS}/{first}"), Value::Null),
        (Method::GET, format!("{MEDIAS}/{first}/embed"), Value::Null),
        (
            Method::PUT,
            format!("{MEDIAS}/{first}/domains"),
            json!({ "domains": ["https://a.example.com"] }),
        ),
        (Method::DELETE, format!("{MEDIAS}/{first}/domains"), Value::Null),
    ] {
        let answer = client.send(method.clone(), &path, Some(&body)).await;
        assert_eq!(
            answer.expect(StatusCode::NOT_FOUND).json(),
            json!({ "status": 404, "message": "Media not found" }),
            "{method} {path}"
        );
    }
    for id in &all[1..] {
        client.call(&DeleteMedia::new(&**id)).await.unwrap();
    }
    // Q153
    let error = client.call(&ListMedias::new()).await.unwrap_err();
    assert!(error.contains("Medias not found"), "{error}");
}

#[tokio::test]
async fn domains_are_set_and_removed() {
    let client = Client::new();
    let (one, other) = (0, 1);
    let all = ids(&client).await;
    let domains = |place: usize| client.control.media_domains(&all[place]);
    assert_eq!(domains(one), Some(vec![]));
    let school = "https://escola.example.com";
    let embed = client
        .call(&SetMediaDomains::new(&*all[one], [school]))
        .await
        .unwrap();
    assert_eq!(embed, client.call(&GetMediaEmbed::new(&*all[one])).await.unwrap());
    assert_eq!(domains(one), Some(vec![school.to_owned()]));
    assert_eq!(domains(other), Some(vec![]));
    let course = "http://curso.example.org/";
    client
        .call(&SetMediaDomains::new(&*all[one], [course]))
        .await
        .unwrap();
    assert_eq!(domains(one), Some(vec![course.to_owned()]), "it replaces");
    client.call(&RemoveMediaDomains::new(&*all[one])).await.unwrap();
    assert_eq!(domains(one), Some(vec![]));
    assert_eq!(client.control.media_domains("nothing"), None);
}

#[tokio::test]
async fn refusals_have_safevideos_form() {
    let client = Client::new();
    let id = ids(&client).await[0].clone();
    let media = format!("{MEDIAS}/{id}");
    let domains = format!("{media}/domains");
    for (method, path, body, field) in [
        (Method::PUT, &media, json!({}), "title"),
        (Method::PUT, &media, json!({ "title": 7 }), "title"),
        (
            Method::PUT,
            &media,
            json!({ "title": "x", "description": [] }),
            "description",
        ),
        (Method::PUT, &domains, json!({}), "referrers"), // Q156
        (
            Method::PUT,
            &domains,
            json!({ "domains": "https://a.example.com" }),
            "referrers",
        ),
        (Method::PUT, &domains, json!({ "domains": [] }), "referrers"),
        (Method::PUT, &domains, json!({ "domains": ["a b"] }), "referrers"),
        (Method::DELETE, &format!("{MEDIAS}/7"), Value::Null, "id"),
    ] {
        let problem = client.send(method, path, Some(&body)).await;
        let problem = problem.expect(StatusCode::BAD_REQUEST).json();
        assert_eq!(problem["status"], 400, "{body}");
        assert!(text(&problem["message"]).starts_with(field), "{body}: {problem}");
        assert_eq!(problem.as_object().unwrap().len(), 2, "{problem}");
    }

    let with = async |token: &str| {
        let request = Request::get(MEDIAS).header(AUTHORIZATION, format!("Bearer {token}"));
        client
            .try_send(request.body(Body::empty()).unwrap())
            .await
            .unwrap()
    };
    let nobody = with("invented").await.expect(StatusCode::UNAUTHORIZED).json();
    assert_eq!(nobody, json!({ "status": 401, "message": "Unauthorized" }));
    let stranger = with(&client.config.people[2].personal_token).await;
    assert_eq!(
        stranger.expect(StatusCode::FORBIDDEN).json(),
        json!({ "status": 403, "message": "Forbbiden scope invalid" })
    );
}
