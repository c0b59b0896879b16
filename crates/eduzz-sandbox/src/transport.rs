//! The sandbox as a client's transport, without a socket.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::HOST;
use axum::http::{Request, Response, Uri};
use tower::{Service, ServiceExt as _};

use crate::config::{Config, ConfigError, Person};
use crate::control::SandboxControl;
use crate::sandbox::Sandbox;

/// A sandbox that a client calls without a socket: a [tower service](tower::Service) that answers
/// at any origin. Clones are the same sandbox.
///
/// ```
/// use eduzz_sandbox::{Config, Transport};
///
/// let sandbox = Transport::new(Config::default())?;
/// // let client = Client::builder().transport(sandbox.clone()).build()?;
/// let token = &sandbox.person().personal_token;
/// sandbox.control().sell(3);
/// # let _ = token;
/// # Ok::<(), eduzz_sandbox::ConfigError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Transport {
    router: Router,
    person: Person,
    control: SandboxControl,
}

impl Transport {
    /// A sandbox of its own.
    ///
    /// # Errors
    ///
    /// The configuration is invalid.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        config.check()?;
        let app = config.apps.first().ok_or(ConfigError::NoApp)?;
        let person = config.person(&app.owner).ok_or(ConfigError::NoPerson)?.clone();
        let (router, control) = Sandbox::router_with_control(config);
        Ok(Self {
            router,
            person,
            control,
        })
    }

    /// The owner of the first application, with a personal token.
    #[must_use]
    pub const fn person(&self) -> &Person {
        &self.person
    }

    /// The handle that controls the sandbox: new sales, faults.
    #[must_use]
    pub const fn control(&self) -> &SandboxControl {
        &self.control
    }
}

impl Service<Request<Vec<u8>>> for Transport {
    type Response = Response<Vec<u8>>;
    /// The answer's body was cut, by a fault that was asked for.
    type Error = axum::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, axum::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), axum::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Vec<u8>>) -> Self::Future {
        let router = self.router.clone();
        let (mut parts, body) = request.into_parts();
        // The sandbox refuses other hosts, which only a socket needs.
        let target = parts.uri.path_and_query().cloned();
        parts.uri = target.map(Uri::from).unwrap_or_default();
        parts.headers.remove(HOST);
        let request = Request::from_parts(parts, Body::from(body));
        Box::pin(async move {
            let Ok(response) = router.oneshot(request).await;
            let (parts, body) = response.into_parts();
            let body = to_bytes(body, usize::MAX).await?;
            Ok(Response::from_parts(parts, body.into()))
        })
    }
}
