//! The sandbox on a socket.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::ListenerExt;
use eduzz_types::webhook::WebhookSecret;
use tokio::net::TcpListener;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::config::{AppConfig, Config, ConfigError, Person};
use crate::control::SandboxControl;
use crate::deliveries::start_sending;
use crate::http::router::router;
use crate::running::Running;
use crate::visitor::Visitor;
use crate::webhooks::secret;

/// How long [`Sandbox::stop`] waits for open answers.
const STOP_LIMIT: Duration = Duration::from_secs(1);

/// A running local Eduzz.
///
/// It ends with [`stop`](Self::stop), or when it is dropped.
#[derive(Debug)]
pub struct Sandbox {
    port: u16,
    app: AppConfig,
    person: Person,
    config: Config,
    router: Router,
    control: SandboxControl,
    /// Dropping it tells the server to stop.
    running: oneshot::Sender<()>,
    /// Dropping it ends the deliveries.
    _deliveries: StopDeliveries,
    server: JoinHandle<io::Result<()>>,
}

impl Sandbox {
    /// Starts a sandbox on 127.0.0.1, served by the current tokio runtime.
    ///
    /// # Errors
    ///
    /// The configuration is invalid, or the port cannot be opened.
    pub async fn start(mut config: Config) -> Result<Self, StartError> {
        config.check()?;
        let snapshot = config.snapshot.take();
        let app = config.apps.first().ok_or(ConfigError::NoApp)?.clone();
        let person = config.person(&app.owner).ok_or(ConfigError::NoPerson)?.clone();

        let asked = SocketAddr::from((Ipv4Addr::LOCALHOST, config.port));
        let failed = |source: io::Error| match source.kind() {
            io::ErrorKind::AddrInUse => StartError::PortInUse { port: config.port },
            _ => StartError::Listen {
                port: config.port,
                source,
            },
        };
        let listener = TcpListener::bind(asked).await.map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        let listener = listener.tap_io(|socket| {
            // Without it, small answers are only slower.
            let _ = socket.set_nodelay(true);
        });

        let (running, stopped) = oneshot::channel::<()>();
        let (router, control) = Self::router_with_control(Config {
            snapshot,
            ..config.clone()
        });
        let served = router.clone();
        let server = tokio::spawn(async move {
            let stopped = async {
                // Nothing is sent: the end of the sender is the signal.
                let _ = stopped.await;
            };
            axum::serve(listener, served)
                .with_graceful_shutdown(stopped)
                .await
        });
        Ok(Self {
            port,
            app,
            person,
            config,
            router,
            _deliveries: StopDeliveries(control.clone()),
            control,
            running,
            server,
        })
    }

    /// The sandbox without a socket, as a service.
    ///
    /// The configuration is not checked (see [`Config::check`]): what is missing is answered as not
    /// found.
    pub fn router(config: Config) -> Router {
        Self::router_with_control(config).0
    }

    /// As [`router`](Self::router), with the handle that controls the sandbox.
    pub fn router_with_control(config: Config) -> (Router, SandboxControl) {
        let running = Arc::new(Running::new(config));
        // A snapshot can have deliveries that wait.
        let has_subscriptions = running.webhooks.borrow().all().next().is_some();
        if has_subscriptions && Handle::try_current().is_ok() {
            start_sending(&running);
        }
        (router(Arc::clone(&running)), SandboxControl::new(running))
    }

    /// The handle that controls the sandbox: new sales, faults.
    #[must_use]
    pub const fn control(&self) -> &SandboxControl {
        &self.control
    }

    /// The port that the sandbox listens on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The sandbox's origin, `http://127.0.0.1:PORT`, which replaces all three of Eduzz.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The first application.
    #[must_use]
    pub const fn app(&self) -> &AppConfig {
        &self.app
    }

    /// The person who owns the first application.
    #[must_use]
    pub const fn person(&self) -> &Person {
        &self.person
    }

    /// The configuration that the sandbox was started with.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// The person who owns the first application, at a browser.
    #[must_use]
    pub fn visitor(&self) -> Visitor {
        self.visitor_as(&self.person)
    }

    /// A person at a browser.
    #[must_use]
    pub fn visitor_as(&self, person: &Person) -> Visitor {
        Visitor::new(self.router.clone(), self.url(), &person.account_id)
    }

    /// The environment that points the `eduzz` program to this sandbox, to sign in to its first
    /// application. (A personal token in `EDUZZ_TOKEN` replaces the sign-in; the
    /// [person](Self::person) has one.)
    #[must_use]
    pub fn environment(&self) -> [(&'static str, String); 3] {
        self.app.environment(&self.url())
    }

    /// The secret that signs the deliveries of the first application, as its call gives it.
    #[must_use]
    pub fn webhook_secret(&self) -> WebhookSecret {
        secret::invented(self.config.seed, &self.app.client_id).1
    }

    /// Ends the sandbox: frees the port, and waits a moment for open answers.
    pub async fn stop(self) {
        self.control.stop_sending();
        let Self {
            running, mut server, ..
        } = self;
        drop(running);
        if tokio::time::timeout(STOP_LIMIT, &mut server).await.is_err() {
            server.abort();
        }
    }
}

/// Ends the deliveries on drop: other handles keep the state alive.
#[derive(Debug)]
struct StopDeliveries(SandboxControl);

impl Drop for StopDeliveries {
    fn drop(&mut self) {
        self.0.stop_sending();
    }
}

/// An error on start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// Another program listens on the port.
    #[error(
        "port {port} is in use: end the program that listens there, or choose another port (0 takes any free one)"
    )]
    PortInUse {
        /// The port that was asked for.
        port: u16,
    },
    /// The port cannot be opened.
    #[error("cannot listen on 127.0.0.1:{port}")]
    Listen {
        /// The port that was asked for.
        port: u16,
        /// The system's error.
        source: io::Error,
    },
    /// The configuration is invalid.
    #[error(transparent)]
    Config(#[from] ConfigError),
}
