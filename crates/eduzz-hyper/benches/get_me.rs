//! `GET /accounts/v1/me` through the client and through hyper-util by hand, against one server, in
//! one run.
//!
//! `cargo bench -p eduzz-hyper` prints time, CPU time and allocations for each request, and their
//! ratios. Only the ratios compare across machines.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use std::convert::Infallible;
use std::hint::black_box;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use eduzz_api::accounts::GetMe;
use eduzz_hyper::{Client, Pacing, Proxy, Roots};
use eduzz_testkit::counting::{Counting, allocations};
use eduzz_types::AccessToken;
use eduzz_types::accounts::Me;
use eduzz_wire::{Origin, Origins};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::crypto::ring;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

const BODY: &str =
    r#"{"id":"0b54e2c6-5d0e-4f0e-9a36-8a1a52a5c0de","name":"Loja Exemplo","email":"loja@example.com"}"#;
const TOKEN: &str = "MTIzNDU2Nzg5MGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6MTIzNDU2Nzg5MGFiY2RlZg==";
const ROUNDS: usize = 15;
const REQUESTS: usize = 400;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// A TLS server on its own thread.
struct Server {
    address: SocketAddr,
    certificate: Vec<u8>,
}

impl Server {
    fn start(alpn: &'static str) -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
        let certificate = made.cert.der().to_vec();
        let key = made.signing_key.serialize_der().try_into().unwrap();
        let mut config = rustls::ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone().into()], key)
            .unwrap();
        config.alpn_protocols = vec![alpn.as_bytes().to_vec()];
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let (said, heard) = std::sync::mpsc::channel();
        std::thread::spawn(move || runtime().block_on(serve(acceptor, said)));
        Self {
            address: heard.recv().unwrap(),
            certificate,
        }
    }
}

async fn serve(acceptor: TlsAcceptor, said: std::sync::mpsc::Sender<SocketAddr>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    said.send(listener.local_addr().unwrap()).unwrap();
    loop {
        let (tcp, _) = listener.accept().await.unwrap();
        tcp.set_nodelay(true).unwrap();
        let acceptor = acceptor.clone();
        tokio::spawn(async move {
            let Ok(tls) = acceptor.accept(tcp).await else {
                return;
            };
            let service = service_fn(async |_: Request<Incoming>| {
                Ok::<_, Infallible>(Response::new(Full::new(Bytes::from_static(BODY.as_bytes()))))
            });
            let server = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
            let _ = server.serve_connection(TokioIo::new(tls), service).await;
        });
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

/// One way to make the call.
trait Asks: Clone + 'static {
    fn ask(&self) -> impl Future<Output = Me>;
}

#[derive(Clone)]
struct Sdk {
    client: Client,
    token: AccessToken,
}

impl Sdk {
    fn new(server: &Server) -> Self {
        let origin = || Origin::parse(&format!("https://{}", server.address)).unwrap();
        let client = Client::builder()
            .origins(Origins::new(origin(), origin(), origin()))
            .roots(Roots::only().and_der(server.certificate.clone()))
            .proxy(Proxy::never())
            .pacing(Pacing::off())
            .build()
            .unwrap();
        Self {
            client,
            token: AccessToken::new(TOKEN),
        }
    }
}

impl Asks for Sdk {
    async fn ask(&self) -> Me {
        self.client.call(&GetMe::new(), &self.token).await.unwrap()
    }
}

/// The minimal code for the same call, without limits or timeouts.
#[derive(Clone)]
struct ByHand {
    client: legacy::Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    url: String,
}

impl ByHand {
    fn new(server: &Server) -> Self {
        let mut roots = rustls::RootCertStore::empty();
        roots.add(server.certificate.clone().into()).unwrap();
        let config = rustls::ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_nodelay(true);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(config)
            .https_only()
            .enable_all_versions()
            .wrap_connector(http);
        let client = legacy::Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .build(connector);
        Self {
            client,
            url: format!("https://{}/accounts/v1/me", server.address),
        }
    }
}

impl Asks for ByHand {
    async fn ask(&self) -> Me {
        let request = Request::get(self.url.as_str())
            .header("accept", "application/json")
            .header("authorization", format!("Bearer {TOKEN}"))
            .header("user-agent", "by-hand/0.1.0")
            .body(Full::default())
            .unwrap();
        let response = self.client.request(request).await.unwrap();
        assert!(response.status().is_success());
        let body = response.into_body().collect().await.unwrap().to_bytes();
        serde_json::from_slice(&body).unwrap()
    }
}

/// The cost of one request.
#[derive(Clone, Copy, Default)]
struct Cost {
    wall: f64,
    cpu: f64,
    allocations: f64,
}

async fn round(asks: &impl Asks, at_once: usize) -> Cost {
    let (wall, cpu, before) = (Instant::now(), cpu_time(), allocations());
    if at_once == 1 {
        for _ in 0..REQUESTS {
            black_box(asks.ask().await);
        }
    } else {
        let local = tokio::task::LocalSet::new();
        local
            .run_until(async {
                let mut tasks = JoinSet::new();
                for _ in 0..at_once {
                    let asks = asks.clone();
                    tasks.spawn_local(async move {
                        for _ in 0..REQUESTS / at_once {
                            black_box(asks.ask().await);
                        }
                    });
                }
                while let Some(done) = tasks.join_next().await {
                    done.unwrap();
                }
            })
            .await;
    }
    let done = (REQUESTS / at_once * at_once) as f64;
    Cost {
        wall: wall.elapsed().as_secs_f64() * 1e6 / done,
        cpu: (cpu_time() - cpu).as_secs_f64() * 1e6 / done,
        allocations: (allocations() - before) as f64 / done,
    }
}

/// The CPU time of this thread; zero if the system does not provide it.
fn cpu_time() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(
        text.split(' ')
            .next()
            .and_then(|first| first.parse().ok())
            .unwrap_or(0),
    )
}

fn median(costs: &[Cost], of: impl Fn(&Cost) -> f64) -> f64 {
    let mut values: Vec<f64> = costs.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn main() {
    println!("median of {ROUNDS} rounds of {REQUESTS} requests, each round after the other way's\n");
    println!("| over TLS | at once | | by hand | eduzz-hyper | ratio |");
    println!("|---|---|---|---|---|---|");
    for alpn in ["http/1.1", "h2"] {
        let server = Server::start(alpn);
        for at_once in [1, 64] {
            let (hand, sdk) = runtime().block_on(async {
                let (hand, sdk) = (ByHand::new(&server), Sdk::new(&server));
                round(&hand, at_once).await;
                round(&sdk, at_once).await;
                let (mut hands, mut sdks) = (Vec::new(), Vec::new());
                for _ in 0..ROUNDS {
                    hands.push(round(&hand, at_once).await);
                    sdks.push(round(&sdk, at_once).await);
                }
                (hands, sdks)
            });
            let row = |name: &str, digits: usize, of: fn(&Cost) -> f64| {
                let (hand, sdk) = (median(&hand, of), median(&sdk, of));
                println!(
                    "| {alpn} | {at_once} | {name} | {hand:.digits$} | {sdk:.digits$} | {:.2} |",
                    sdk / hand
                );
            };
            row("µs", 1, |cost| cost.wall);
            row("µs of CPU", 1, |cost| cost.cpu);
            row("allocations", 1, |cost| cost.allocations);
        }
    }
}
