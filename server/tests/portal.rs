//! The server through its whole router and its binary, on real databases. One test binary: it links once.

#[path = "portal/api.rs"]
mod api;
#[path = "portal/authorisation.rs"]
mod authorisation;
#[path = "portal/bills.rs"]
mod bills;
#[path = "portal/card.rs"]
mod card;
#[path = "portal/case_bills.rs"]
mod case_bills;
#[path = "portal/cases.rs"]
mod cases;
#[path = "portal/command_line.rs"]
mod command_line;
#[path = "portal/crash.rs"]
mod crash;
#[path = "portal/definitions.rs"]
mod definitions;
#[path = "portal/documents.rs"]
mod documents;
#[path = "portal/exchange.rs"]
mod exchange;
#[path = "portal/files.rs"]
mod files;
#[path = "portal/headers.rs"]
mod headers;
#[path = "portal/identity.rs"]
mod identity;
#[path = "portal/import.rs"]
mod import;
#[path = "portal/lists.rs"]
mod lists;
#[path = "portal/missed.rs"]
mod missed;
#[path = "portal/my_data.rs"]
mod my_data;
#[path = "portal/notices.rs"]
mod notices;
#[path = "portal/officers.rs"]
mod officers;
#[path = "portal/own.rs"]
mod own;
#[path = "portal/pages.rs"]
mod pages;
#[path = "portal/plans.rs"]
mod plans;
#[path = "portal/record.rs"]
mod record;
#[path = "portal/reminders.rs"]
mod reminders;
#[path = "portal/serving.rs"]
mod serving;
#[path = "portal/sign_in.rs"]
mod sign_in;
#[path = "portal/support.rs"]
mod support;
#[path = "portal/uses.rs"]
mod uses;
#[path = "portal/webhooks.rs"]
mod webhooks;
