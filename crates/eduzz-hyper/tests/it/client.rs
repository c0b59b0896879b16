//! The public client, over real sockets: conformance, calls, sign-in, sharing.

use std::ops::ControlFlow;

use eduzz_api::accounts::GetMe;
use eduzz_hyper::{CallError, Client, ExchangeFailure, Pacing, Proxy, Roots};
use eduzz_oauth::{ExchangeCode, Grant};
use eduzz_testkit::conformance::{self, Hosted};
use eduzz_types::AccessToken;
use eduzz_wire::{Batch, EncodeError, Endpoint, Origin, Origins, Paged, Progress, RawCall, Sweep};
use tokio::runtime::Runtime;

use crate::support::*;

fn token() -> AccessToken {
    AccessToken::new("invented-token")
}

fn at(server: &Server) -> Origins {
    let origin = || Origin::parse(&server.https("")).unwrap();
    Origins::new(origin(), origin(), origin())
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap()
}

#[test]
fn attempt_conforms() {
    let (runtime, client) = (runtime(), plain().build().unwrap());
    conformance::attempt(|request| {
        runtime
            .block_on(client.send(request))
            .map_err(|error| error.sent())
    });
}

struct Blocking {
    runtime: Runtime,
    client: Client,
    _host: Hosted,
}

impl conformance::Subject for Blocking {
    type Error = eduzz_hyper::Error;

    fn call<E: Endpoint + Sync>(&self, call: &E, token: &AccessToken) -> Result<E::Output, CallError> {
        self.runtime.block_on(self.client.call(call, token))
    }

    fn exchange(&self, code: ExchangeCode) -> Result<Grant, ExchangeFailure> {
        self.runtime.block_on(self.client.exchange(code))
    }

    fn batches<L: Paged<Row: Send> + Send + Sync + 'static>(
        &self,
        sweep: Sweep<L>,
        token: &AccessToken,
        mut each: impl FnMut(Batch<L::Row>) -> ControlFlow<()>,
    ) -> Result<Progress, CallError> {
        self.runtime.block_on(async {
            let mut batches = self.client.sweep(sweep, token).batches();
            while let Some(batch) = batches.next().await {
                if each(batch?).is_break() {
                    break;
                }
            }
            Ok(batches.rows().progress())
        })
    }
}

#[test]
fn client_conforms() {
    conformance::client(|setup, world| {
        let host = conformance::hosted(world);
        let builder = plain()
            .origins(host.origins())
            .pacing(setup.pace.map_or_else(Pacing::off, Pacing::new))
            .backoff(setup.backoff)
            .attempt_timeout(setup.attempt_timeout)
            .response_limit(setup.response_limit);
        Blocking {
            runtime: runtime(),
            client: builder.build().unwrap(),
            _host: host,
        }
    });
}

#[tokio::test]
async fn call_sends_its_headers() {
    for version in Version::BOTH {
        let identity = Identity::loopback();
        let server = Server::tls(&identity, version, |request| async move {
            assert_eq!(request.uri().path(), "/accounts/v1/me");
            assert_eq!(request.headers()["authorization"], "Bearer invented-token");
            assert_eq!(request.headers()["accept"], "application/json");
            assert_eq!(
                request.headers()["user-agent"],
                concat!("shop/1.0 eduzz-hyper/", env!("CARGO_PKG_VERSION"))
            );
            ok(r#"{"id":"0b54e2c6","name":"Loja Exemplo"}"#)
        })
        .await;
        let client = identity
            .builder()
            .origins(at(&server))
            .user_agent("shop/1.0")
            .build()
            .unwrap();
        assert_eq!(
            client.call(&GetMe::new(), &token()).await.unwrap().id.as_str(),
            "0b54e2c6"
        );
        let call = RawCall::get("/accounts/v1/me");
        let answer = client.call(&call, Some(&token())).await.unwrap();
        assert_eq!(answer.json::<serde_json::Value>().unwrap()["id"], "0b54e2c6");
        let error = client.call(&call, None).await.unwrap_err();
        assert!(
            matches!(error, CallError::Encode(EncodeError::NoToken)),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn clients_and_futures_are_send() {
    fn both<T: Send + Sync + 'static>(_: &T) {}
    fn send<T: Send>(_: T) {}
    let client = plain().build().unwrap();
    both(&client);
    both(&client.account(eduzz_oauth::Session::signed_out()));
    let me = GetMe::new();
    let token = token();
    send(client.call(&me, &token));
    send(client.call(&RawCall::get("/"), &token));
}

#[test]
fn client_is_built_without_a_runtime() {
    assert!(plain().build().is_ok());
    assert!(plain().user_agent("shop\n").build().is_err());
}

#[test]
fn sandbox_needs_no_certificate() {
    // `Roots::only` trusts nothing; the test below has a machine without certificates.
    let builder = Client::builder().proxy(Proxy::never()).roots(Roots::only());
    assert!(
        builder
            .origins(Origins::sandbox("http://127.0.0.1:1").unwrap())
            .build()
            .is_ok()
    );
}

/// The child process of [`machine_without_certificates_calls_a_sandbox_only`]; alone it does
/// nothing.
#[tokio::test]
async fn child_without_certificates() {
    if std::env::var_os("EDUZZ_TEST_NO_CERTIFICATES").is_none() {
        return;
    }
    let error = Client::new().unwrap_err();
    assert!(error.to_string().contains("trusts no certificate"), "{error}");
    let sandbox = Client::builder()
        .origins(Origins::sandbox("http://127.0.0.1:1").unwrap())
        .build()
        .unwrap();
    let error = sandbox.send(get("https://127.0.0.1:1/")).await.unwrap_err();
    assert!(error.is_tls(), "{error:?}");
    assert_eq!(error.sent(), eduzz_wire::Sent::NotSent);
    let error = sandbox.call(&GetMe::new(), &token()).await.unwrap_err();
    assert!(error.network().unwrap().is_connect(), "{error:?}");
}

#[test]
#[cfg(target_os = "linux")]
fn machine_without_certificates_calls_a_sandbox_only() {
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "client::child_without_certificates"]);
    child
        .env("EDUZZ_TEST_NO_CERTIFICATES", "1")
        .env("SSL_CERT_FILE", "/dev/null")
        .env_remove("SSL_CERT_DIR");
    let output = child.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

#[test]
#[cfg(all(feature = "ring", feature = "aws-lc-rs"))]
fn builder_chooses_between_both_providers() {
    for crypto in [eduzz_hyper::Crypto::Ring, eduzz_hyper::Crypto::AwsLcRs] {
        let client = plain().crypto(crypto).build().unwrap();
        assert!(client.new_state().is_ok());
    }
}
