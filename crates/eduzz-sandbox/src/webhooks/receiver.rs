//! The address of a receiver, on this machine only.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::http::Uri;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An address that the sandbox delivers to: `http://`, at 127.0.0.1, localhost or `[::1]`. A
/// sandbox never posts to another machine.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Receiver {
    /// As it was given.
    text: String,
    uri: Uri,
}

impl Serialize for Receiver {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(to)
    }
}

impl<'de> Deserialize<'de> for Receiver {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

impl Receiver {
    /// Reads an address; the error says why it is refused.
    pub(crate) fn read(text: &str) -> Result<Self, &'static str> {
        const ELSEWHERE: &str = "the sandbox delivers to this machine alone: the address must be http://127.0.0.1:PORT/…, \
            http://localhost:PORT/… or http://[::1]:PORT/…";
        let uri: Uri = text.parse().map_err(|_| "the address is invalid")?;
        let authority = uri.authority().ok_or(ELSEWHERE)?;
        // An invalid port reads as no port, so it is checked apart.
        let rest = authority.as_str().strip_prefix(authority.host()).unwrap_or("@");
        let has_port = rest.is_empty() || authority.port_u16().is_some();
        if uri.scheme_str() != Some("http") || !has_port || authority.as_str().contains('@') {
            return Err(ELSEWHERE);
        }
        let receiver = Self {
            text: text.to_owned(),
            uri,
        };
        if receiver.addresses().is_empty() {
            return Err(ELSEWHERE);
        }
        Ok(receiver)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) const fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The addresses to connect to, in turn. No name is looked up: `localhost` is this machine.
    pub(crate) fn addresses(&self) -> Vec<SocketAddr> {
        let port = self.uri.port_u16().unwrap_or(80);
        let host = self.uri.host().unwrap_or_default();
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let addresses: Vec<IpAddr> = if host.eq_ignore_ascii_case("localhost") {
            vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]
        } else {
            bare.parse().into_iter().collect()
        };
        let loopback = addresses.into_iter().filter(IpAddr::is_loopback);
        loopback.map(|address| SocketAddr::new(address, port)).collect()
    }
}

impl fmt::Debug for Receiver {
    /// The path and the query often hold a key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Receiver").field(&self.uri.authority()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::Receiver;

    #[test]
    fn address_on_this_machine_is_accepted() {
        for (text, first) in [
            ("http://127.0.0.1:9000/eduzz?key=k", "127.0.0.1:9000"),
            ("http://localhost/", "127.0.0.1:80"),
            ("http://LOCALHOST:8080", "127.0.0.1:8080"),
            ("http://[::1]:9000/a", "[::1]:9000"),
            ("http://127.8.9.10:1/a", "127.8.9.10:1"),
        ] {
            let receiver = Receiver::read(text).unwrap();
            assert_eq!(receiver.addresses()[0].to_string(), first, "{text}");
            assert_eq!(receiver.as_str(), text);
        }
    }

    #[test]
    fn address_elsewhere_is_refused() {
        let elsewhere = "127.0.0.1:9000 /eduzz https://127.0.0.1:9000/ http://example.com/ \
            http://localhost.example.com/ http://127.0.0.1.example.com/ http://127.0.0.1@example.com/ \
            http://me@127.0.0.1/ http://0.0.0.0:9000/ http://[::]:9000/ http://10.0.0.1/ http://2130706433/ \
            http://[::ffff:10.0.0.1]/ ftp://127.0.0.1/ http://127.0.0.1:99999/ javascript:alert(1)";
        for text in elsewhere.split(' ').chain([""]) {
            assert!(Receiver::read(text).is_err(), "{text}");
        }
    }
}
