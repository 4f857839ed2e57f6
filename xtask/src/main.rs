//! `cargo xtask`: what the developers of the project run beside `cargo test`.

fn main() {}
