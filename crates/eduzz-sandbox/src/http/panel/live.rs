//! `GET /panel/live`: tells pages as server-sent events what has changed.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::response::sse::{Event, Sse};
use futures_core::Stream;
use tokio::sync::mpsc;

use super::View;

/// The shortest time between two events of one page.
const APART: Duration = Duration::from_millis(200);

/// Names each topic after it has changed: changes in quick succession are one event. A page that
/// does not read holds nothing up and keeps one event waiting.
pub(super) async fn stream(view: View) -> Sse<Topics> {
    let running = &view.running;
    let mut requests = running.records.watch();
    let mut webhooks = running.webhooks.subscribe();
    let mut shop = running.changes.subscribe();
    let mut ended = running.has_ended.subscribe();
    let (topics, waiting) = mpsc::channel(1);
    // It holds receivers only, and ends with the page or with the sandbox.
    tokio::spawn(async move {
        loop {
            let topic = tokio::select! {
                () = topics.closed() => return,
                _ = ended.wait_for(|ended| *ended) => return,
                changed = requests.changed() => changed.map(|()| "requests"),
                changed = webhooks.changed() => changed.map(|()| "webhooks"),
                changed = shop.changed() => changed.map(|()| "shop"),
            };
            let Ok(topic) = topic else { return };
            if topics.send(topic).await.is_err() {
                return;
            }
            tokio::select! {
                () = topics.closed() => return,
                _ = ended.wait_for(|ended| *ended) => return,
                () = tokio::time::sleep(APART) => {}
            }
        }
    });
    Sse::new(Topics {
        waiting,
        is_open: false,
    })
}

/// The topics that have changed, as events.
pub(super) struct Topics {
    waiting: mpsc::Receiver<&'static str>,
    is_open: bool,
}

impl Stream for Topics {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !self.is_open {
            self.is_open = true;
            return Poll::Ready(Some(Ok(event("hello"))));
        }
        let topic = self.waiting.poll_recv(cx);
        topic.map(|topic| topic.map(|topic| Ok(event(topic))))
    }
}

/// Browsers drop an event without data.
fn event(topic: &str) -> Event {
    Event::default().event(topic).data(topic)
}
