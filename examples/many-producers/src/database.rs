//! The browsers and the producers' sessions, in SQLite. A session has its token in clear text:
//! protect the file.

use std::error::Error;
use std::sync::{Mutex, MutexGuard, PoisonError};

use eduzz::{Pending, Session};
use rusqlite::{Connection, OptionalExtension as _};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

pub(crate) struct Database(Mutex<Connection>);

impl Database {
    pub(crate) fn open(path: &str) -> Result<Self> {
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "CREATE TABLE IF NOT EXISTS producers (id TEXT PRIMARY KEY, session TEXT NOT NULL);
             CREATE TABLE IF NOT EXISTS browsers (cookie TEXT PRIMARY KEY, pending TEXT, producer TEXT);",
        )?;
        Ok(Self(Mutex::new(connection)))
    }

    /// Stores a sign-in that was begun, and gives the cookie of its browser.
    pub(crate) fn begin(&self, pending: &Pending) -> Result<String> {
        let mut random = [0; 32];
        getrandom::fill(&mut random)?;
        let cookie: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let pending = serde_json::to_string(pending)?;
        let sql = "INSERT INTO browsers (cookie, pending) VALUES (?, ?)";
        self.lock().execute(sql, [&cookie, &pending])?;
        Ok(cookie)
    }

    /// The sign-in that this browser has begun.
    pub(crate) fn pending(&self, cookie: &str) -> Result<Option<Pending>> {
        let sql = "SELECT pending FROM browsers WHERE cookie = ? AND pending IS NOT NULL";
        let text = self
            .lock()
            .query_row(sql, [cookie], |row| row.get::<_, String>(0));
        Ok(text
            .optional()?
            .map(|text| serde_json::from_str(&text))
            .transpose()?)
    }

    /// Ends the sign-in, before its code is exchanged: once.
    pub(crate) fn end(&self, cookie: &str) -> Result<()> {
        let sql = "UPDATE browsers SET pending = NULL WHERE cookie = ? AND pending IS NOT NULL";
        let ended = self.lock().execute(sql, [cookie])?;
        if ended == 1 {
            Ok(())
        } else {
            Err("the sign-in has ended".into())
        }
    }

    /// Stores a new session, whatever was there.
    pub(crate) fn connect(&self, cookie: &str, producer: &str, session: &Session) -> Result<()> {
        let mut connection = self.lock();
        let both = connection.transaction()?;
        both.execute(
            "INSERT OR REPLACE INTO producers (id, session) VALUES (?, ?)",
            [producer, &serde_json::to_string(session)?],
        )?;
        both.execute(
            "UPDATE browsers SET producer = ? WHERE cookie = ?",
            [producer, cookie],
        )?;
        Ok(both.commit()?)
    }

    /// The producer of this browser, with its session.
    pub(crate) fn session(&self, cookie: &str) -> Result<Option<(String, Session)>> {
        let sql = "SELECT id, session FROM browsers JOIN producers ON id = producer WHERE cookie = ?";
        let row = self
            .lock()
            .query_row(sql, [cookie], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)));
        let Some((producer, session)) = row.optional()? else {
            return Ok(None);
        };
        Ok(Some((producer, serde_json::from_str(&session)?)))
    }

    /// Stores a changed session, unless another one was stored meanwhile: the end of an older
    /// session must not overwrite a newer sign-in.
    pub(crate) fn replace(&self, producer: &str, before: &Session, after: &Session) -> Result<()> {
        let sql = "UPDATE producers SET session = ?3 WHERE id = ?1 AND session = ?2";
        let (before, after) = (serde_json::to_string(before)?, serde_json::to_string(after)?);
        self.lock().execute(sql, [producer, &before, &after])?;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
