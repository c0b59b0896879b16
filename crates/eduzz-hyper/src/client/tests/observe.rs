//! What an observer receives.

use eduzz_wire::Step;

use super::*;

/// The steps that an observer receives, with their routes and attempts.
type Told = Arc<Mutex<Vec<(String, u32, Step)>>>;

fn observed(client: &Client) -> (Client, Told) {
    let told = Told::default();
    let kept = Arc::clone(&told);
    let client = client.observed_by(move |seen| {
        let step = (seen.route.to_string(), seen.attempt, seen.step);
        kept.lock().unwrap().push(step);
    });
    (client, told)
}

#[tokio::test(start_paused = true)]
async fn observer_is_told_waits_answers_and_retries() {
    let (client, log) = client_with(one_a_minute(), |number| match number {
        1 => status(503),
        2 => not_sent(),
        _ => good(),
    });
    let (client, told) = observed(&client);
    client.call(&Safe, &token()).await.unwrap();
    let told = told.lock().unwrap();
    assert!(told.iter().all(|(route, ..)| route == "GET /test/v1/safe"));
    let attempts: Vec<u32> = told.iter().map(|(_, attempt, _)| *attempt).collect();
    let steps: Vec<Step> = told.iter().map(|(.., step)| *step).collect();
    let [
        Step::Answered { status, .. },
        Step::Retries(first),
        Step::Waits(turn),
        Step::Lost(Sent::NotSent),
        Step::Retries(second),
        Step::Answered { length: 2, .. },
    ] = steps[..]
    else {
        panic!("{steps:?}");
    };
    assert_eq!(attempts, [1, 1, 2, 2, 2, 3]);
    assert_eq!(status, 503);
    let times = log.times();
    // What was told is what was waited.
    assert!(
        times[1].abs_diff(first + turn) <= Duration::from_millis(2),
        "{times:?}"
    );
    assert!(
        (times[2] - times[1]).abs_diff(second) <= Duration::from_millis(2),
        "{times:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn last_observer_is_told_and_others_are_not() {
    let (client, _) = client(|_| good());
    let (first, told_first) = observed(&client);
    let (second, told_second) = observed(&first);
    second.signed_in(grant("a")).call(&Safe).await.unwrap();
    client.call(&Safe, &token()).await.unwrap();
    assert_eq!(told_first.lock().unwrap().len(), 0);
    assert_eq!(told_second.lock().unwrap().len(), 1);
    // A change of the client keeps it.
    let other = second.max_wait(MINUTE);
    other.call(&Safe, &token()).await.unwrap();
    assert_eq!(told_second.lock().unwrap().len(), 2);
}
