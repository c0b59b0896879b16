//! MyEduzz: invoices, subscriptions and commissions.
