//! A service of the test's own: it shows a list by pages, and the test decides what comes of each request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::support::{Home, response};

/// What comes of a request.
pub(crate) enum Reply {
    /// These bytes, and the connection ends.
    Bytes(String),
    /// Nothing, ever.
    Never,
}

/// A request: its path and query.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) query: HashMap<String, String>,
    /// The how many-eth request of its path it is, from 1.
    pub(crate) number: usize,
}

pub(crate) struct Desk {
    url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    unanswered: mpsc::UnboundedReceiver<()>,
}

impl Desk {
    /// Opens it. Whose the token is it says by itself.
    pub(crate) async fn open(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self::of("0b54e2c6-5d0e-4f0e-9a36-8a1a52a5c0de", answer).await
    }

    /// Opens it for the account with this id.
    pub(crate) async fn of(
        account: &'static str,
        answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (tell, unanswered) = mpsc::unbounded_channel();
        let all = Arc::clone(&asked);
        let answer = Arc::new(answer);
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let (all, answer, tell) = (Arc::clone(&all), Arc::clone(&answer), tell.clone());
                tokio::spawn(async move {
                    let mut seen = Vec::new();
                    let mut buffer = [0; 4096];
                    while !seen.windows(4).any(|bytes| bytes == b"\r\n\r\n") {
                        match socket.read(&mut buffer).await {
                            Ok(0) | Err(_) => return,
                            Ok(count) => seen.extend_from_slice(&buffer[..count]),
                        }
                    }
                    let head = String::from_utf8(seen).unwrap();
                    let target = head.split(' ').nth(1).unwrap();
                    let reply = if target == "/accounts/v1/me" {
                        Reply::Bytes(response(200, &json!({ "id": account }).to_string()))
                    } else {
                        let request = note(&all, target);
                        answer(&request)
                    };
                    match reply {
                        Reply::Bytes(bytes) => {
                            let _ = socket.write_all(bytes.as_bytes()).await;
                            let _ = socket.shutdown().await;
                        }
                        Reply::Never => {
                            let _ = tell.send(());
                            // Until the other side hangs up.
                            let _ = socket.read(&mut buffer).await;
                        }
                    }
                });
            }
        });
        Self {
            url,
            asked,
            unanswered,
        }
    }

    /// A person who calls it, at no pace.
    pub(crate) fn home(&self) -> Home {
        Home::new()
            .with("EDUZZ_SANDBOX", &self.url)
            .with("EDUZZ_TOKEN", "invented")
            .with("EDUZZ_PACE", "off")
    }

    /// The requests that came, in order; not those for whose the token is.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// Waits for a request that gets no answer.
    pub(crate) async fn waits(&mut self) {
        self.unanswered.recv().await.unwrap();
    }
}

fn note(all: &Mutex<Vec<Asked>>, target: &str) -> Asked {
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

    /// The page of these rows that was asked for.
    pub(crate) fn page_of(&self, rows: &[Value]) -> Reply {
        let (page, size) = (self.number_of("page", 1), self.number_of("itemsPerPage", 10));
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

/// So many sales, a day apart from 2020-01-01 on.
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
