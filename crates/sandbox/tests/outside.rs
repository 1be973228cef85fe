//! The sandbox as its clients meet it: the binary, over loopback.

#[path = "outside/bank.rs"]
mod bank;
#[path = "outside/client.rs"]
mod client;
#[path = "outside/mail.rs"]
mod mail;
#[path = "outside/registers.rs"]
mod registers;
#[path = "outside/sign_in.rs"]
mod sign_in;
