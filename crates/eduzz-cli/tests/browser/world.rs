//! A sandbox for one sign-in, and the time that a test may take.

use std::future::Future;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use eduzz_sandbox::{AppConfig, Config, Person, Sandbox};
use tokio::net::TcpListener;

/// Several times what a test needs: nothing may hold continuous integration up, and a slow machine is no fault.
const LIMIT: Duration = Duration::from_secs(120);

/// Runs a test, for no longer than it may take.
pub(crate) async fn bounded(test: impl Future<Output = ()>) {
    tokio::time::timeout(LIMIT, test).await.expect("it took too long");
}

/// A sandbox, and a return URL on this machine that its applications have registered.
pub(crate) struct World {
    pub(crate) sandbox: Sandbox,
    pub(crate) config: Config,
    pub(crate) return_url: String,
}

impl World {
    pub(crate) async fn start() -> Self {
        let return_url = format!("http://127.0.0.1:{}/retorno", free_port().await);
        let mut config = Config::default();
        for app in &mut config.apps {
            app.return_urls = vec![return_url.clone()];
        }
        let sandbox = Sandbox::start(config.clone()).await.unwrap();
        Self {
            sandbox,
            config,
            return_url,
        }
    }

    /// The application that anybody can authorize.
    pub(crate) fn live(&self) -> &AppConfig {
        &self.config.apps[0]
    }

    /// The application that only its makers can authorize.
    pub(crate) fn trial(&self) -> &AppConfig {
        &self.config.apps[1]
    }

    pub(crate) fn owner(&self) -> &Person {
        &self.config.people[0]
    }

    /// Somebody who has nothing to do with either.
    pub(crate) fn stranger(&self) -> &Person {
        &self.config.people[2]
    }
}

/// A port that nobody listens on, and that no connection is given: it is below those that the system gives. The program is
/// told its number before it listens there itself.
async fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = u16::try_from(std::process::id() % 8_000).unwrap();
    loop {
        let port = 11_000 + (start + NEXT.fetch_add(1, Ordering::Relaxed)) % 8_000;
        if TcpListener::bind(("127.0.0.1", port)).await.is_ok() {
            return port;
        }
    }
}
