//! A service whose answers a test decides.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use crate::support::Home;

/// The answer to a request.
pub(crate) enum Reply {
    /// These bytes, after which the connection is closed.
    Bytes(String),
    /// None: the request stays open.
    Never,
}

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) query: HashMap<String, String>,
    /// Its number among the requests of its path, from 1.
    pub(crate) number: usize,
    /// The request as it was sent.
    pub(crate) bytes: Vec<u8>,
}

pub(crate) struct FakeService {
    pub(crate) url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    answered: mpsc::UnboundedReceiver<Asked>,
    unanswered: mpsc::UnboundedReceiver<()>,
}

impl FakeService {
    /// Starts the service. It answers by itself which account the token belongs to.
    pub(crate) async fn start(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_with(Some("0b54e2c6-5d0e-4f0e-9a36-8a1a52a5c0de"), answer).await
    }

    async fn start_with(
        account: Option<&'static str>,
        answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (tell_answered, answered) = mpsc::unbounded_channel();
        let (tell_unanswered, unanswered) = mpsc::unbounded_channel();
        let (all, answer) = (Arc::clone(&asked), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let (all, answer) = (Arc::clone(&all), Arc::clone(&answer));
                let (tell_answered, tell_unanswered) = (tell_answered.clone(), tell_unanswered.clone());
                tokio::spawn(async move {
                    let Some(bytes) = request(&mut socket).await else {
                        return;
                    };
                    let reply = match account {
                        Some(id) if bytes.starts_with(b"GET /accounts/v1/me ") => {
                            Reply::Bytes(response(200, &json!({ "id": id }).to_string()))
                        }
                        _ => {
                            let request = note(&all, bytes);
                            let reply = answer(&request);
                            let _ = tell_answered.send(request);
                            reply
                        }
                    };
                    match reply {
                        Reply::Bytes(bytes) => {
                            let _ = socket.write_all(bytes.as_bytes()).await;
                            let _ = socket.shutdown().await;
                        }
                        Reply::Never => {
                            let _ = tell_unanswered.send(());
                            // Until the program closes the connection.
                            let _ = socket.read(&mut [0]).await;
                        }
                    }
                });
            }
        });
        Self {
            url,
            asked,
            answered,
            unanswered,
        }
    }

    /// A home that calls this service without a pace.
    pub(crate) fn home(&self) -> Home {
        Home::new()
            .with("EDUZZ_SANDBOX", &self.url)
            .with("EDUZZ_TOKEN", "invented")
            .with("EDUZZ_PACE", "off")
    }

    /// The requests so far, in order, without those for the account.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// Waits for the next request.
    pub(crate) async fn next(&mut self) -> Asked {
        self.answered.recv().await.unwrap()
    }

    /// Waits for a request that gets no answer.
    pub(crate) async fn waits(&mut self) {
        self.unanswered.recv().await.unwrap();
    }
}

/// The address of a service that answers every request with this text and closes the connection.
pub(crate) async fn service(answer: impl Into<String>) -> String {
    with_answer(answer.into()).await.url
}

/// A home whose calls are answered with this text.
pub(crate) async fn answered(answer: impl Into<String>) -> Home {
    with_answer(answer.into()).await.home()
}

async fn with_answer(answer: String) -> FakeService {
    FakeService::start_with(None, move |_| Reply::Bytes(answer.clone())).await
}

/// A response with this status and body.
pub(crate) fn response(status: u16, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} Status\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// A whole request, unless the connection ends before.
async fn request(socket: &mut TcpStream) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    while !is_whole(&bytes) {
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    Some(bytes)
}

/// Whether a request has the body that its head announces.
fn is_whole(bytes: &[u8]) -> bool {
    let Some(end) = bytes.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
        return false;
    };
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let length = head.split("content-length: ").nth(1).unwrap_or("0");
    let length: usize = length.lines().next().unwrap().trim().parse().unwrap();
    bytes.len() >= end + 4 + length
}

fn note(all: &Mutex<Vec<Asked>>, bytes: Vec<u8>) -> Asked {
    let head = String::from_utf8_lossy(&bytes).into_owned();
    let target = head.split(' ').nth(1).unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let query = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let mut all = all.lock().unwrap();
    let request = Asked {
        path: path.to_owned(),
        query,
        bytes,
        number: all.iter().filter(|asked| asked.path == path).count() + 1,
    };
    all.push(request.clone());
    request
}

impl Asked {
    fn number_of(&self, name: &str, otherwise: usize) -> usize {
        self.query
            .get(name)
            .map_or(otherwise, |value| value.parse().unwrap())
    }

    pub(crate) fn get(&self, name: &str) -> &str {
        self.query.get(name).map_or("", String::as_str)
    }

    /// The query has these pairs; a name without a value is absent.
    #[track_caller]
    pub(crate) fn has_query(&self, pairs: &str) {
        for (name, value) in pairs.split_whitespace().filter_map(|pair| pair.split_once('=')) {
            assert_eq!(self.get(name), value, "{self:?}");
        }
    }

    /// The page of these rows that was asked for.
    pub(crate) fn page_of(&self, rows: &[Value]) -> Reply {
        self.page_sized(rows, self.number_of("itemsPerPage", 10))
    }

    /// The same, of pages of this size, whatever was asked for.
    pub(crate) fn page_sized(&self, rows: &[Value], size: usize) -> Reply {
        let page = self.number_of("page", 1);
        let items: Vec<&Value> = rows.iter().skip((page - 1) * size).take(size).collect();
        let body = json!({
            "pages": rows.len().div_ceil(size).max(1),
            "page": page,
            "itemsPerPage": size,
            "totalItems": rows.len(),
            "items": items,
        });
        Reply::Bytes(response(200, &body.to_string()))
    }

    /// The page of those rows that were created within the days that were asked for.
    pub(crate) fn page_of_days(&self, rows: &[Value]) -> Reply {
        let is_in = |row: &&Value| {
            let day = &row["createdAt"].as_str().unwrap()[..10];
            self.get("startDate") <= day && day <= self.get("endDate")
        };
        self.page_of(&rows.iter().filter(is_in).cloned().collect::<Vec<_>>())
    }
}

/// This number of sales, a day apart from 2020-01-01 on.
pub(crate) fn sales(count: usize) -> Vec<Value> {
    (0..count)
        .map(|index| {
            let (year, day) = (2020 + index / 336, index % 336);
            json!({
                "id": (1000 + index).to_string(),
                "status": "paid",
                "createdAt": format!("{year}-{:02}-{:02}T15:00:00Z", day / 28 + 1, day % 28 + 1),
                "total": {"currency": "BRL", "value": 0.1},
            })
        })
        .collect()
}

/// The values of CSV's first column.
pub(crate) fn ids(csv: &str) -> Vec<String> {
    csv.split_terminator("\r\n")
        .map(|line| line.split(',').next().unwrap().to_owned())
        .filter(|id| id != "id")
        .collect()
}
