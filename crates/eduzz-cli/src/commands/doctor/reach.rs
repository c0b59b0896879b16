//! The way to each origin, and the service's clock.

use std::env;
use std::time::{Duration, Instant, SystemTime};

use eduzz_hyper::Client;
use eduzz_wire::{Origin, Origins};
use http::{Request, Response, Uri, header};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use super::{Check, State, plain_client, time};
use crate::client;
use crate::failure::Failure;
use crate::lang::Lang;

/// A name that is not found by then is not found.
const LOOKUP: Duration = Duration::from_secs(5);
/// As the client's own limit.
const CONNECT: Duration = Duration::from_secs(3);
/// Clocks that differ less are equal: the header has whole seconds, and the answer was on its way.
const CLOSE: Duration = Duration::from_secs(30);
/// TLS and the end of tokens suffer from a clock that is off by more.
const FAR: Duration = Duration::from_secs(300);

/// Checks of all three origins, and of the clock.
pub(super) async fn checks(lang: Lang, origins: &Origins) -> Vec<Check> {
    let client = match plain_client(lang, origins) {
        Ok(client) => client,
        Err(failure) => return vec![Check::failed("api", &failure)],
    };
    let named = [
        ("accounts", origins.accounts()),
        ("accountsApi", origins.accounts_api()),
        ("api", origins.api()),
    ];
    let mut checks = Vec::new();
    let mut clock = None;
    for (name, origin) in named {
        let (check, answer) = reach(lang, &client, name, origin).await;
        checks.push(check);
        clock = clock.or(answer);
    }
    checks.push(match clock {
        Some(off) => of_clock(lang, off),
        None => Check::new("clock", State::Warning, lang.doctor_no_clock()),
    });
    checks
}

/// How far a clock is from the service's: the difference, and whether ours is ahead.
type Off = (Duration, bool);

async fn reach(lang: Lang, client: &Client, name: &'static str, origin: &Origin) -> (Check, Option<Off>) {
    let url = origin.to_string();
    let uri: Uri = url.parse().unwrap_or_default();
    let is_tls = uri.scheme_str() == Some("https");
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned();
    let port = uri.port_u16().unwrap_or(if is_tls { 443 } else { 80 });
    let mut times = Vec::new();
    let mut connected = Duration::ZERO;
    // A proxy looks names up and connects itself.
    if origin.is_loopback() || !has_proxy() {
        let start = Instant::now();
        let found = timeout(LOOKUP, lookup_host((host.as_str(), port))).await;
        times.push(time("DNS", start.elapsed()));
        let Some(addresses) = found.ok().and_then(Result::ok).map(Vec::from_iter) else {
            let check = Check::new(name, State::Problem, lang.doctor_no_name(&host));
            return (
                Check {
                    times,
                    ..check.with_advice(lang.doctor_check_network())
                },
                None,
            );
        };
        let start = Instant::now();
        let connecting = timeout(CONNECT, TcpStream::connect(addresses.as_slice()));
        let is_connected = matches!(connecting.await, Ok(Ok(_)));
        connected = start.elapsed();
        times.push(time("TCP", connected));
        if !is_connected {
            let advice = if origin.is_loopback() {
                lang.doctor_start_sandbox()
            } else {
                lang.doctor_check_network()
            };
            let check = Check::new(name, State::Problem, lang.doctor_no_connection(&url));
            return (
                Check {
                    times,
                    ..check.with_advice(advice)
                },
                None,
            );
        }
    }
    let start = Instant::now();
    let first = get(lang, client, &url).await;
    let whole = start.elapsed();
    let answer = match first {
        Ok(answer) => answer,
        Err(failure) => {
            let check = Check::failed(name, &failure);
            return (Check { times, ..check }, None);
        }
    };
    let off = off(&answer);
    // The second request has no new connection: the rest of the first one is TLS.
    let start = Instant::now();
    if is_tls && get(lang, client, &url).await.is_ok() {
        let http = start.elapsed();
        times.push(time("TLS", whole.saturating_sub(connected).saturating_sub(http)));
        times.push(time("HTTP", http));
    } else {
        times.push(time("HTTP", whole));
    }
    let status = answer.status();
    let check = if status.is_server_error() {
        let check = Check::new(name, State::Warning, lang.doctor_reached(&url, status.as_u16()));
        check.with_advice(lang.doctor_try_later())
    } else {
        Check::ok(name, lang.doctor_reached(&url, status.as_u16()))
    };
    (Check { times, ..check }, off)
}

/// Asks for the origin's root, without a token.
async fn get(lang: Lang, client: &Client, url: &str) -> Result<Response<Vec<u8>>, Failure> {
    let request = Request::get(format!("{url}/")).body(Vec::new());
    let request = request.map_err(|_| Failure::usage(lang.bad_request()))?;
    client
        .send(request)
        .await
        .map_err(|error| Failure::network(lang.network(url, &client::network(lang, &error))))
}

fn has_proxy() -> bool {
    ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
        .iter()
        .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// The difference to the answer's header `date`.
fn off(answer: &Response<Vec<u8>>) -> Option<Off> {
    let date = answer.headers().get(header::DATE)?.to_str().ok()?;
    let theirs = httpdate::parse_http_date(date).ok()?;
    let ours = SystemTime::now();
    Some(match ours.duration_since(theirs) {
        Ok(ahead) => (ahead, true),
        Err(error) => (error.duration(), false),
    })
}

fn of_clock(lang: Lang, (off, is_ahead): Off) -> Check {
    let seconds = off.as_secs();
    if off <= CLOSE {
        return Check::ok("clock", lang.doctor_clock_right());
    }
    let text = if is_ahead {
        lang.doctor_clock_ahead(seconds)
    } else {
        lang.doctor_clock_behind(seconds)
    };
    let state = if off <= FAR {
        State::Warning
    } else {
        State::Problem
    };
    Check::new("clock", state, text).with_advice(lang.doctor_set_clock())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_is_right_late_or_wrong() {
        for (seconds, state) in [
            (0, State::Ok),
            (30, State::Ok),
            (31, State::Warning),
            (300, State::Warning),
            (301, State::Problem),
        ] {
            for is_ahead in [true, false] {
                let check = of_clock(Lang::En, (Duration::from_secs(seconds), is_ahead));
                assert_eq!(check.state, state, "{seconds}");
                assert_eq!(check.advice.is_some(), state != State::Ok);
            }
        }
    }
}
