//! A connection that is opened again after it was lost.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::AbortHandle;
use tokio::time::error::Elapsed;
use tokio::time::timeout;
use tokio_postgres::config::SslMode;
use tokio_postgres::{Client, Config, NoTls};

use super::statements::Statements;
use super::tls::Tls;
use crate::{StoreError, StoreErrorKind};

/// How long the parts of a call may take.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// Opening a connection.
    pub connect: Duration,
    /// A group of works.
    pub group: Duration,
    /// The writes of a handler, which is less than a group so that only they fail.
    pub writes: Duration,
    /// The whole call, waiting included.
    pub call: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            group: Duration::from_secs(10),
            writes: Duration::from_secs(5),
            call: Duration::from_secs(15),
        }
    }
}

/// How to reach the server.
#[derive(Clone)]
pub(super) struct Server {
    config: Arc<Config>,
    tls: Option<Tls>,
    pub(super) limits: Limits,
}

impl Server {
    pub(super) fn new(url: &str, limits: Limits) -> Result<Self, StoreError> {
        if !["postgres://", "postgresql://"]
            .iter()
            .any(|scheme| url.starts_with(scheme))
        {
            return Err(StoreError::new(StoreErrorKind::Url));
        }
        let before_options = url.split('?').next().unwrap_or_default();
        if before_options.matches('@').count() > 1 {
            // The parser would take a part of the password for the host.
            return Err(unreadable(url));
        }
        // The parser's words can quote the password.
        let mut config = url.parse::<Config>().map_err(|_| unreadable(url))?;
        if config.get_application_name().is_none() {
            config.application_name("eduzz");
        }
        let tls = match config.get_ssl_mode() {
            SslMode::Disable => None,
            _ => Some(Tls::new()?),
        };
        let config = Arc::new(config);
        Ok(Self { config, tls, limits })
    }

    /// Opens a connection, whose task ends with the client.
    async fn connect(&self) -> Result<(Client, AbortHandle), StoreError> {
        match &self.tls {
            Some(tls) => {
                let (client, connection) = self.config.connect(tls.clone()).await?;
                Ok((client, tokio::spawn(connection).abort_handle()))
            }
            None => {
                let (client, connection) = self.config.connect(NoTls).await?;
                Ok((client, tokio::spawn(connection).abort_handle()))
            }
        }
    }
}

/// The error of a URL with this scheme that cannot be read.
fn unreadable(url: &str) -> StoreError {
    // Other clients verify certificates with these values only; here every mode with TLS does.
    let detail = if url.contains("sslmode=verify-") {
        "write sslmode=require, which verifies the certificate and its name here"
    } else {
        "write %40 for @ and %25 for % in a password; \
         sslmode is disable, prefer or require; for sslrootcert set SSL_CERT_FILE"
    };
    StoreError::with(StoreErrorKind::Url, detail)
}

/// A connection, or the way to the next one.
pub(super) struct Link {
    pub(super) server: Server,
    /// The limit of each statement.
    statement: Duration,
    /// More settings of its sessions.
    settings: &'static str,
    open: Option<Open>,
}

/// An open connection.
pub(super) struct Open {
    pub(super) client: Client,
    pub(super) statements: Statements,
    pub(super) limits: Limits,
    task: AbortHandle,
}

impl Link {
    pub(super) const fn new(server: Server, statement: Duration) -> Self {
        Self {
            server,
            statement,
            settings: "",
            open: None,
        }
    }

    /// With more settings of its sessions.
    #[cfg(feature = "mirror")]
    pub(super) const fn with(mut self, settings: &'static str) -> Self {
        self.settings = settings;
        self
    }

    /// The open connection, or a new one.
    pub(super) async fn open(&mut self) -> Result<&mut Open, StoreError> {
        if self.open.as_ref().is_some_and(|open| open.client.is_closed()) {
            self.open = None;
        }
        let open = match self.open.take() {
            Some(open) => open,
            None => self.opened().await?,
        };
        Ok(self.open.insert(open))
    }

    async fn opened(&self) -> Result<Open, StoreError> {
        let limits = self.server.limits;
        let opened = async {
            let (client, task) = self.server.connect().await?;
            // Ends the task if this future is dropped.
            let mut open = Unready { task: Some(task) };
            set_up(&client, self.statement, limits.call).await?;
            if !self.settings.is_empty() {
                client.batch_execute(self.settings).await?;
            }
            let statements = Statements::default();
            let task = open.task.take();
            Ok::<_, StoreError>(task.map(|task| Open {
                client,
                statements,
                limits,
                task,
            }))
        };
        let opened = timeout(limits.connect, opened).await;
        let no_answer = || StoreError::with(StoreErrorKind::Unreachable, "no answer");
        opened.map_err(|_| no_answer())??.ok_or_else(no_answer)
    }

    /// The result of works on the connection that had the limit of a group. A connection that was
    /// lost or is late is closed, so that the server rolls back.
    pub(super) fn ended<T>(
        &mut self,
        result: Result<Result<T, StoreError>, Elapsed>,
    ) -> Result<T, StoreError> {
        let result = result.unwrap_or_else(|_| Err(StoreError::new(StoreErrorKind::TimedOut)));
        if let Err(error) = &result
            && matches!(
                error.kind(),
                // Statements of other tables have to be prepared again.
                StoreErrorKind::Unreachable | StoreErrorKind::TimedOut | StoreErrorKind::OtherSchema
            )
        {
            self.close();
        }
        result
    }

    pub(super) fn close(&mut self) {
        if let Some(open) = self.open.take() {
            open.task.abort();
        }
    }
}

struct Unready {
    task: Option<AbortHandle>,
}

impl Drop for Unready {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

/// The session's settings, whatever the defaults of the server, the database and the user are. A
/// plan made while a table is small is kept while it grows, so it must use an index from the
/// beginning.
async fn set_up(client: &Client, statement: Duration, idle: Duration) -> Result<(), StoreError> {
    let (statement, idle) = (statement.as_millis(), idle.as_millis());
    let settings = format!(
        "set statement_timeout = {statement};
         set idle_in_transaction_session_timeout = {idle};
         set default_transaction_isolation = 'read committed';
         set enable_seqscan = off;
         set jit = off;
         select set_config('synchronous_commit', 'on', false)
         where current_setting('synchronous_commit') = 'off'"
    );
    Ok(client.batch_execute(&settings).await?)
}
