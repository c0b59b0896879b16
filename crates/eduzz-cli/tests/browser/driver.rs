//! chromedriver and its protocol: JSON over plain HTTP on loopback.
//!
//! Written by hand because the WebDriver client of crates.io brings twenty-three crates, one of
//! them under a licence that deny.toml does not allow, for a dozen commands.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::timeout;

/// Longer than any timeout of the browser, so that its errors come first.
const STUCK: Duration = Duration::from_secs(30);
/// Timeout for closing the browsers.
const STOP: Duration = Duration::from_secs(5);
const INSTALL: &str = "on Debian: apt-get install chromium chromium-driver";

/// A chromedriver that ends with the test and closes its browsers.
pub(crate) struct Driver {
    port: u16,
    /// The profiles of the browsers, apart from the tester's own.
    folder: TempDir,
    child: Child,
    /// Kept open: writing to a closed pipe would fail.
    _out: Lines<BufReader<ChildStdout>>,
}

impl Driver {
    pub(crate) async fn start() -> Self {
        let folder = TempDir::new().unwrap();
        let mut command = Command::new(on_path("chromedriver"));
        // The browsers join this process group.
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command
            .arg("--port=0")
            .env("HOME", folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("chromedriver does not start ({error}); {INSTALL}"));
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = timeout(STUCK, port(&mut out))
            .await
            .expect("chromedriver does not say where it listens");
        Self {
            port,
            folder,
            child,
            _out: out,
        }
    }

    /// An empty folder for a browser's profile.
    pub(crate) fn profile(&self) -> PathBuf {
        TempDir::new_in(self.folder.path()).unwrap().keep()
    }

    /// Sends a command and returns its answer.
    pub(crate) async fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let (status, text) = timeout(STUCK, exchange(self.address(), method, path, &body))
            .await
            .map_err(|_| format!("chromedriver does not answer to {method} {path}"))?
            .map_err(|error| format!("{method} {path}: {error}"))?;
        let mut answer: Value = serde_json::from_str(&text).map_err(|error| format!("{error}: {text}"))?;
        let value = answer["value"].take();
        if status == 200 {
            Ok(value)
        } else {
            // The rest is the driver's stack trace.
            Err(format!("{}: {}", value["error"], value["message"]))
        }
    }

    fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))
    }

    /// Closes the browsers. It blocks because `drop` cannot await.
    fn shut_down(&self) -> io::Result<()> {
        let mut socket = std::net::TcpStream::connect_timeout(&self.address(), STOP)?;
        socket.set_read_timeout(Some(STOP))?;
        socket.write_all(head("GET", "/shutdown", 0).as_bytes())?;
        socket.read_to_end(&mut Vec::new())?;
        Ok(())
    }

    /// Kills chromedriver and its browsers by their process group.
    fn kill_group(&self) {
        if let (true, Some(group)) = (cfg!(unix), self.child.id()) {
            let kill = format!("kill -KILL -{group}");
            let _ = std::process::Command::new("/bin/sh").args(["-c", &kill]).status();
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // A killed chromedriver leaves its browsers behind, so it is shut down first.
        if self.shut_down().is_err() {
            self.kill_group();
        }
        // It may have ended by itself.
        let _ = self.child.start_kill();
    }
}

/// The path of a program.
pub(crate) fn on_path(program: &str) -> PathBuf {
    find(program).unwrap_or_else(|| panic!("`{program}` is not on PATH; {INSTALL}"))
}

fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| Path::is_file(file))
}

/// Whether a test can run. Without a browser it says that it is skipped, and fails in CI.
pub(crate) fn is_there() -> bool {
    let missing = ["chromium", "chromedriver"]
        .into_iter()
        .find(|program| find(program).is_none());
    if let Some(program) = missing {
        assert!(
            std::env::var_os("CI").is_none(),
            "`{program}` is not on PATH; {INSTALL}"
        );
        let thread = std::thread::current();
        let test = thread.name().unwrap_or_default();
        #[allow(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: {test}: `{program}` is not on PATH; {INSTALL}");
        }
    }
    missing.is_none()
}

async fn port(out: &mut Lines<BufReader<ChildStdout>>) -> u16 {
    let mut told = String::new();
    while let Some(line) = out.next_line().await.unwrap() {
        let found = line
            .strip_prefix("ChromeDriver was started successfully on port ")
            .and_then(|rest| rest.trim_end_matches('.').parse().ok());
        if let Some(port) = found {
            return port;
        }
        told.push_str(&line);
        told.push('\n');
    }
    panic!("chromedriver ended: {told}")
}

fn head(method: &str, path: &str, length: usize) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n"
    )
}

/// One request on its own connection. chromedriver announces to close it, and does not.
async fn exchange(address: SocketAddr, method: &str, path: &str, body: &str) -> io::Result<(u16, String)> {
    let mut socket = BufReader::new(TcpStream::connect(address).await?);
    socket
        .write_all(format!("{}{body}", head(method, path, body.len())).as_bytes())
        .await?;
    let mut line = String::new();
    socket.read_line(&mut line).await?;
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| io::Error::other(format!("no response: {line}")))?;
    let mut length = 0;
    while line != "\r\n" {
        line.clear();
        if socket.read_line(&mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        match line.split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
            _ => {}
        }
    }
    let mut body = vec![0; length];
    socket.read_exact(&mut body).await?;
    String::from_utf8(body)
        .map(|body| (status, body))
        .map_err(io::Error::other)
}
