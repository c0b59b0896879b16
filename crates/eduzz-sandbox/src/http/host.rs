//! Refuses requests for other hosts, against web pages that rebind their name to 127.0.0.1.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;

/// Refuses a request for any other host with 421.
///
/// A browser always names the host; a request without one is let through.
pub(crate) async fn loopback_only(request: Request, next: Next) -> Response {
    let header = request
        .headers()
        .get(HOST)
        .map(|host| host.to_str().unwrap_or_default());
    let authority = request.uri().authority().map(Authority::as_str);
    if header.into_iter().chain(authority).all(is_loopback) {
        next.run(request).await
    } else {
        Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "the sandbox answers only for 127.0.0.1, localhost and [::1]",
        )
        .into_response()
    }
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    ["127.0.0.1", "localhost", "[::1]"]
        .iter()
        .any(|loopback| name.eq_ignore_ascii_case(loopback))
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn loopback_host_is_answered() {
        let hosts = "127.0.0.1 127.0.0.1:8080 localhost:1 LocalHost [::1] [::1]:443";
        for host in hosts.split(' ') {
            assert!(is_loopback(host), "{host}");
        }
    }

    #[test]
    fn other_host_is_refused() {
        let hosts = "example.com 127.0.0.1.example.com localhost.example.com:80 127.0.0.1@example.com 0.0.0.0 \
            127.0.0.1:80:80 [::2] ::1 127.0.0.1:porta";
        for host in hosts.split(' ').chain([""]) {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
