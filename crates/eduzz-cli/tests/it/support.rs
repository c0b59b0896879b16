//! Runs the program, and makes the requests of its browser.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use eduzz_sandbox::{Answer, Config, Sandbox};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::sync::mpsc;

/// No step takes this long unless the program hangs.
const STUCK: Duration = Duration::from_secs(60);

/// An environment and a home folder for the program, so that neither the tester's settings nor a
/// browser are used.
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

    pub(crate) fn unset(&mut self, name: &str) {
        self.environment.retain(|(other, _)| other != name);
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The file of the stored login.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("config").join("session.json")
    }

    fn command(&self, line: &str) -> Command {
        self.command_of(env!("CARGO_BIN_EXE_eduzz"), &[], line)
    }

    /// A program with these arguments and then those of the command line, which are split as a
    /// shell does.
    fn command_of(&self, program: &str, args: &[&str], line: &str) -> Command {
        let mut command = Command::new(program);
        command
            .args(args)
            .args(shlex::split(line).unwrap_or_else(|| panic!("quotes of {line}")))
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// Runs a command line, with nothing on the standard input.
    pub(crate) async fn run(&self, line: &str) -> Ran {
        output(self.command(line).spawn().unwrap()).await
    }

    /// Runs with a standard input.
    pub(crate) async fn run_with(&self, line: &str, input: &[u8]) -> Ran {
        let mut child = self.command(line).stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // The program may end without reading its input.
        let _ = stdin.write_all(input).await;
        drop(stdin);
        output(child).await
    }

    /// Runs with a standard output that belongs to the test.
    pub(crate) async fn run_into(&self, line: &str, out: impl Into<Stdio>) -> Ran {
        output(self.command(line).stdout(out).spawn().unwrap()).await
    }

    /// Runs as a user without rights, if the test is root, for whom no file is closed.
    #[cfg(unix)]
    pub(crate) async fn run_without_rights(&self, line: &str) -> Ran {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};

        let mut command = self.command(line);
        if std::fs::metadata(self.folder()).unwrap().uid() == 0 {
            std::fs::set_permissions(self.folder(), std::fs::Permissions::from_mode(0o755)).unwrap();
            command.uid(65_534).gid(65_534);
        }
        output(command.spawn().unwrap()).await
    }

    /// Runs without a terminal, even if the test itself has one.
    #[cfg(unix)]
    pub(crate) async fn run_without_terminal(&self, line: &str) -> Ran {
        const SETSID: &str = "/usr/bin/setsid";
        let mut command = self.command(line);
        if Path::new(SETSID).exists() {
            command = self.command_of(SETSID, &["--wait", env!("CARGO_BIN_EXE_eduzz")], line);
        }
        output(command.spawn().unwrap()).await
    }

    /// Runs with all three streams on a terminal of its own, where somebody types this. What it
    /// shows, the typed text included, is the standard output.
    #[cfg(unix)]
    pub(crate) async fn run_on_terminal(&self, line: &str, typed: &str) -> Ran {
        let (mut terminal, streams) = terminal();
        let mut command = self.command(line);
        let [stdin, stdout, stderr] = streams.map(Stdio::from);
        let mut child = command
            .stdin(stdin)
            .stdout(stdout)
            .stderr(stderr)
            .spawn()
            .unwrap();
        // The program's streams are the last ones of the terminal: when they end, it ends.
        drop(command);
        std::io::Write::write_all(&mut terminal, typed.as_bytes()).unwrap();
        let shown = tokio::task::spawn_blocking(move || {
            let mut shown = Vec::new();
            // Linux ends it with an error.
            let _ = std::io::Read::read_to_end(&mut terminal, &mut shown);
            String::from_utf8(shown).unwrap().replace("\r\n", "\n")
        });
        let ended = async { (shown.await.unwrap(), child.wait().await.unwrap()) };
        let (out, status) = tokio::time::timeout(STUCK, ended).await.expect("stuck");
        Ran {
            code: status.code(),
            out,
            err: String::new(),
        }
    }

    /// Starts with all three streams on a terminal of its own. What it shows is the standard
    /// output.
    #[cfg(unix)]
    pub(crate) fn start_on_terminal(&self, line: &str) -> Running {
        let (mut terminal, streams) = terminal();
        let mut command = self.command(line);
        let [stdin, stdout, stderr] = streams.map(Stdio::from);
        let child = command
            .stdin(stdin)
            .stdout(stdout)
            .stderr(stderr)
            .spawn()
            .unwrap();
        let (mut shown, out) = std::os::unix::net::UnixStream::pair().unwrap();
        std::thread::spawn(move || std::io::copy(&mut terminal, &mut shown));
        out.set_nonblocking(true).unwrap();
        Running {
            child,
            out: Pipe::of(tokio::net::UnixStream::from_std(out).unwrap()),
            err: Pipe::of(tokio::io::empty()),
        }
    }

    /// Starts where no file can grow beyond this number of blocks, as on a full disk. (A block is
    /// 512 bytes; some shells take 1024.)
    #[cfg(unix)]
    pub(crate) fn start_on_full_disk(&self, blocks: u32, line: &str) -> Running {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let args = ["-c", &script, env!("CARGO_BIN_EXE_eduzz")];
        Running::of(self.command_of("/bin/sh", &args, line))
    }

    /// Starts a shell that finds the program, and ends at the first error.
    #[cfg(unix)]
    pub(crate) fn start_shell(&self) -> Running {
        let folder = Path::new(env!("CARGO_BIN_EXE_eduzz")).parent().unwrap();
        let mut command = self.command_of("/bin/sh", &["-e"], "");
        command.env("PATH", format!("{}:/usr/bin:/bin", folder.display()));
        Running::of(command)
    }

    /// Starts without waiting for the end.
    pub(crate) fn start(&self, line: &str) -> Running {
        Running::of(self.command(line))
    }

    /// Starts with a standard output that belongs to the test.
    #[cfg(unix)]
    pub(crate) fn start_into(&self, line: &str, out: impl Into<Stdio>) -> Running {
        let mut command = self.command(line);
        command.stdout(out);
        Running::of(command)
    }

    /// Starts a login without a browser, and gives the address that it shows.
    pub(crate) async fn login(&self, options: &str) -> (Running, String) {
        let mut running = self.start(&format!("login --no-browser {options}"));
        let url = running.address().await;
        (running, url)
    }

    /// Signs in on this port, and ends when the browser has shown the last page.
    pub(crate) async fn sign_in(&self, sandbox: &Sandbox, port: u16) {
        let (login, ..) = self.login_answered(sandbox, port, "", Answer::Approve).await;
        login.ended().await.ended(0);
    }

    /// Starts a login and answers it in the browser, to its last page; gives both responses.
    pub(crate) async fn login_answered(
        &self,
        sandbox: &Sandbox,
        port: u16,
        options: &str,
        answer: Answer,
    ) -> (Running, Response, Response) {
        let (login, url) = self.login(options).await;
        let returned = way_back(sandbox, &url, answer).await;
        let callback = open(port, target(&returned, port)).await;
        (login, callback, open(port, "/retorno/fim").await)
    }
}

/// A new terminal: its outer side, and three streams of its inner side.
#[cfg(unix)]
pub(crate) fn terminal() -> (std::fs::File, [std::fs::File; 3]) {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    let outer = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&outer).unwrap();
    unlockpt(&outer).unwrap();
    let name = ptsname(&outer, Vec::new()).unwrap();
    let open = || {
        let mut options = std::fs::OpenOptions::new();
        options
            .read(true)
            .write(true)
            .open(name.to_str().unwrap())
            .unwrap()
    };
    (outer.into(), [open(), open(), open()])
}

async fn output(child: Child) -> Ran {
    let output = tokio::time::timeout(STUCK, child.wait_with_output());
    let output = output.await.expect("stuck").unwrap();
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The address that the browser is sent back to after this answer.
pub(crate) async fn way_back(sandbox: &Sandbox, url: &str, answer: Answer) -> String {
    let visit = sandbox.visitor().visit(url, answer).await;
    visit.unwrap().returned_to
}

/// The rows of a table: one on each line, with `=>` between its cells.
pub(crate) fn cases<const N: usize>(table: &str) -> impl Iterator<Item = [&str; N]> {
    let rows = table.lines().filter(|row| !row.trim().is_empty());
    rows.map(|row| {
        let cells: Vec<&str> = row.split("=>").map(str::trim).collect();
        cells.try_into().unwrap_or_else(|_| panic!("{row}"))
    })
}

impl Ran {
    #[track_caller]
    pub(crate) fn ended(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(!self.err.contains("panicked"), "{self:?}");
        self
    }

    /// The error is one to three lines, and contains this text.
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

    /// The standard output contains all of these.
    #[track_caller]
    pub(crate) fn shows(&self, texts: &[&str]) {
        for text in texts {
            assert!(self.out.contains(text), "{text}: {self:?}");
        }
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// A running program, whose output is read all the time so that it never waits for the test.
pub(crate) struct Running {
    child: Child,
    out: Pipe,
    err: Pipe,
}

struct Pipe {
    lines: mpsc::UnboundedReceiver<String>,
    /// All that was received so far.
    seen: String,
}

impl Pipe {
    fn of(pipe: impl AsyncRead + Send + Unpin + 'static) -> Self {
        let (send, lines) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            let (mut pipe, mut line) = (BufReader::new(pipe), String::new());
            while pipe.read_line(&mut line).await.unwrap() > 0 {
                let _ = send.send(std::mem::take(&mut line));
            }
        });
        let seen = String::new();
        Self { lines, seen }
    }

    async fn next(&mut self) -> Option<String> {
        let line = self.lines.recv().await?;
        self.seen.push_str(&line);
        Some(line)
    }

    async fn line_with(&mut self, text: &str) -> String {
        let find = async {
            while let Some(line) = self.next().await {
                if line.contains(text) {
                    return line.trim_end_matches(['\r', '\n']).to_owned();
                }
            }
            panic!("no line has {text}: {}", self.seen)
        };
        tokio::time::timeout(STUCK, find).await.expect("stuck")
    }

    async fn whole(mut self) -> String {
        while self.next().await.is_some() {}
        self.seen
    }
}

impl Running {
    fn of(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        let out = match child.stdout.take() {
            Some(out) => Pipe::of(out),
            None => Pipe::of(tokio::io::empty()),
        };
        let err = Pipe::of(child.stderr.take().unwrap());
        Self { child, out, err }
    }

    /// The address that a login shows.
    pub(crate) async fn address(&mut self) -> String {
        self.err_line_with("/oauth/authorize?").await.trim().to_owned()
    }

    /// The port of the next address on this machine that it shows.
    pub(crate) async fn port(&mut self) -> u16 {
        let line = self.err_line_with("http://127.0.0.1:").await;
        let port = line.split("http://127.0.0.1:").nth(1).unwrap();
        let digits: String = port.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap()
    }

    /// The next line of the standard error that contains this.
    pub(crate) async fn err_line_with(&mut self, text: &str) -> String {
        self.err.line_with(text).await
    }

    /// The next line of the standard output that contains this.
    pub(crate) async fn out_line_with(&mut self, text: &str) -> String {
        self.out.line_with(text).await
    }

    /// The next line of the standard output that contains this, as JSON.
    pub(crate) async fn json_line_with(&mut self, text: &str) -> serde_json::Value {
        serde_json::from_str(&self.out_line_with(text).await).unwrap()
    }

    /// The standard output that the test has read.
    pub(crate) fn out_so_far(&self) -> &str {
        &self.out.seen
    }

    pub(crate) async fn type_in(&mut self, text: &str) {
        let stdin = self.child.stdin.as_mut().unwrap();
        stdin.write_all(text.as_bytes()).await.unwrap();
        stdin.flush().await.unwrap();
    }

    /// Presses Ctrl-C.
    #[cfg(unix)]
    pub(crate) fn interrupt(&self) {
        self.signal("INT");
    }

    /// Kills it, and waits until it is gone. Gives its standard output.
    #[cfg(unix)]
    pub(crate) async fn kill(mut self) -> String {
        use std::os::unix::process::ExitStatusExt as _;

        self.child.start_kill().unwrap();
        assert_eq!(self.child.wait().await.unwrap().signal(), Some(9));
        self.out.whole().await
    }

    /// Sends a signal of this name.
    #[cfg(unix)]
    pub(crate) fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id().unwrap());
        let status = std::process::Command::new("/bin/sh")
            .args(["-c", &kill])
            .status()
            .unwrap();
        assert!(status.success());
    }

    /// Closes the standard input and waits for the end.
    pub(crate) async fn ended(mut self) -> Ran {
        drop(self.child.stdin.take());
        self.ended_by_itself().await
    }

    /// Waits for the end, with the standard input still open.
    pub(crate) async fn ended_by_itself(mut self) -> Ran {
        let _stdin = self.child.stdin.take();
        let rest = async {
            let (out, err) = tokio::join!(self.out.whole(), self.err.whole());
            let code = self.child.wait().await.unwrap().code();
            Ran { code, out, err }
        };
        tokio::time::timeout(STUCK, rest).await.expect("stuck")
    }
}

/// A sandbox, and a home that signs in to it with this port.
pub(crate) async fn sandbox_with_home() -> (Sandbox, Home, u16) {
    let port = free_port().await;
    let mut config = Config::default();
    config.apps[0].return_urls.push(return_url(port));
    let sandbox = Sandbox::start(config).await.unwrap();
    let home = Home::new()
        .at(&sandbox)
        .with("EDUZZ_RETURN_URL", &return_url(port));
    (sandbox, home, port)
}

pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::start(Config::default()).await.unwrap()
}

pub(crate) fn return_url(port: u16) -> String {
    format!("http://127.0.0.1:{port}/retorno")
}

/// A free port. It is below the range that the system assigns to connections of other tests.
pub(crate) async fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Test processes that run at the same time start at other ports.
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
