//! The rows of a list.

use eduzz_oauth::SignedOut;
use eduzz_wire::RejectionKind;

use super::*;

/// A paged list of numbers.
#[derive(Clone, Default)]
struct List {
    page: Option<u32>,
}

impl Endpoint for List {
    const ROUTE: Route = Route::get("/product/v1/numbers");
    type Output = eduzz_types::Page<Number>;

    fn describe(&self, call: &mut Call) {
        call.query_opt("page", self.page);
    }
}

impl eduzz_wire::Paged for List {
    type Row = Number;

    fn set_page(&mut self, page: u32, _: u32) {
        self.page = Some(page);
    }

    fn items_per_page(&self) -> Option<u32> {
        None
    }

    fn key(row: &Number) -> std::borrow::Cow<'_, str> {
        row.as_str().into()
    }
}

type Number = eduzz_types::EduzzId;

/// Three rows on two pages of a server with its own page size.
fn page(number: usize) -> Answer {
    let items = if number == 1 { "1,2" } else { "3" };
    let body = format!(r#"{{"pages":2,"page":{number},"itemsPerPage":2,"totalItems":3,"items":[{items}]}}"#);
    Ok(Response::new(body.into_bytes()))
}

async fn take(rows: &mut crate::Rows<List>) -> (Vec<String>, Option<CallError>) {
    let mut came = Vec::new();
    loop {
        match rows.next().await {
            Some(Ok(row)) => came.push(row.as_read().unwrap().to_string()),
            Some(Err(error)) => return (came, Some(error)),
            None => return (came, None),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn rows_are_read_page_by_page() {
    let (client, log) = client(page);
    let (came, error) = take(&mut client.rows(List::default(), &token())).await;
    assert_eq!(came, ["1", "2", "3"]);
    assert!(error.is_none());
    assert_eq!(log.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn answer_401_during_a_walk_signs_out_and_loses_nothing() {
    let (client, log) = client(|count| match count {
        2 => status(401),
        3 => page(2),
        count => page(count),
    });
    let account = client.signed_in(grant("old"));
    let mut rows = account.rows(List::default());
    let (came, error) = take(&mut rows).await;
    assert_eq!(came, ["1", "2"]);
    let error = error.unwrap();
    assert_eq!(error.rejection().unwrap().kind(), RejectionKind::InvalidToken);
    assert!(rows.next().await.is_none(), "an error ends the stream");
    assert_eq!(account.session().why_signed_out(), Some(SignedOut::Rejected));

    account.sign_in(grant("new"));
    let sweep = eduzz_wire::Sweep::new(List::default())
        .resume(rows.cursor())
        .unwrap();
    let (came, error) = take(&mut account.sweep(sweep)).await;
    assert_eq!(came, ["3"]);
    assert!(error.is_none());
    assert_eq!(log.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn dropped_wait_for_a_row_loses_nothing() {
    let (client, _) = client_with(one_a_minute(), page);
    let mut rows = client.rows(List::default(), &token());
    for expected in ["1", "2"] {
        let row = rows.next().await.unwrap().unwrap();
        assert_eq!(row.as_read().unwrap().as_str(), expected);
    }
    // The second page waits for the pace, longer than the caller does.
    let waited = tokio::time::timeout(Duration::from_secs(1), rows.next()).await;
    assert!(waited.is_err());
    let (came, _) = take(&mut rows).await;
    assert_eq!(came, ["3"]);
}
