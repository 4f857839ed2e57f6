//! The hash by which the texts of the catalogue are searched; the build script makes the indices with this very file.

/// A hash of a title, the same on every machine.
pub(super) fn hash(title: &str) -> u32 {
    // The golden ratio in 64 bits, as Fibonacci hashing takes it.
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = title.len() as u64;
    let mut take = |word: [u8; 8]| {
        state = (state.rotate_left(23) ^ u64::from_le_bytes(word)).wrapping_mul(FACTOR);
    };
    let (words, rest) = title.as_bytes().as_chunks();
    for word in words {
        take(*word);
    }
    if !rest.is_empty() {
        let mut word = [0; 8];
        for (to, from) in word.iter_mut().zip(rest) {
            *to = *from;
        }
        take(word);
    }
    let [.., a, b, c, d] = state.to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}
