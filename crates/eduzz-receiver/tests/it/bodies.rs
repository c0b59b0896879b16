//! Bodies that are large, slow, cut or in pieces.

use std::time::Duration;

use bytes::Bytes;
use eduzz_receiver::{BODY_LIMIT, Intake, Receiver, Refused};
use eduzz_testkit::counting::Peak;
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
async fn body_in_pieces_is_read() {
    let pieces = EVENT.as_bytes().chunks(7).map(Bytes::from_static);
    let signature = key().sign(EVENT.as_bytes());
    let (answer, seen) = answered(request(signature.as_str(), Pieces::new(pieces, Then::End))).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(seen.handled(), ["1nv3nt3d"]);
}

#[tokio::test]
async fn body_in_one_piece_is_not_copied() {
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

/// Pieces of one byte, of growing sizes, of a large one and small ones: accepted at the limit,
/// refused above it.
#[tokio::test]
async fn body_in_any_pieces_takes_at_most_twice_the_limit() {
    const LIMIT: usize = BODY_LIMIT / 8;
    let intake = Intake::new(keys()).body_limit(LIMIT);
    let body = Bytes::from("a".repeat(LIMIT + 1));
    let signature = key().sign(&body[..LIMIT]);
    let growing = (0..).scan(0, |sum, size| {
        *sum += size;
        Some(*sum)
    });
    let cuts: [(&str, Vec<usize>); 6] = [
        ("one byte each", (0..LIMIT).collect()),
        ("seven bytes each", (0..LIMIT).step_by(7).collect()),
        ("pages", (0..LIMIT).step_by(4096).collect()),
        ("growing", growing.take_while(|end| *end < LIMIT).collect()),
        ("half, then one byte each", (LIMIT / 2..LIMIT).collect()),
        ("all but one byte", vec![LIMIT - 1]),
    ];
    for (name, cuts) in cuts {
        for length in [LIMIT, LIMIT + 1] {
            let (ends, mut start, body) = (cuts.clone(), 0, body.slice(..length));
            let pieces = ends.into_iter().chain([length]).map(move |end| {
                // As a server does: each piece has memory of its own.
                let piece = Bytes::copy_from_slice(&body[start..end]);
                start = end;
                piece
            });
            let request = request(signature.as_str(), Pieces::new(pieces, Then::End));
            let peak = Peak::start();
            let outcome = intake.receive(request).await;
            let held = peak.bytes();
            match outcome {
                Ok(Receipt::Delivery(delivery)) => assert_eq!(delivery.body().len(), LIMIT, "{name}"),
                outcome => assert_eq!(
                    (outcome.err(), length),
                    (Some(Refused::TooLarge), LIMIT + 1),
                    "{name}"
                ),
            }
            assert!(held <= 2 * LIMIT + 0x1000, "{name}: {held} bytes");
        }
    }
}

/// 50 MB, announced or not, are refused without being read.
#[tokio::test]
async fn body_above_the_limit_is_refused() {
    let megabyte = Bytes::from(vec![b' '; 1 << 20]);
    let body = Pieces::new(vec![megabyte.clone(); 50], Then::End);
    let read = body.read.clone();
    let (answer, seen) = answered(request("", body)).await;
    assert_eq!(answer.status(), 413);
    assert_eq!(seen.refused(), [Refused::TooLarge]);
    assert_eq!(
        *read.lock().unwrap(),
        BODY_LIMIT / megabyte.len() + 1,
        "reading stops at the limit"
    );

    let announced = Full::<Bytes>::new(Bytes::from(vec![b' '; 50 << 20]));
    let (answer, seen) = answered(request("", announced)).await;
    assert_eq!(answer.status(), 413);
    assert_eq!(seen.refused(), [Refused::TooLarge]);
}

#[tokio::test]
async fn body_of_the_limit_is_accepted() {
    let mut receiver = Receiver::new(Intake::new(keys()).body_limit(EVENT.len()), |_| async {});
    assert_eq!(call(&mut receiver, signed(EVENT)).await.status(), 200);
    let mut receiver = Receiver::new(Intake::new(keys()).body_limit(EVENT.len() - 1), |_| async {});
    assert_eq!(call(&mut receiver, signed(EVENT)).await.status(), 413);
}

#[tokio::test(start_paused = true)]
async fn body_that_stalls_is_refused_after_its_time() {
    for pieces in [vec![], vec![Bytes::from_static(b"{\"id\"")]] {
        let start = Instant::now();
        let body = Pieces::new(pieces.clone(), Then::Stall);
        let (answer, seen) = answered(request("", body)).await;
        assert_eq!(answer.status(), 408);
        assert_eq!(seen.refused(), [Refused::TooSlow]);
        assert_eq!(start.elapsed(), Duration::from_secs(10));

        let start = Instant::now();
        let intake = Intake::new(keys()).body_time(Duration::from_millis(1500));
        let body = Pieces::new(pieces, Then::Stall);
        assert_eq!(
            intake.receive(request("", body)).await.err(),
            Some(Refused::TooSlow)
        );
        assert_eq!(start.elapsed(), Duration::from_millis(1500));
    }
}

#[tokio::test]
async fn cut_body_is_refused_even_if_its_beginning_is_signed() {
    let signature = key().sign(EVENT.as_bytes());
    let body = Pieces::new(vec![Bytes::from_static(EVENT.as_bytes())], Then::Break);
    let (answer, seen) = answered(request(signature.as_str(), body)).await;
    assert_eq!(answer.status(), 400);
    assert_eq!(seen.handled(), [""; 0]);
    assert_eq!(seen.refused(), [Refused::Cut]);
}

/// Other methods are answered without reading the body.
#[tokio::test(start_paused = true)]
async fn get_does_not_wait_for_a_body() {
    let mut visit = request("", Pieces::new(vec![], Then::Stall));
    *visit.method_mut() = http::Method::GET;
    let start = Instant::now();
    let (answer, _) = answered(visit).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(start.elapsed(), Duration::ZERO);
}
