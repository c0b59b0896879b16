//! A [`World`] behind a loopback socket.

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use eduzz_wire::Origins;
use http::Request;

use super::attempt::read_request;
use super::{Reply, World};

/// A world that is served until this is dropped.
#[derive(Debug)]
pub struct Hosted {
    address: SocketAddr,
    stops: Arc<AtomicBool>,
    server: Option<JoinHandle<()>>,
}

/// Serves the world on a free port.
///
/// # Panics
///
/// There is no port.
#[must_use]
pub fn hosted(world: World) -> Hosted {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    let address = listener.local_addr().expect("an address");
    let stops = Arc::new(AtomicBool::new(false));
    let server = thread::spawn({
        let stops = Arc::clone(&stops);
        move || serve(&listener, &world, &stops)
    });
    Hosted {
        address,
        stops,
        server: Some(server),
    }
}

impl Hosted {
    /// Where the world is.
    ///
    /// # Panics
    ///
    /// Never: the address is loopback.
    #[must_use]
    pub fn origins(&self) -> Origins {
        Origins::sandbox(&format!("http://{}", self.address)).expect("loopback")
    }
}

impl Drop for Hosted {
    fn drop(&mut self) {
        self.stops.store(true, Ordering::SeqCst);
        // Wakes the server.
        let _ = TcpStream::connect(self.address);
        if let Some(server) = self.server.take() {
            let _ = server.join();
        }
    }
}

/// Answers one request on each connection, one after the other.
fn serve(listener: &TcpListener, world: &World, stops: &AtomicBool) {
    let start = Instant::now();
    let mut silent = Vec::new();
    for stream in listener.incoming() {
        if stops.load(Ordering::SeqCst) {
            return;
        }
        let Ok(mut stream) = stream else { continue };
        // A client that gave up sends nothing.
        let Some(text) = read_request(&mut stream) else {
            continue;
        };
        let line = text.lines().next().unwrap_or_default();
        let mut words = line.split(' ');
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        let request = Request::builder().method(method).uri(target);
        let request = request.body(body.as_bytes().to_vec()).expect("a request");
        match world.answer(&request, start.elapsed()) {
            Reply::Answer(status, header, body) => {
                let header = header.map_or(String::new(), |(name, value)| format!("{name}: {value}\r\n"));
                let length = body.len();
                let head = format!(
                    "HTTP/1.1 {status} Status\r\n{header}content-length: {length}\r\nconnection: close\r\n\r\n"
                );
                // A client may refuse the length.
                let _ = stream.write_all(head.as_bytes());
                let _ = stream.write_all(body.as_bytes());
            }
            Reply::Cut => {}
            Reply::Silence => silent.push(stream),
        }
    }
}
