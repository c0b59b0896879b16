//! The sandbox on loopback sockets.

use eduzz_sandbox::{Config, Sandbox, StartError};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A request on its own connection; the answer, as far as it came.
pub(crate) async fn exchange(port: u16, line: &str, header: &str, body: &str) -> String {
    let mut socket = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let length = body.len();
    let head = format!("{line} HTTP/1.1\r\n{header}\r\ncontent-length: {length}\r\nconnection: close");
    let request = format!("{head}\r\n\r\n{body}");
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A reset is an end too.
    let _ = socket.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn sandbox_answers_at_its_url() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    assert_eq!(sandbox.url(), format!("http://127.0.0.1:{}", sandbox.port()));
    assert_eq!(sandbox.app().owner, sandbox.person().account_id);
    assert_eq!(sandbox.config().apps[0], *sandbox.app());
    let app = sandbox.app();
    assert_eq!(
        sandbox.environment(),
        [
            ("EDUZZ_SANDBOX", sandbox.url()),
            ("EDUZZ_CLIENT_ID", app.client_id.clone()),
            ("EDUZZ_CLIENT_SECRET", app.client_secret.clone()),
        ]
    );

    let get = async |host: &str| exchange(sandbox.port(), "GET /", &format!("host: {host}"), "").await;
    let page = get(&format!("127.0.0.1:{}", sandbox.port())).await;
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(page.contains(&sandbox.url()), "{page}");
    let elsewhere = get("eduzz.example.com").await;
    assert!(elsewhere.starts_with("HTTP/1.1 421"), "{elsewhere}");
    sandbox.stop().await;
}

#[tokio::test]
async fn port_in_use_is_named_with_a_hint() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let mut config = Config::default();
    config.port = port;
    let error = Sandbox::start(config).await.unwrap_err();
    assert!(matches!(error, StartError::PortInUse { port: named } if named == port));
    assert!(error.to_string().contains(&port.to_string()) && error.to_string().contains("another port"));
}

#[tokio::test]
async fn invalid_configuration_does_not_start() {
    let mut config = Config::default();
    config.apps.clear();
    assert!(matches!(Sandbox::start(config).await, Err(StartError::Config(_))));
}

/// A connection on which one request was answered.
async fn idle(port: u16) -> TcpStream {
    let mut idle = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    idle.write_all(b"GET /sandbox.svg HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await
        .unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.unwrap();
    idle
}

#[tokio::test]
async fn stop_frees_the_port_and_closes_idle_connections() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let port = sandbox.port();
    let mut idle = idle(port).await;
    sandbox.stop().await;
    idle.read_to_end(&mut Vec::new()).await.unwrap();

    let mut config = Config::default();
    config.port = port;
    Sandbox::start(config).await.unwrap().stop().await;
}

#[tokio::test]
async fn drop_frees_the_port() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let port = sandbox.port();
    let mut idle = idle(port).await;
    drop(sandbox);
    // It ends when the server has let go of it.
    idle.read_to_end(&mut Vec::new()).await.unwrap();
}
