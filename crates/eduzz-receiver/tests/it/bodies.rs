//! Bodies that are large, slow, cut, or in pieces.

use std::time::Duration;

use bytes::Bytes;
use eduzz_receiver::{BODY_LIMIT, Intake, Receiver, Refused};
use eduzz_webhook::{Receipt, SIGNATURE_HEADER};
use http::Request;
use http_body_util::Full;
use tokio::time::Instant;

use crate::support::{EVENT, Pieces, Then, answered, call, key, keys, signed};

fn request<B>(signature: &str, body: B) -> Request<B> {
    let request = Request::post("/").header(SIGNATURE_HEADER, signature);
    request.body(body).unwrap()
}

#[tokio::test]
async fn a_body_may_come_in_pieces() {
    let pieces = EVENT.as_bytes().chunks(7).map(Bytes::from_static).collect();
    let signature = key().sign(EVENT.as_bytes());
    let (answer, seen) = answered(request(signature.as_str(), Pieces::new(pieces, Then::End))).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(seen.handled(), ["1nv3nt3d"]);
}

#[tokio::test]
async fn a_body_of_one_piece_is_not_copied() {
    let body = Bytes::from_static(EVENT.as_bytes());
    let address = body.as_ptr();
    let signature = key().sign(&body);
    let receipt = Intake::new(keys())
        .receive(request(signature.as_str(), Full::<Bytes>::new(body)))
        .await;
    let Ok(Receipt::Delivery(delivery)) = receipt else {
        panic!("{receipt:?}");
    };
    assert_eq!(delivery.body().as_ptr(), address);
}

/// 50 MB, announced or not: refused without having been read.
#[tokio::test]
async fn a_body_beyond_the_limit_is_refused() {
    let megabyte = Bytes::from(vec![b' '; 1 << 20]);
    let body = Pieces::new(vec![megabyte.clone(); 50], Then::End);
    let read = body.read.clone();
    let (answer, seen) = answered(request("", body)).await;
    assert_eq!(answer.status(), 413);
    assert_eq!(seen.refused(), [Refused::TooLarge]);
    assert_eq!(
        *read.lock().unwrap(),
        BODY_LIMIT / megabyte.len() + 1,
        "no more is read than shows that it is too large"
    );

    let announced = Full::<Bytes>::new(Bytes::from(vec![b' '; 50 << 20]));
    let (answer, seen) = answered(request("", announced)).await;
    assert_eq!(answer.status(), 413);
    assert_eq!(seen.refused(), [Refused::TooLarge]);
}

#[tokio::test]
async fn the_limit_is_the_last_size_that_is_taken() {
    let mut receiver = Receiver::new(Intake::new(keys()).body_limit(EVENT.len()), |_| async {});
    assert_eq!(call(&mut receiver, signed(EVENT)).await.status(), 200);
    let mut receiver = Receiver::new(Intake::new(keys()).body_limit(EVENT.len() - 1), |_| async {});
    assert_eq!(call(&mut receiver, signed(EVENT)).await.status(), 413);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_stays_away_is_given_up() {
    for pieces in [vec![], vec![Bytes::from_static(b"{\"id\"")]] {
        let start = Instant::now();
        let body = Pieces::new(pieces.clone(), Then::StayAway);
        let (answer, seen) = answered(request("", body)).await;
        assert_eq!(answer.status(), 408);
        assert_eq!(seen.refused(), [Refused::TooSlow]);
        assert_eq!(start.elapsed(), Duration::from_secs(10));

        let start = Instant::now();
        let intake = Intake::new(keys()).body_time(Duration::from_millis(1500));
        let body = Pieces::new(pieces, Then::StayAway);
        assert_eq!(
            intake.receive(request("", body)).await.err(),
            Some(Refused::TooSlow)
        );
        assert_eq!(start.elapsed(), Duration::from_millis(1500));
    }
}

#[tokio::test]
async fn a_body_that_is_cut_is_refused_though_its_beginning_is_signed() {
    let signature = key().sign(EVENT.as_bytes());
    let body = Pieces::new(vec![Bytes::from_static(EVENT.as_bytes())], Then::Break);
    let (answer, seen) = answered(request(signature.as_str(), body)).await;
    assert_eq!(answer.status(), 400);
    assert_eq!(seen.handled(), [""; 0]);
    assert_eq!(seen.refused(), [Refused::Cut]);
}

/// What is no POST is answered without its body.
#[tokio::test(start_paused = true)]
async fn a_visit_does_not_wait_for_a_body() {
    let mut visit = request("", Pieces::new(vec![], Then::StayAway));
    *visit.method_mut() = http::Method::GET;
    let start = Instant::now();
    let (answer, _) = answered(visit).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(start.elapsed(), Duration::ZERO);
}
