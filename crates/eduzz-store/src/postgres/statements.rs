//! The prepared statements of a connection.

use std::collections::HashMap;

use tokio_postgres::{GenericClient, Statement};

use crate::StoreError;

/// The statements that this connection has prepared, by their text.
#[derive(Default)]
pub(super) struct Statements(HashMap<Box<str>, Statement>);

impl Statements {
    /// The prepared statement.
    pub(super) async fn get(
        &mut self,
        client: &impl GenericClient,
        sql: &str,
    ) -> Result<Statement, StoreError> {
        if let Some(statement) = self.0.get(sql) {
            return Ok(statement.clone());
        }
        let statement = client.prepare(sql).await?;
        self.0.insert(sql.into(), statement.clone());
        Ok(statement)
    }

    /// The statements, and how many values each has.
    #[cfg(all(test, feature = "mirror"))]
    pub(super) fn texts(&self) -> Vec<(String, usize)> {
        let texts = self.0.iter();
        texts
            .map(|(text, statement)| (text.to_string(), statement.params().len()))
            .collect()
    }
}
