//! What the targets share: a stack as large as the command's, and quiet about panics that the library catches itself.

/// The stack of a thread that converts, as `cli::workers` has it.
const STACK_BYTES: usize = 256 << 20;

/// Runs `work` on a stack of its own.
pub(crate) fn on_a_large_stack<T>(work: impl FnOnce() -> T) -> T {
    stacker::grow(STACK_BYTES, work)
}

/// In the place of libFuzzer's hook, which ends the process at any panic: a library's own `catch_unwind` is to have its say.
/// A panic that comes out of the target is a finding all the same.
pub(crate) fn quietly() {
    std::panic::set_hook(Box::new(|info| {
        let text = info.to_string();
        // Faults of the YAML parser, which the reader makes an error of.
        if !text.contains("libyaml-safer") {
            eprintln!("{text}\n{}", std::backtrace::Backtrace::force_capture());
        }
    }));
}
