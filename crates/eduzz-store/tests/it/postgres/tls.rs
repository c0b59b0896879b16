//! Encrypted connections, to a server in front of the real one.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

use eduzz_store::{Postgres, Store, StoreErrorKind};
use eduzz_testkit::postgres::Server;
use rustls::crypto::ring;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, UnixStream};
use tokio_rustls::TlsAcceptor;

use crate::databases;

/// A server on loopback with this certificate; without one it answers that it does not encrypt.
/// What it receives then goes to the socket.
async fn server(tls: Option<TlsAcceptor>, socket: Option<PathBuf>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let (tls, socket) = (tls.clone(), socket.clone());
            tokio::spawn(async move {
                let mut request = [0; 8];
                near.read_exact(&mut request).await.unwrap();
                let Some(tls) = tls else {
                    near.write_all(b"N").await.unwrap();
                    return;
                };
                near.write_all(b"S").await.unwrap();
                if let (Ok(mut near), Some(socket)) = (tls.accept(near).await, socket) {
                    let mut far = UnixStream::connect(socket).await.unwrap();
                    let _closed = copy_bidirectional(&mut near, &mut far).await;
                }
            });
        }
    });
    port
}

/// A certificate of its own for this name; also as PEM.
fn certificate(name: &str) -> (TlsAcceptor, String) {
    let made = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
    let key = made.signing_key.serialize_der().try_into().unwrap();
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), made.cert.pem())
}

#[tokio::test]
async fn an_unknown_certificate_is_not_trusted() {
    let (tls, _) = certificate("127.0.0.1");
    let port = server(Some(tls), None).await;
    for mode in ["prefer", "require"] {
        let url = format!("postgres://u@127.0.0.1:{port}/d?sslmode={mode}");
        let error = Postgres::connect(&url).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Tls, "{mode}: {error}");
    }
}

#[tokio::test]
async fn a_server_that_must_encrypt_and_does_not_is_left() {
    let port = server(None, None).await;
    let url = format!("postgres://u@127.0.0.1:{port}/d?sslmode=require");
    let error = Postgres::connect(&url).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Tls, "{error}");
}

const URL: &str = "EDUZZ_TEST_TLS_URL";

/// In a process of its own, because the trusted certificates are named in its environment.
#[tokio::test(flavor = "multi_thread")]
async fn a_trusted_certificate_of_the_host_encrypts() {
    let test = "a_trusted_certificate_of_the_host_encrypts";
    if let Ok(url) = std::env::var(URL) {
        let error = match Postgres::connect(&url).await {
            Ok(store) => store.now().await.err(),
            Err(error) => Some(error),
        };
        println!("result: {:?}", error.map(|error| error.kind()));
        return;
    }
    let Some(url) = databases::clone(test) else {
        return;
    };
    let Some(folder) = Server::shared("").unwrap().folder() else {
        return;
    };
    for (host, expected) in [("127.0.0.1", "None"), ("other.example.com", "Some(Tls)")] {
        let (tls, pem) = certificate(host);
        let trusted = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(trusted.path(), pem).unwrap();
        let port = server(Some(tls), Some(folder.join(".s.PGSQL.5432"))).await;
        let database = super::name(&url);
        let url = format!("postgres://postgres@127.0.0.1:{port}/{database}?sslmode=require");
        let program = std::env::current_exe().unwrap();
        let path = format!("postgres::tls::{test}");
        let run = tokio::task::spawn_blocking(move || {
            let mut command = Command::new(program);
            command.args(["--exact", &path, "--nocapture"]).env(URL, url);
            command
                .env("SSL_CERT_FILE", trusted.path())
                .env_remove("SSL_CERT_DIR");
            command.stdin(Stdio::null()).output().unwrap()
        });
        let output = run.await.unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.contains(&format!("result: {expected}\n")), "{host}: {said}");
    }
}
