//! A browser of the demonstration: it keeps cookies, sends forms, follows redirects as far as the sandbox goes.

use std::fmt;

use eduzz_hyper::Client;
use eduzz_wire::Route;
use http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{Method, Request, Response};
use serde::Serialize;

use super::forms;

/// A browser keeps following for a while, not for ever.
const MOST_REDIRECTS: usize = 5;

/// What is told of one exchange: no secret, nor what stands in for one.
#[derive(Serialize)]
pub(super) struct Exchange {
    method: String,
    target: String,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<String>,
    /// What came, when it came from the sandbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery: Option<String>,
}

impl Exchange {
    /// A delivery of a webhook, which was taken.
    pub(super) fn delivered(url: &str, summary: &str) -> Self {
        Self {
            method: Method::POST.to_string(),
            target: url.to_owned(),
            status: 200,
            location: None,
            delivery: Some(format!("x-signature: ***  {summary}")),
        }
    }

    /// A call of the API, which succeeded.
    pub(super) fn of(route: &Route) -> Self {
        let (method, target) = (route.method().to_string(), route.template().to_owned());
        Self {
            method,
            target,
            status: 200,
            location: None,
            delivery: None,
        }
    }
}

impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} → {}", self.method, self.target, self.status)?;
        match self.location.as_ref().or(self.delivery.as_ref()) {
            Some(more) => write!(f, " {more}"),
            None => Ok(()),
        }
    }
}

/// Where the browser is: on a page of the sandbox, or sent to an address elsewhere.
pub(super) struct Page {
    pub(super) address: String,
    html: String,
}

/// Keeps the cookies of one sandbox.
pub(super) struct Browser<'a> {
    client: &'a Client,
    origin: &'a str,
    cookies: Vec<(String, String)>,
    exchanges: Vec<Exchange>,
}

impl<'a> Browser<'a> {
    pub(super) const fn new(client: &'a Client, origin: &'a str) -> Self {
        Self {
            client,
            origin,
            cookies: Vec::new(),
            exchanges: Vec::new(),
        }
    }

    /// What was exchanged since the last time that this was asked.
    pub(super) fn exchanges(&mut self) -> Vec<Exchange> {
        std::mem::take(&mut self.exchanges)
    }

    /// Opens an address.
    pub(super) async fn open(&mut self, address: &str) -> Option<Page> {
        self.load(Method::GET, address.to_owned(), String::new()).await
    }

    /// Presses the button of this name and value, and so sends the form that it is in.
    pub(super) async fn press(&mut self, page: &Page, name: &str, value: &str) -> Option<Page> {
        let form = forms::with_button(&page.html, name, value)?;
        let body = forms::encode(
            form.fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        let address = match form.action.starts_with('/') {
            true => format!("{}{}", self.origin, form.action),
            false => return None,
        };
        self.load(Method::POST, address, body).await
    }

    async fn load(&mut self, method: Method, address: String, body: String) -> Option<Page> {
        let (mut method, mut address, mut body) = (method, address, body);
        for _ in 0..MOST_REDIRECTS {
            let Some(target) = address
                .strip_prefix(self.origin)
                .filter(|target| target.starts_with('/'))
            else {
                // The way back to the application: what listens there is not the sandbox's.
                return Some(Page {
                    address,
                    html: String::new(),
                });
            };
            let response = self.send(&method, &address, std::mem::take(&mut body)).await?;
            let location = response
                .headers()
                .get(LOCATION)
                .and_then(|value| value.to_str().ok());
            self.exchanges.push(Exchange {
                method: method.to_string(),
                target: masked(target),
                status: response.status().as_u16(),
                location: location.map(masked),
                delivery: None,
            });
            match (response.status().as_u16(), location) {
                (200, _) => {
                    let html = String::from_utf8(response.into_body()).ok()?;
                    return Some(Page { address, html });
                }
                (303, Some(location)) => {
                    method = Method::GET;
                    address = if location.starts_with('/') {
                        format!("{}{location}", self.origin)
                    } else {
                        location.to_owned()
                    };
                }
                _ => return None,
            }
        }
        None
    }

    async fn send(&mut self, method: &Method, address: &str, body: String) -> Option<Response<Vec<u8>>> {
        let mut request = Request::builder().method(method.clone()).uri(address);
        if method == Method::POST {
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header(COOKIE, cookies.join("; "));
        }
        let response = self
            .client
            .send(request.body(body.into_bytes()).ok()?)
            .await
            .ok()?;
        for cookie in response.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().ok()?.split(';').next()?;
            let (name, value) = pair.split_once('=')?;
            self.cookies.retain(|(other, _)| other != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        Some(response)
    }
}

/// An address without what makes it worth stealing.
fn masked(address: &str) -> String {
    let Some((path, query)) = address.split_once('?') else {
        return address.to_owned();
    };
    let masked = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name @ ("code" | "state"), _)) => format!("{name}=***"),
        _ => pair.to_owned(),
    });
    format!("{path}?{}", masked.collect::<Vec<_>>().join("&"))
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
