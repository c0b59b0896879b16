//! `GET /oauth/authorize` and the forms of its pages.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::pages::{self, Ticket, accounts, consent, problem::Refusal};
use crate::config::{AppConfig, Config, Person};
use crate::record::{Caller, Why};
use crate::running::Running;
use crate::state::access::{Asked, NoRequest, Session};
use crate::state::calendar::later;

const COOKIE_NAME: &str = "eduzz_sandbox";

/// Shows the account chooser, the consent page, or an error.
pub(crate) async fn show(
    State(running): State<Arc<Running>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let query = query.as_deref().unwrap_or_default();
    let (app, asked) = read(&running, query)?;
    if running.config.sign_in.approved {
        return approve(&running, app, &asked, query);
    }
    let known = session(&running, &headers);
    let is_new = known.is_none();
    let session = known.unwrap_or_else(|| running.access().open_session(None, None));
    let request = running.access().ask(&session, asked.clone());
    let ticket = ticket(&session, &request);
    let page = match signed_in(&running.config, &session) {
        None => accounts::show(app, &running.config.people, ticket),
        Some(person) if app.admits(&person.account_id) => consent::show(app, person, &asked, ticket),
        Some(person) => consent::stranger(app, person, ticket),
    };
    Ok(if is_new { with_cookie(&session, page) } else { page })
}

/// Answers as the consent page does when it is approved, for the person that the query names.
fn approve(running: &Running, app: &AppConfig, asked: &Asked, query: &str) -> Result<Response, Refusal> {
    let named = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "account");
    let mut people = running.config.people.iter();
    let person = match &named {
        Some((_, name)) => people.find(|person| person.is_named(name)),
        None => people.find(|person| app.admits(&person.account_id)),
    };
    let person = person.ok_or(Refusal::UnknownAccount)?;
    let session = running
        .access()
        .open_session(Some(person.account_id.clone()), None);
    let request = running.access().ask(&session, asked.clone());
    if !app.admits(&person.account_id) {
        let page = consent::stranger(app, person, ticket(&session, &request));
        return Ok(with_cookie(&session, page));
    }
    let back = granted(running, &session, &request, asked, person)?;
    Ok(back_to_app(&back, asked, &person.account_id))
}

/// Issues the code of an open request, and gives the address that the browser returns to.
fn granted(
    running: &Running,
    session: &Session,
    request: &str,
    asked: &Asked,
    person: &Person,
) -> Result<String, Refusal> {
    let expires = later(running.config.clock.now(), running.config.code_lifetime);
    let code = running
        .access()
        .grant(session, request, &person.account_id, expires)?;
    Ok(with_query(&asked.return_url, &[("code", &code), state(asked)]))
}

/// Q1: a state that was not sent comes back as the text `undefined`.
fn state(asked: &Asked) -> (&'static str, &str) {
    ("state", asked.state.as_deref().unwrap_or("undefined"))
}

/// Signs the chosen account in, or the current one out, and shows the request again.
pub(crate) async fn choose_account(
    State(running): State<Arc<Running>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let form = Form::read(&running, &headers, body)?;
    let asked = running.access().asked(&form.session, form.field("request"))?;
    let account_id = match form.field("account") {
        "" => None,
        chosen => {
            let person = running.config.person(chosen);
            Some(person.ok_or(Refusal::UnknownAccount)?.account_id.clone())
        }
    };
    let session = running.access().open_session(account_id, Some(&form.session));
    let mut again = vec![
        ("client_id", asked.client_id.as_str()),
        ("responseType", "code"),
        ("redirectTo", asked.return_url.as_str()),
    ];
    again.extend(asked.state.as_deref().map(|state| ("state", state)));
    let back = with_query("/oauth/authorize", &again);
    Ok(with_cookie(&session, see_other(&back)))
}

/// Sends the browser back to the application with a code, or with `access_denied`.
pub(crate) async fn answer(
    State(running): State<Arc<Running>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let form = Form::read(&running, &headers, body)?;
    let (session, request) = (&form.session, form.field("request"));
    let asked = running.access().asked(session, request)?;
    let person = signed_in(&running.config, session).ok_or(Refusal::UnknownAccount)?;
    let app = running.config.app(&asked.client_id).ok_or(Refusal::Expired)?;

    let back = match form.field("answer") {
        "approve" if !app.admits(&person.account_id) => {
            return Ok(consent::stranger(app, person, ticket(session, request)));
        }
        "approve" => granted(&running, session, request, &asked, person)?,
        "refuse" => {
            running.access().close(session, request)?;
            // The service's answer is unknown; RFC 6749's word.
            with_query(&asked.return_url, &[("error", "access_denied"), state(&asked)])
        }
        _ => return Err(Refusal::NoAnswer),
    };
    Ok(back_to_app(&back, &asked, &person.account_id))
}

/// The parameters that are read.
const READ: &str = "client_id response_type responseType redirectTo state";

/// Reads the request. Errors are not sent to the return URL, which may not be the application's.
fn read<'a>(running: &'a Running, query: &str) -> Result<(&'a AppConfig, Asked), Refusal> {
    let config = &running.config;
    let mut given: HashMap<String, String> = HashMap::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()).into_owned() {
        if let Some(known) = READ.split(' ').find(|known| *known == name)
            && given.contains_key(known)
        {
            return Err(Refusal::Repeated(known));
        }
        given.insert(name, value);
    }
    let filled = |name: &str| given.get(name).filter(|value| !value.is_empty());

    // Q2: either spelling; if both are sent, both must be right.
    let response_types = [filled("response_type"), filled("responseType")];
    let is_older = config.sign_in.older_authorize; // Q181
    let older_url = filled("redirect_uri").filter(|_| is_older);
    let (client_id, return_url) = (filled("client_id"), filled("redirectTo").or(older_url)); // Q3
    let has_type = is_older || response_types.iter().any(Option::is_some);
    let (Some(client_id), true, Some(return_url)) = (client_id, has_type, return_url) else {
        return Err(Refusal::Missing {
            client_id: client_id.is_none(),
            response_type: response_types.iter().all(Option::is_none),
            redirect_to: return_url.is_none(),
            redirect_uri_sent: filled("redirect_uri").is_some(),
        });
    };
    let app = config.app(client_id);
    let app = app.ok_or_else(|| Refusal::UnknownApp(client_id.clone()))?;
    let registered = running.return_urls(app);
    if !registered.contains(return_url) {
        return Err(Refusal::UnregisteredReturn {
            app: app.name.clone(),
            asked: return_url.clone(),
            registered,
        });
    }
    let mut response_types = response_types.into_iter().flatten();
    if let Some(other) = response_types.find(|value| *value != "code") {
        return Err(Refusal::ResponseType(other.clone()));
    }
    let asked = Asked {
        client_id: client_id.clone(),
        return_url: return_url.clone(),
        state: given.get("state").cloned(),
    };
    Ok((app, asked))
}

/// A form of the sandbox's pages, sent by the browser it was shown to.
struct Form {
    session: Session,
    fields: HashMap<String, String>,
}

impl Form {
    fn read(
        running: &Running,
        headers: &HeaderMap,
        body: Result<Bytes, BytesRejection>,
    ) -> Result<Self, Refusal> {
        let body = body.map_err(|_| Refusal::TooLarge)?;
        let fields: HashMap<String, String> = form_urlencoded::parse(&body).into_owned().collect();
        let session = session(running, headers).ok_or(Refusal::Forged)?;
        if fields.get("csrf") == Some(&session.csrf) {
            Ok(Self { session, fields })
        } else {
            Err(Refusal::Forged)
        }
    }

    fn field(&self, name: &str) -> &str {
        self.fields.get(name).map(String::as_str).unwrap_or_default()
    }
}

impl From<NoRequest> for Refusal {
    fn from(reason: NoRequest) -> Self {
        match reason {
            NoRequest::Unknown => Self::Expired,
            NoRequest::Answered => Self::Answered,
        }
    }
}

fn session(running: &Running, headers: &HeaderMap) -> Option<Session> {
    let cookies = headers.get_all(COOKIE).iter();
    let cookies = cookies.filter_map(|cookies| cookies.to_str().ok());
    let pairs = cookies.flat_map(|cookies| cookies.split(';'));
    let mut pairs = pairs.filter_map(|pair| pair.trim().split_once('='));
    let (_, id) = pairs.find(|(name, _)| *name == COOKIE_NAME)?;
    running.access().session(id)
}

const fn ticket<'a>(session: &'a Session, request: &'a str) -> Ticket<'a> {
    Ticket {
        csrf: session.csrf.as_str(),
        request,
    }
}

fn signed_in<'a>(config: &'a Config, session: &Session) -> Option<&'a Person> {
    config.person(session.account_id.as_deref()?)
}

fn with_cookie(session: &Session, response: Response) -> Response {
    let id = &session.id;
    let cookie = format!("{COOKIE_NAME}={id}; Path=/oauth; HttpOnly; SameSite=Lax");
    ([(SET_COOKIE, cookie)], response).into_response()
}

/// Leads back to the application.
fn back_to_app(url: &str, asked: &Asked, account_id: &str) -> Response {
    let mut response = see_other(url);
    let extensions = response.extensions_mut();
    extensions.insert(Caller {
        account_id: account_id.to_owned(),
        client_id: asked.client_id.clone(),
    });
    if asked.state.is_none() {
        let why = Why::new(
            "O pedido não tinha state; ele volta como o texto undefined.",
            "The request had no state; it comes back as the text undefined.",
        );
        extensions.insert(why.citing(&[1]));
    }
    response
}

fn see_other(url: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, pages::header_text(url))]).into_response()
}

/// Appends to the URL's query, before a fragment if there is one.
fn with_query(url: &str, pairs: &[(&str, &str)]) -> String {
    let (url, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
    let joint = match url.split_once('?') {
        None => "?",
        Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
        Some(_) => "&",
    };
    // `%20` is read alike everywhere; `+` is not.
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
        .replace('+', "%20");
    format!("{url}{joint}{query}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::with_query;

    #[test]
    fn query_is_appended_before_the_fragment() {
        let cases = [
            ("http://a/b", "http://a/b?x=1%20%2B"),
            ("http://a/b?", "http://a/b?x=1%20%2B"),
            ("http://a/b?c=d", "http://a/b?c=d&x=1%20%2B"),
            ("http://a/b?c=d&", "http://a/b?c=d&x=1%20%2B"),
            ("http://a/b#f?g", "http://a/b?x=1%20%2B#f?g"),
            ("http://a/b?c#f", "http://a/b?c&x=1%20%2B#f"),
        ];
        for (url, expected) in cases {
            assert_eq!(with_query(url, &[("x", "1 +")]), expected, "{url}");
        }
    }
}
