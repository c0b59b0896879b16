//! The calls that the SDK knows, by name: made from its one list, so that a call added there is known here.

use std::future::Future;
use std::pin::Pin;

use eduzz_oauth::{ExchangeCode, TokenReply};
use eduzz_wire::fidelity::{self, Report};
use eduzz_wire::{Endpoint, ReadError, Route};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::client::Caller;
use crate::failure::Failure;
use crate::fields::{self, Given};
use crate::lang::Lang;
use crate::similar::similar;

/// The field by which a call is walked page by page.
const PAGE: &str = "page";

/// One call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// The type's name: `GetMe`.
    pub(crate) name: &'static str,
    pub(crate) route: &'static Route,
    /// The names of its fields.
    pub(crate) fields: &'static [&'static str],
    check: Check,
    /// None for the exchange of a code, which belongs to the sign-in.
    prepare: Option<Prepare>,
}

type Check = fn(&[u8]) -> Result<Report, ReadError>;
type Prepare = fn(Lang, &'static str, &Given) -> Result<Box<dyn Prepared>, Failure>;

/// A call whose fields are read, ready to be sent.
pub(crate) trait Prepared {
    /// Sends it and gives what it answers, as JSON.
    fn send<'a>(&'a self, caller: &'a Caller) -> Answer<'a>;
}

pub(crate) type Answer<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>, Failure>> + 'a>>;

impl<E: Endpoint> Prepared for E
where
    E::Output: Serialize,
{
    fn send<'a>(&'a self, caller: &'a Caller) -> Answer<'a> {
        Box::pin(async move {
            let answer = caller.call(self).await?;
            serde_json::to_vec(&answer).map_err(|_| Failure::no(caller.lang().answer_not_writable()))
        })
    }
}

macro_rules! known {
    ($(($product:ident, $endpoint:ident, $call:ident)),* $(,)?) => {
        /// Every call, the exchange of a code first.
        pub(crate) fn all() -> Vec<Known> {
            vec![
                Known {
                    name: "ExchangeCode",
                    route: const { &ExchangeCode::ROUTE },
                    fields: &[],
                    check: fidelity::check::<TokenReply>,
                    prepare: None,
                },
                $(Known::of::<eduzz_api::$product::$call>(stringify!($call))),*
            ]
        }
    };
}
eduzz_api::for_each_endpoint!(known);

impl Known {
    fn of<E>(name: &'static str) -> Self
    where
        E: Endpoint + DeserializeOwned + 'static,
        E::Output: Serialize,
    {
        Self {
            name,
            route: const { &E::ROUTE },
            fields: fields::names::<E>(),
            check: fidelity::check::<E::Output>,
            prepare: Some(|lang, name, given| Ok(Box::new(given.call::<E>(lang, name)?))),
        }
    }

    /// The call of this name, whatever its case, with or without `-` and `_`.
    pub(crate) fn named(lang: Lang, given: &str) -> Result<Self, Failure> {
        let fold = |name: &str| name.replace(['-', '_'], "").to_ascii_lowercase();
        let all = all();
        let found = all.iter().find(|known| fold(known.name) == fold(given)).copied();
        found.ok_or_else(|| {
            let names = similar(given, all.iter().map(|known| known.name));
            Failure::usage(with_similar(lang, &lang.unknown_call(), &names))
        })
    }

    /// The call of `METHOD /template`, with places as `:id` or `{id}`, whatever the place is called.
    pub(crate) fn routed(lang: Lang, given: &str) -> Result<Self, Failure> {
        let all = all();
        let wanted = fold_route(given);
        let found = all
            .iter()
            .find(|known| wanted.is_some() && fold_route(&known.route.to_string()) == wanted);
        found.copied().ok_or_else(|| {
            let routes: Vec<String> = all.iter().map(|known| known.route.to_string()).collect();
            let names = similar(given, routes.iter().map(String::as_str));
            Failure::usage(with_similar(lang, &lang.unknown_route(), &names))
        })
    }

    /// Whether its answer is one page of several.
    pub(crate) fn is_paged(&self) -> bool {
        self.fields.contains(&PAGE)
    }

    /// Reads a body with the model of a success, writes it back and compares.
    pub(crate) fn check(&self, body: &[u8]) -> Result<Report, ReadError> {
        (self.check)(body)
    }

    /// Reads the call's fields.
    pub(crate) fn prepare(&self, lang: Lang, given: &Given) -> Result<Box<dyn Prepared>, Failure> {
        match self.prepare {
            Some(prepare) => prepare(lang, self.name, given),
            None => Err(Failure::usage(lang.exchange_is_login())),
        }
    }

    /// Walks the pages, from the one that is given or the first, and gives all their items as one list.
    pub(crate) async fn walk(&self, lang: Lang, given: &Given, caller: &Caller) -> Result<Vec<u8>, Failure> {
        let first = given.get(PAGE).and_then(|page| page.parse().ok()).unwrap_or(1);
        walk(lang, first, async |page| {
            let call = self.prepare(lang, &given.with(PAGE, page.to_string()))?;
            call.send(caller).await
        })
        .await
    }
}

/// Loads page after page, to the last or to an empty one: the service's counts do not always fit. A page that fails fails the
/// walk, so that half a list is not passed off as the whole.
async fn walk(
    lang: Lang,
    first: u64,
    load: impl AsyncFn(u64) -> Result<Vec<u8>, Failure>,
) -> Result<Vec<u8>, Failure> {
    let mut items: Vec<Box<RawValue>> = Vec::new();
    for page in first.. {
        let one: OnePage =
            serde_json::from_slice(&load(page).await?).map_err(|_| Failure::no(lang.answer_not_a_page()))?;
        let is_last = one.items.is_empty() || page >= one.pages;
        items.extend(one.items);
        if is_last {
            break;
        }
    }
    serde_json::to_vec(&items).map_err(|_| Failure::no(lang.answer_not_writable()))
}

#[derive(Deserialize)]
struct OnePage {
    pages: u64,
    items: Vec<Box<RawValue>>,
}

/// Method and segments, places without their names; none if it is not `METHOD /path`.
fn fold_route(text: &str) -> Option<(String, Vec<String>)> {
    let mut words = text.split_whitespace();
    let (method, path) = (words.next()?.to_ascii_uppercase(), words.next()?);
    if words.next().is_some() || !path.starts_with('/') {
        return None;
    }
    let is_place =
        |segment: &str| segment.starts_with(':') || (segment.starts_with('{') && segment.ends_with('}'));
    let segments = path
        .trim_end_matches('/')
        .split('/')
        .map(|segment| {
            if is_place(segment) {
                String::from(":")
            } else {
                segment.to_owned()
            }
        })
        .collect();
    Some((method, segments))
}

fn with_similar(lang: Lang, text: &str, names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let advice = if names.is_empty() {
        lang.see_endpoints()
    } else {
        lang.did_you_mean(&quoted.join(", "))
    };
    format!("{text}\n{advice}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_routes_are_found_however_they_are_written() {
        for name in ["GetMe", "getme", "get_me", "get-me", "GET-ME"] {
            assert_eq!(
                Known::named(Lang::En, name).map(|known| known.name).ok(),
                Some("GetMe"),
                "{name}"
            );
        }
        assert!(Known::named(Lang::En, "GetYou").is_err());
        for route in ["GET /accounts/v1/me", "get  /accounts/v1/me/"] {
            assert_eq!(
                Known::routed(Lang::En, route).map(|known| known.name).ok(),
                Some("GetMe"),
                "{route}"
            );
        }
        for route in [
            "",
            "GET",
            "/accounts/v1/me",
            "POST /accounts/v1/me",
            "GET accounts/v1/me",
            "GET /a b",
        ] {
            assert!(Known::routed(Lang::En, route).is_err(), "{route}");
        }
    }

    #[tokio::test]
    async fn a_walk_ends_at_the_last_page_or_at_an_empty_one() {
        let page =
            |pages: u64, items: &str| Ok(format!(r#"{{"pages":{pages},"items":[{items}]}}"#).into_bytes());
        let walked = async |pages: u64, first: u64| {
            let loaded = walk(Lang::En, first, async |number| match number {
                1 => page(pages, "1.10,2"),
                2 => page(pages, r#"{"b":1,"a":2}"#),
                3 => page(pages, ""),
                _ => Err(Failure::no(String::from("page 4"))),
            });
            loaded.await.map(|bytes| String::from_utf8(bytes).unwrap())
        };
        assert_eq!(walked(1, 1).await.unwrap(), "[1.10,2]");
        assert_eq!(walked(2, 1).await.unwrap(), r#"[1.10,2,{"b":1,"a":2}]"#);
        assert_eq!(walked(2, 2).await.unwrap(), r#"[{"b":1,"a":2}]"#);
        assert_eq!(walked(100, 1).await.unwrap(), r#"[1.10,2,{"b":1,"a":2}]"#);
        assert!(walked(9, 4).await.is_err());
        let other = walk(Lang::En, 1, async |_| Ok(b"{}".to_vec())).await;
        assert!(other.is_err());
    }

    #[test]
    fn places_are_the_same_whatever_they_are_called() {
        assert_eq!(fold_route("GET /a/:id/b"), fold_route("get /a/{saleId}/b/"));
        assert_ne!(fold_route("GET /a/:id"), fold_route("GET /a/b"));
    }
}
