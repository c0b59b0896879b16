//! A sandbox for one sign-in, and the time limit of a test.

use std::future::Future;
use std::time::Duration;

use eduzz_sandbox::{AppConfig, Config, Person, Sandbox};

use crate::driver;
use crate::support::{Home, free_port, return_url};

/// The limit of one test; a slow machine stays far below it.
const LIMIT: Duration = Duration::from_secs(120);

/// Runs a test within its limit, if there is a browser.
pub(crate) async fn bounded(test: impl Future<Output = ()>) {
    if !driver::is_there() {
        return;
    }
    tokio::time::timeout(LIMIT, test).await.expect("it took too long");
}

/// A sandbox, and the return URL on this machine of its applications.
pub(crate) struct Setup {
    pub(crate) sandbox: Sandbox,
    pub(crate) config: Config,
    pub(crate) return_url: String,
}

impl Setup {
    pub(crate) async fn start() -> Self {
        let return_url = return_url(free_port().await);
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

    /// A home that signs in to this application.
    pub(crate) fn home(&self, app: &AppConfig) -> Home {
        Home::new()
            .with("EDUZZ_SANDBOX", &self.sandbox.url())
            .with("EDUZZ_CLIENT_ID", &app.client_id)
            .with("EDUZZ_CLIENT_SECRET", &app.client_secret)
            .with("EDUZZ_RETURN_URL", &self.return_url)
    }

    /// The application in production, which every account can authorize.
    pub(crate) fn live(&self) -> &AppConfig {
        &self.config.apps[0]
    }

    /// The application in development, which only its owner and developers can authorize.
    pub(crate) fn trial(&self) -> &AppConfig {
        &self.config.apps[1]
    }

    pub(crate) fn owner(&self) -> &Person {
        &self.config.people[0]
    }

    /// A person without rights to the second application.
    pub(crate) fn stranger(&self) -> &Person {
        &self.config.people[2]
    }
}
