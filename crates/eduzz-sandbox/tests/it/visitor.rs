//! A person at a browser.

use eduzz_oauth::{App, CallbackErrorKind, State};
use eduzz_sandbox::{Answer, AppConfig, Config, DEFAULT_RETURN_URL, Sandbox, VisitError};
use eduzz_wire::Origins;
use http::StatusCode;

fn sign_in(sandbox: &Sandbox, return_url: &str) -> (App, eduzz_oauth::Authorization) {
    let AppConfig {
        client_id,
        client_secret,
        ..
    } = sandbox.app();
    let app = App::new(&**client_id, &**client_secret, return_url).unwrap();
    let origins = Origins::sandbox(&sandbox.url()).unwrap();
    let sign_in = app.authorize(&origins, State::from_random([7; 32]));
    (app, sign_in)
}

#[tokio::test]
async fn visitor_approves_or_refuses() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    for answer in [Answer::Approve, Answer::Refuse] {
        let (app, sign_in) = sign_in(&sandbox, DEFAULT_RETURN_URL);
        let visit = sandbox.visitor().visit(sign_in.url(), answer).await.unwrap();
        assert!(visit.returned_to.starts_with(DEFAULT_RETURN_URL));
        let steps: Vec<String> = visit.steps.iter().map(ToString::to_string).collect();
        assert_eq!(steps.len(), 4, "{steps:?}");
        assert!(steps.iter().all(|step| !step.contains('?')), "{steps:?}");
        match (answer, sign_in.into_pending().returned(&app, &visit.returned_to)) {
            (Answer::Approve, Ok(_)) => {}
            (_, Err(error)) => assert_eq!(error.kind(), &CallbackErrorKind::Refused),
            (answer, outcome) => panic!("{answer:?}: {outcome:?}"),
        }
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn visit_of_an_unexpected_page_is_an_error() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let (_, unregistered) = sign_in(&sandbox, "https://elsewhere.example.com/");
    let stranger = &sandbox.config().people[2];
    let trial = format!(
        "{}/oauth/authorize?client_id={}&response_type=code&redirectTo={DEFAULT_RETURN_URL}",
        sandbox.url(),
        sandbox.config().apps[1].client_id
    );
    let other = |status| VisitError::OtherPage { status };
    for (person, url, expected) in [
        (
            sandbox.person(),
            unregistered.url(),
            other(StatusCode::BAD_REQUEST),
        ),
        (stranger, &trial, other(StatusCode::FORBIDDEN)),
        (
            stranger,
            "https://accounts.example.com/oauth/authorize",
            VisitError::Elsewhere,
        ),
    ] {
        let visit = sandbox.visitor_as(person).visit(url, Answer::Approve).await;
        assert_eq!(visit, Err(expected), "{url}");
    }
    sandbox.stop().await;
}
