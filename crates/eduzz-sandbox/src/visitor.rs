//! A person at a browser, for demos and tests: loads the pages of a sandbox as a browser without
//! scripts does.

use std::fmt;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE};
use axum::http::{Method, Request, StatusCode, Uri};
use tower::ServiceExt as _;

use crate::http::pages::{ACCOUNT_PATH, ANSWER_PATH};

/// The largest page that is read.
const PAGE_LIMIT: usize = 1024 * 1024;

/// A person at a browser that goes through the pages of a sandbox.
///
/// It loads the page, chooses the account, presses the button and stops where the browser leaves
/// the sandbox. It needs no network.
#[derive(Debug)]
pub struct Visitor {
    router: Router,
    origin: String,
    account_id: String,
    cookie: Option<String>,
    steps: Vec<Step>,
}

/// How a person answers the consent page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// Authorizes the application.
    Approve,
    /// Refuses.
    Refuse,
}

/// The end of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Visit {
    /// The address that the browser was sent back to. It holds the code: do not log it.
    pub returned_to: String,
    /// The requests of the browser.
    pub steps: Vec<Step>,
}

/// One request of the browser. The values of `code` and `state` are masked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// The method.
    pub method: Method,
    /// The path.
    pub path: String,
    /// The query.
    pub query: Option<String>,
    /// The status of the answer.
    pub status: StatusCode,
    /// The address of a redirect.
    pub location: Option<String>,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} → {}", self.method, self.path, self.status.as_u16())
    }
}

impl Visitor {
    pub(crate) fn new(router: Router, origin: String, account_id: &str) -> Self {
        Self {
            router,
            origin,
            account_id: account_id.to_owned(),
            cookie: None,
            steps: Vec::new(),
        }
    }

    /// Opens the address that an application sent the browser to, chooses the account and answers
    /// the consent page.
    ///
    /// # Errors
    ///
    /// The address is not the sandbox's, or another page than the expected one came: for example,
    /// the application is unknown, or the return URL is not registered.
    pub async fn visit(mut self, url: &str, answer: Answer) -> Result<Visit, VisitError> {
        let target = url.strip_prefix(&self.origin);
        let target = target.filter(|target| target.starts_with('/'));
        let target = target.ok_or(VisitError::Elsewhere)?;
        let chooser = self.get(target).await?.page()?;
        let account_id = self.account_id.clone();
        let account = ("account", account_id.as_str());
        let again = self.press(&chooser, ACCOUNT_PATH, account).await?;
        let consent = self.get(&again.location()?).await?.page()?;
        let button = match answer {
            Answer::Approve => "approve",
            Answer::Refuse => "refuse",
        };
        let answer = ("answer", button);
        let back = self.press(&consent, ANSWER_PATH, answer).await?;
        Ok(Visit {
            returned_to: back.location()?,
            steps: self.steps,
        })
    }

    async fn get(&mut self, target: &str) -> Result<Loaded, VisitError> {
        self.load(Method::GET, target, String::new()).await
    }

    /// Sends a form of the page, with a button.
    async fn press(&mut self, page: &str, path: &str, button: (&str, &str)) -> Result<Loaded, VisitError> {
        let mut form = form_urlencoded::Serializer::new(String::new());
        for name in ["csrf", "request"] {
            form.append_pair(name, hidden(page, name).ok_or(VisitError::NoForm)?);
        }
        form.append_pair(button.0, button.1);
        self.load(Method::POST, path, form.finish()).await
    }

    async fn load(&mut self, method: Method, target: &str, body: String) -> Result<Loaded, VisitError> {
        let uri: Uri = target.parse().map_err(|_| VisitError::Elsewhere)?;
        let (path, query) = (uri.path().to_owned(), uri.query().map(masked_query));
        let mut request = Request::builder()
            .method(method.clone())
            .uri(uri)
            .header(HOST, "127.0.0.1");
        if method == Method::POST {
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        let request = request.body(Body::from(body));
        let request = request.map_err(|_| VisitError::Elsewhere)?;
        let Ok(response) = self.router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        let header = |name| {
            let value = parts.headers.get(name)?.to_str().ok()?;
            Some(value.to_owned())
        };
        self.steps.push(Step {
            method,
            path,
            query,
            status: parts.status,
            location: header(LOCATION).as_deref().map(masked),
        });
        if let Some(cookie) = header(SET_COOKIE) {
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        let body = to_bytes(body, PAGE_LIMIT).await.map_err(|_| VisitError::NoForm)?;
        let text = String::from_utf8(body.to_vec()).map_err(|_| VisitError::NoForm)?;
        Ok(Loaded {
            status: parts.status,
            location: header(LOCATION),
            text,
        })
    }
}

/// The result of loading a page.
struct Loaded {
    status: StatusCode,
    location: Option<String>,
    text: String,
}

impl Loaded {
    fn page(self) -> Result<String, VisitError> {
        let page = (self.status == StatusCode::OK).then_some(self.text);
        page.ok_or(VisitError::OtherPage { status: self.status })
    }

    fn location(self) -> Result<String, VisitError> {
        let target = self.location.filter(|_| self.status == StatusCode::SEE_OTHER);
        target.ok_or(VisitError::OtherPage { status: self.status })
    }
}

/// An address without the values of `code` and `state`.
fn masked(address: &str) -> String {
    match address.split_once('?') {
        Some((path, query)) => format!("{path}?{}", masked_query(query)),
        None => address.to_owned(),
    }
}

fn masked_query(query: &str) -> String {
    let masked = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name @ ("code" | "state"), _)) => format!("{name}=***"),
        _ => pair.to_owned(),
    });
    masked.collect::<Vec<_>>().join("&")
}

/// The value of the first hidden field of this name, in the form that the sandbox's own pages have.
fn hidden<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    rest.split('"').next()
}

/// An error of a visit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VisitError {
    /// The address is not of this sandbox.
    #[error("the address is not of this sandbox; point the origins to it")]
    Elsewhere,
    /// The page has no form to send.
    #[error("the page has no form to send")]
    NoForm,
    /// An unexpected page.
    #[error("the sandbox showed another page than the expected one (status {}); open the address to read it", status.as_u16())]
    OtherPage {
        /// The status of that page.
        status: StatusCode,
    },
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn code_and_state_are_masked() {
        assert_eq!(masked("/a?code=x&b=c&state=y"), "/a?code=***&b=c&state=***");
        assert_eq!(masked("/a?responseType=code"), "/a?responseType=code");
        assert_eq!(masked("/a"), "/a");
    }
}
