//! Running the program, playing the browser, and playing a service that misbehaves.

use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use eduzz_sandbox::{Answer, Config, Sandbox};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, ChildStderr, Command};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Nothing here takes that long; what does is stuck.
const STUCK: Duration = Duration::from_secs(60);

/// A person's place: an environment of its own, so that neither the tester's settings nor a browser are touched.
pub(crate) struct Home {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Home {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        let environment = vec![
            ("HOME".to_owned(), path("home")),
            ("PATH".to_owned(), path("nothing")),
            ("EDUZZ_CONFIG_DIR".to_owned(), path("config")),
        ];
        Self { folder, environment }
    }

    /// Points the program to a sandbox, with the id and the secret of its application.
    pub(crate) fn at(mut self, sandbox: &Sandbox) -> Self {
        let app = sandbox.app();
        self.set("EDUZZ_SANDBOX", &sandbox.url());
        self.set("EDUZZ_CLIENT_ID", &app.client_id);
        self.set("EDUZZ_CLIENT_SECRET", &app.client_secret);
        self
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.set(name, value);
        self
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.unset(name);
        self.environment.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn get(&self, name: &str) -> &str {
        let found = self.environment.iter().find(|(other, _)| other == name);
        found.map_or("", |(_, value)| value)
    }

    pub(crate) fn unset(&mut self, name: &str) {
        self.environment.retain(|(other, _)| other != name);
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where the grant is kept.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("config").join("session.json")
    }

    fn command(&self, args: &[&str]) -> Command {
        self.command_of(env!("CARGO_BIN_EXE_eduzz"), args)
    }

    fn command_of(&self, program: &str, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(args)
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    pub(crate) async fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, b"").await
    }

    /// Runs with a standard input.
    pub(crate) async fn run_with(&self, args: &[&str], input: &[u8]) -> Ran {
        let mut child = self.command(args).stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that does not read its input is none the worse.
        let _ = stdin.write_all(input).await;
        drop(stdin);
        let output = tokio::time::timeout(STUCK, child.wait_with_output())
            .await
            .expect("stuck")
            .unwrap();
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs with a standard output of the test's.
    pub(crate) async fn run_into(&self, args: &[&str], out: impl Into<Stdio>) -> Ran {
        let child = self.command(args).stdout(out).spawn().unwrap();
        let output = tokio::time::timeout(STUCK, child.wait_with_output())
            .await
            .expect("stuck")
            .unwrap();
        Ran {
            code: output.status.code(),
            out: String::new(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs without a terminal, should the tester have one.
    #[cfg(unix)]
    pub(crate) async fn run_without_terminal(&self, args: &[&str]) -> Ran {
        const SETSID: &str = "/usr/bin/setsid";
        let mut command = self.command(args);
        if Path::new(SETSID).exists() {
            command = self.command_of(SETSID, &[&["--wait", env!("CARGO_BIN_EXE_eduzz")], args].concat());
        }
        let child = command.spawn().unwrap();
        let output = tokio::time::timeout(STUCK, child.wait_with_output())
            .await
            .expect("stuck")
            .unwrap();
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Starts where no file can grow beyond so many blocks, as on a full disk. (A block is 512 bytes; some shells take 1024.)
    #[cfg(unix)]
    pub(crate) fn start_on_full_disk(&self, blocks: u32, args: &[&str]) -> Running {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let args = [&["-c", &script, env!("CARGO_BIN_EXE_eduzz")], args].concat();
        Running::of(self.command_of("/bin/sh", &args))
    }

    /// Starts without waiting for the end.
    pub(crate) fn start(&self, args: &[&str]) -> Running {
        Running::of(self.command(args))
    }

    /// Starts a login whose browser is the test, and gives the address that it is to open.
    pub(crate) async fn login(&self, args: &[&str]) -> (Running, String) {
        let mut running = self.start(&[&["login", "--no-browser"], args].concat());
        let url = running.err_line_with("/oauth/authorize?").await.trim().to_owned();
        (running, url)
    }

    /// Signs in on this port, and ends when the person has seen that it is done.
    pub(crate) async fn sign_in(&self, sandbox: &Sandbox, port: u16) {
        let (login, url) = self.login(&[]).await;
        let returned = way_back(sandbox, &url, Answer::Approve).await;
        open(port, target(&returned, port)).await;
        open(port, "/retorno/fim").await;
        login.ended().await.ended(0);
    }
}

/// The address that the browser is sent back to by a person who answers so.
pub(crate) async fn way_back(sandbox: &Sandbox, url: &str, answer: Answer) -> String {
    let visit = sandbox.visitor().visit(url, answer).await;
    visit.unwrap().returned_to
}

impl Ran {
    #[track_caller]
    pub(crate) fn ended(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(!self.err.contains("panicked"), "{self:?}");
        self
    }

    /// What went wrong was told in one to three lines, which hold this.
    #[track_caller]
    pub(crate) fn told(&self, text: &str) -> &Self {
        assert!(self.err.contains(text), "{text}: {self:?}");
        let lines = self
            .err
            .lines()
            .skip_while(|line| !line.starts_with("erro:") && !line.starts_with("error:"));
        assert!((1..=3).contains(&lines.count()), "{self:?}");
        self
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// A program that runs.
pub(crate) struct Running {
    child: Child,
    out: UnboundedReceiver<String>,
    err: Lines<BufReader<ChildStderr>>,
    told: String,
}

impl Running {
    fn of(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let (send, out) = unbounded_channel();
        // A full pipe would stop the program.
        tokio::spawn(async move {
            let mut line = String::new();
            while stdout.read_line(&mut line).await.unwrap() > 0 {
                let _ = send.send(std::mem::take(&mut line));
            }
        });
        let err = BufReader::new(child.stderr.take().unwrap()).lines();
        Self {
            child,
            out,
            err,
            told: String::new(),
        }
    }

    /// The address that a login shows.
    pub(crate) async fn address(&mut self) -> String {
        self.err_line_with("/oauth/authorize?").await.trim().to_owned()
    }

    /// The next line of the standard error that holds this.
    pub(crate) async fn err_line_with(&mut self, text: &str) -> String {
        let find = async {
            loop {
                let line = self
                    .err
                    .next_line()
                    .await
                    .unwrap()
                    .unwrap_or_else(|| panic!("{text}: {}", self.told));
                self.told.push_str(&line);
                self.told.push('\n');
                if line.contains(text) {
                    return line;
                }
            }
        };
        tokio::time::timeout(STUCK, find).await.expect("stuck")
    }

    /// The next line of the standard output that holds this.
    pub(crate) async fn out_line_with(&mut self, text: &str) -> String {
        let find = async {
            loop {
                let line = self.out.recv().await;
                let line = line.unwrap_or_else(|| panic!("{text} is not told"));
                if line.contains(text) {
                    return line.trim_end().to_owned();
                }
            }
        };
        tokio::time::timeout(STUCK, find).await.expect("stuck")
    }

    pub(crate) async fn type_in(&mut self, text: &str) {
        let stdin = self.child.stdin.as_mut().unwrap();
        stdin.write_all(text.as_bytes()).await.unwrap();
        stdin.flush().await.unwrap();
    }

    /// Presses Ctrl-C.
    #[cfg(unix)]
    pub(crate) fn interrupt(&self) {
        let kill = format!("kill -INT {}", self.child.id().unwrap());
        let status = std::process::Command::new("/bin/sh")
            .args(["-c", &kill])
            .status()
            .unwrap();
        assert!(status.success());
    }

    /// Waits for the end, with nothing more to come on the standard input.
    pub(crate) async fn ended(mut self) -> Ran {
        drop(self.child.stdin.take());
        self.ended_by_itself().await
    }

    /// Waits for the end, with the standard input still open.
    pub(crate) async fn ended_by_itself(mut self) -> Ran {
        let _stdin = self.child.stdin.take();
        let rest = async {
            let (mut out, mut err) = (String::new(), self.told);
            self.err.into_inner().read_to_string(&mut err).await.unwrap();
            while let Some(line) = self.out.recv().await {
                out.push_str(&line);
            }
            let status: ExitStatus = self.child.wait().await.unwrap();
            Ran {
                code: status.code(),
                out,
                err,
            }
        };
        tokio::time::timeout(STUCK, rest).await.expect("stuck")
    }
}

/// A sandbox whose application returns to this port, too.
pub(crate) async fn sandbox_for(port: u16) -> Sandbox {
    let mut config = Config::default();
    config.apps[0].return_urls.push(return_url(port));
    Sandbox::start(config).await.unwrap()
}

pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::start(Config::default()).await.unwrap()
}

pub(crate) fn return_url(port: u16) -> String {
    format!("http://127.0.0.1:{port}/retorno")
}

/// A port that nobody listens on, and that no connection of another test is given: it is below those that the system gives.
pub(crate) async fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Tests that run beside these are some hundred ports away.
    let start = u16::try_from(std::process::id() % 100 * 97).unwrap();
    loop {
        let port = 20_000 + (start + NEXT.fetch_add(1, Ordering::Relaxed)) % 10_000;
        if TcpListener::bind(("127.0.0.1", port)).await.is_ok() {
            return port;
        }
    }
}

/// A response as it came.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Response {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    }
}

/// Sends a request as it is, and reads until the connection ends.
pub(crate) async fn send(port: u16, request: impl AsRef<[u8]>) -> Response {
    let request = request.as_ref();
    let mut socket = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    // The other side may answer, and hang up, before it has read all.
    let _ = socket.write_all(request).await;
    let mut bytes = Vec::new();
    let _ = tokio::time::timeout(STUCK, socket.read_to_end(&mut bytes))
        .await
        .expect("stuck");
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text
        .split_once("\r\n\r\n")
        .unwrap_or_else(|| panic!("no response to {:.200}: {text}", String::from_utf8_lossy(request)));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Response {
        status,
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

/// Opens an address as a browser does, and follows no redirect.
pub(crate) async fn open(port: u16, target: &str) -> Response {
    let request = format!(
        "GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
    );
    send(port, &request).await
}

/// The path and query of an address on this port.
pub(crate) fn target(address: &str, port: u16) -> &str {
    address
        .strip_prefix(&format!("http://127.0.0.1:{port}"))
        .unwrap_or_else(|| panic!("{address}"))
}

/// A service that answers every request with the same bytes and hangs up. It gives its address.
pub(crate) async fn service(answer: impl Into<Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let answer = answer.into();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut seen = Vec::new();
                let mut buffer = [0; 4096];
                while !seen.windows(4).any(|bytes| bytes == b"\r\n\r\n") {
                    match socket.read(&mut buffer).await {
                        Ok(0) | Err(_) => break,
                        Ok(count) => seen.extend_from_slice(&buffer[..count]),
                    }
                }
                let _ = socket.write_all(&answer).await;
                let _ = socket.shutdown().await;
            });
        }
    });
    url
}

/// A response with this status and body.
pub(crate) fn response(status: u16, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} Status\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}
