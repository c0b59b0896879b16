//! Types of the Eduzz public API: models, ids, money, dates, secrets.
