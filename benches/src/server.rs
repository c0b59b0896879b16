//! The server, a process of its own, so that only the client's instructions are counted.

use std::convert::Infallible;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::rc::Rc;
use std::sync::Arc;

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::rt::Executor;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{LocalSet, spawn_local};
use tokio_rustls::TlsAcceptor;

use crate::bodies::{ME, Shop, TOKEN};

/// A server that ends with this value.
pub(crate) struct Server {
    process: Child,
    /// HTTP/1.1 and HTTP/2 over TLS, and plain HTTP/1.1.
    ports: [u16; 3],
    pub(crate) certificate: Vec<u8>,
}

impl Server {
    /// Starts this program again, as a server with this many sales.
    pub(crate) fn start(sales: u64) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["serve", &sales.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let output = process.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut line).unwrap();
        let mut words = line.split_whitespace();
        let ports = [(); 3].map(|()| words.next().unwrap().parse().unwrap());
        let certificate = words.map(|byte| byte.parse().unwrap()).collect();
        Self {
            process,
            ports,
            certificate,
        }
    }

    pub(crate) fn origin(&self, http2: bool) -> String {
        format!("https://localhost:{}", self.ports[usize::from(http2)])
    }

    pub(crate) fn plain(&self) -> String {
        format!("http://127.0.0.1:{}", self.ports[2])
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// Serves until the standard input ends. Prints the ports and the certificate's bytes.
pub(crate) fn serve(sales: u64) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let certificate = made.cert.der().to_vec();
    let key = made.signing_key.serialize_der().try_into().unwrap();
    let tls = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone().into()], key)
        .unwrap();
    let shop = Rc::new(Shop::new(sales));
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    LocalSet::new().block_on(&runtime, async {
        let mut line = String::new();
        for alpn in [Some("http/1.1"), Some("h2"), None] {
            let acceptor = alpn.map(|alpn| {
                let mut tls = tls.clone();
                tls.alpn_protocols = vec![alpn.into()];
                TlsAcceptor::from(Arc::new(tls))
            });
            line += &format!(
                "{} ",
                listen(acceptor, alpn == Some("h2"), Rc::clone(&shop)).await
            );
        }
        certificate.iter().for_each(|byte| line += &format!("{byte} "));
        println!("{line}");
        std::io::stdout().flush().unwrap();
        std::future::pending::<()>().await;
    });
}

async fn listen(acceptor: Option<TlsAcceptor>, is_http2: bool, shop: Rc<Shop>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    spawn_local(async move {
        loop {
            let (tcp, _) = listener.accept().await.unwrap();
            tcp.set_nodelay(true).unwrap();
            spawn_local(connection(tcp, acceptor.clone(), is_http2, Rc::clone(&shop)));
        }
    });
    port
}

async fn connection(tcp: TcpStream, acceptor: Option<TlsAcceptor>, is_http2: bool, shop: Rc<Shop>) {
    let service = service_fn(move |request| answer(request, Rc::clone(&shop)));
    // A client that leaves without a goodbye is no failure here.
    let _ = match acceptor {
        None => {
            http1::Builder::new()
                .serve_connection(TokioIo::new(tcp), service)
                .await
        }
        Some(acceptor) => {
            let Ok(tls) = acceptor.accept(tcp).await else {
                return;
            };
            if is_http2 {
                http2::Builder::new(Local)
                    .serve_connection(TokioIo::new(tls), service)
                    .await
            } else {
                let mut server = http1::Builder::new();
                server.timer(TokioTimer::new());
                server.serve_connection(TokioIo::new(tls), service).await
            }
        }
    };
}

async fn answer(request: Request<Incoming>, shop: Rc<Shop>) -> Result<Response<Full<Bytes>>, Infallible> {
    let query = request.uri().query().unwrap_or_default().to_owned();
    let number = |name: &str| {
        let value = |field: &str| field.strip_prefix(name)?.strip_prefix('=')?.parse().ok();
        query.split('&').find_map(value)
    };
    let body = match request.uri().path() {
        "/accounts/v1/me" => Bytes::from_static(ME),
        "/oauth/token" => {
            let _ = request.into_body().collect().await;
            Bytes::from_static(TOKEN)
        }
        _ => shop
            .page(number("page").unwrap_or(1), number("itemsPerPage").unwrap_or(10))
            .into(),
    };
    let response = Response::builder().header("content-type", "application/json; charset=utf-8");
    Ok(response.body(Full::new(body)).unwrap())
}

#[derive(Clone)]
struct Local;

impl<F: Future + 'static> Executor<F> for Local {
    fn execute(&self, future: F) {
        spawn_local(async move {
            future.await;
        });
    }
}
