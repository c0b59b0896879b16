//! Origins are https, or http on this machine.

use eduzz_wire::{Origin, OriginError, Origins};
use proptest::prelude::*;
use url::Host;

#[test]
fn origin_is_https_or_loopback() {
    let valid = "https://api.eduzz.com https://api.eduzz.com/ https://x.example.com:8443 \
        http://localhost http://[::1]:80 http://127.9.9.9 https://1api:443 https://api.eduzz.com.";
    for text in valid.split(' ').chain([" http://127.0.0.1:4000 "]) {
        assert!(Origin::parse(text).is_ok(), "{text}");
    }
    let plain = "http://api.eduzz.com http://10.0.0.1 http://localhost.example.com http://[::2] \
        http://127.0.0.1.example.com http://0.0.0.0";
    for text in plain.split(' ') {
        assert_eq!(Origin::parse(text), Err(OriginError::PlainHttp), "{text}");
    }
    let invalid = "api.eduzz.com ftp://api.eduzz.com https:// https://a.example.com/path \
        https://a.example.com?q https://user@a.example.com https://user:pass@127.0.0.1 //a.example.com \
        https://a.example.com: https://a.example.com:0 https://a.example.com:99999 \
        http://[::1]-:1 http://[::1]h:1 http://[::1]:+1 http://localhost:+1 https://a.example.com:-1 \
        https://[::1 https://::1 https://[fe80::1%25eth0] https://[127.0.0.1] https://[::1]] \
        https://a..example.com https://.a https://a:1:2 https://a%2eb https://a%00 https://a,b https://a;b \
        https://a=b https://(a) https://a* https://256.0.0.1 https://1.2.3 https://127.1 https://0x7f.0.0.1 \
        https://2130706433 https://127.0.0.1.";
    for text in invalid.split(' ').chain(["", "https://a b"]) {
        assert_eq!(Origin::parse(text), Err(OriginError::NotAnOrigin), "{text}");
    }
}

#[test]
fn sandbox_elsewhere_is_refused() {
    for elsewhere in ["https://sandbox.example.com", "http://sandbox.example.com"] {
        assert_eq!(Origins::sandbox(elsewhere), Err(OriginError::NotLoopback));
    }
    let origins = Origins::sandbox("http://127.0.0.1:4000").unwrap();
    for origin in [origins.accounts(), origins.accounts_api(), origins.api()] {
        assert_eq!(origin.to_string(), "http://127.0.0.1:4000");
    }
}

/// Host and port of an origin, as a URL library reads them; `None` for anything more or less.
fn reference(text: &str) -> Option<(Host, u16)> {
    let url = url::Url::parse(text).ok()?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let anonymous = url.username().is_empty() && url.password().is_none();
    (bare && anonymous).then_some((url.host()?.to_owned(), url.port_or_known_default()?))
}

/// Host and port of an origin that was accepted, without interpretation.
fn ours(origin: &Origin) -> (Host, u16) {
    let text = origin.to_string();
    let (scheme, rest) = text.split_once("://").unwrap();
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port.parse().unwrap()),
        _ => (rest, if scheme == "https" { 443 } else { 80 }),
    };
    let host = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(ip) => Host::Ipv6(ip.parse().unwrap()),
        None => host
            .parse()
            .map_or_else(|_| Host::Domain(host.to_ascii_lowercase()), Host::Ipv4),
    };
    (host, port)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn accepted_origin_is_the_host_and_port_of_a_url_library(
        text in "https?://(\\[[0-9a-f:.]{0,8}\\]|localhost|127\\.0\\.0\\.1|[a-z0-9.]{0,8})[a-z0-9.:@%+,;=&!$'()*_~\\[\\]-]{0,4}(:[0-9]{0,6})?",
    ) {
        if let Ok(origin) = Origin::parse(&text) {
            prop_assert_eq!(Some(ours(&origin)), reference(&text), "{}", text);
        }
    }

    #[test]
    fn host_and_port_are_accepted(host in "[a-z]([a-z0-9-]{0,10}[a-z0-9])?(\\.[a-z][a-z0-9]{0,10}){0,3}", port in 1_u16..) {
        let text = format!("https://{host}:{port}");
        prop_assert_eq!(Origin::parse(&text).map(|origin| ours(&origin)), Ok((Host::Domain(host), port)));
    }

    #[test]
    fn ip_and_port_are_accepted(ip: std::net::IpAddr, port in 1_u16..) {
        let text = format!("https://{}", std::net::SocketAddr::new(ip, port));
        prop_assert_eq!(Origin::parse(&text).map(|origin| origin.to_string()), Ok(text));
    }
}

proptest! {
    #[test]
    fn any_origin_is_https_or_loopback(text in "(https?://)?[a-z0-9.@:/\\[\\]%?#-]{0,30}") {
        if let Ok(origin) = Origin::parse(&text) {
            prop_assert!(origin.to_string().starts_with("https://") || origin.is_loopback());
            prop_assert!(!origin.to_string().contains('@'));
        }
    }
}
