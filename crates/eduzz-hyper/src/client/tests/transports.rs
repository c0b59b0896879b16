//! Transports of a program's own.

use std::sync::atomic::{AtomicUsize, Ordering};

use tower::{ServiceBuilder, ServiceExt as _};

use super::*;

/// A client of this transport that keeps a pace of one call a minute, and does not retry.
fn over<S>(service: S) -> Client
where
    S: tower::Service<Request<Vec<u8>>, Response = Response<Vec<u8>>> + Clone + Send + 'static,
    S::Error: Into<crate::error::BoxError>,
    S::Future: Send,
{
    let builder = Client::builder().pacing(one_a_minute());
    let builder = builder.backoff(eduzz_wire::Backoff::never());
    builder.transport(service).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn layers_see_each_attempt_after_its_turn() {
    let start = Instant::now();
    let seen: Arc<Mutex<Vec<(u64, usize)>>> = Arc::default();
    let (count, kept) = (Arc::new(AtomicUsize::new(0)), Arc::clone(&seen));
    let inner = service_fn(move |_| {
        let number = count.fetch_add(1, Ordering::SeqCst);
        core::future::ready(if number == 0 { status(503) } else { good() })
    });
    let layered = ServiceBuilder::new()
        .map_request(move |mut request: Request<Vec<u8>>| {
            let mut kept = kept.lock().unwrap();
            let number = kept.len() + 1;
            request.headers_mut().insert("x-request-id", number.into());
            kept.push((start.elapsed().as_secs(), number));
            request
        })
        .service(inner);
    let builder = Client::builder().pacing(one_a_minute());
    let client = builder.transport(layered).build().unwrap();
    client.call(&Safe, &token()).await.unwrap();
    assert_eq!(*seen.lock().unwrap(), [(0, 1), (60, 2)]);
}

#[tokio::test(start_paused = true)]
async fn socket_is_a_transport() {
    let builder = Client::builder().origins(Origins::sandbox("http://127.0.0.1:1").unwrap());
    let socket = builder.socket().unwrap();
    let client = over(socket.map_response(|response| response));
    let request = Request::get("http://127.0.0.1:1/").body(Vec::new()).unwrap();
    let error = client.send(request).await.unwrap_err();
    // Our own error is kept as it is.
    assert!(error.is_connect() && error.sent() == Sent::NotSent, "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn error_of_a_transport_is_lost_unless_it_says_otherwise() {
    let client = over(service_fn(|_| async { Err::<Response<Vec<u8>>, _>("no line") }));
    let error = client.call(&Once, &token()).await.unwrap_err();
    assert_eq!(error.sent(), Sent::MaybeSent);
    let source = std::error::Error::source(error.network().unwrap()).unwrap();
    assert_eq!(source.to_string(), "no line");
    let client = over(service_fn(|_| async { Err(Error::unsent("no line")) }));
    let error = client.call(&Once, &token()).await.unwrap_err();
    assert_eq!(error.sent(), Sent::NotSent);
}

#[tokio::test(start_paused = true)]
async fn limits_hold_for_every_transport() {
    let late = over(service_fn(|_| async {
        tokio::time::sleep(MINUTE).await;
        good()
    }));
    let start = Instant::now();
    let error = late.call(&Once, &token()).await.unwrap_err();
    assert!(error.network().unwrap().is_timeout(), "{error:?}");
    assert_eq!(start.elapsed().as_secs(), 30);

    let large = service_fn(|_| core::future::ready(Ok::<_, Error>(Response::new(vec![b' '; 1_001]))));
    let builder = Client::builder().response_limit(1_000).transport(large);
    let error = builder.build().unwrap().call(&Once, &token()).await.unwrap_err();
    assert!(error.network().unwrap().is_too_large(), "{error:?}");

    let never = over(service_fn(|_| async { panic!("must not be called") as Answer }));
    let request = Request::get("http://shop.example.com/").body(Vec::new()).unwrap();
    assert!(never.send(request).await.unwrap_err().is_insecure());
}

#[tokio::test(start_paused = true)]
async fn transport_that_panics_does_not_keep_its_turn() {
    let count = Arc::new(AtomicUsize::new(0));
    let client = over(service_fn(move |_| {
        let number = count.fetch_add(1, Ordering::SeqCst);
        async move {
            assert!(number > 0, "a bug of the transport");
            good()
        }
    }));
    let first = tokio::spawn({
        let client = client.clone();
        async move { client.call(&Safe, &token()).await.is_ok() }
    });
    assert!(first.await.unwrap_err().is_panic());
    let start = Instant::now();
    client.call(&Safe, &token()).await.unwrap();
    assert!(
        start.elapsed() >= MINUTE,
        "the call that panicked may have been sent"
    );
}
