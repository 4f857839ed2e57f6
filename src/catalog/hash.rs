//! The hash by which the texts of the catalogue are searched; the build script makes the indices with this very file.

/// A hash of a title, the same on every machine.
pub(super) fn hash(title: &str) -> u32 {
    // The golden ratio in 64 bits, as Fibonacci hashing takes it.
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = title.len() as u64;
    for chunk in title.as_bytes().chunks(8) {
        let mut word = [0; 8];
        for (to, from) in word.iter_mut().zip(chunk) {
            *to = *from;
        }
        state = (state.rotate_left(23) ^ u64::from_le_bytes(word)).wrapping_mul(FACTOR);
    }
    let [.., a, b, c, d] = state.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}
