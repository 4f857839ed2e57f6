//! Maps and sets for names and values that the files bring: hashed with a seed that is random in each process, so that no file can
//! make its names collide, and fast for the short keys that names are.

use foldhash::fast;

/// What hashes the keys.
///
/// Source: the readme of foldhash 0.2.0, "HashDoS resistance"; nothing here shows a hash or the order of one.
pub type RandomState = fast::RandomState;

/// A map without an order.
pub type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;

/// A set without an order.
pub type HashSet<T> = std::collections::HashSet<T, RandomState>;

/// A map in the order of insertion.
pub type IndexMap<K, V> = indexmap::IndexMap<K, V, RandomState>;

/// A set in the order of insertion.
pub type IndexSet<T> = indexmap::IndexSet<T, RandomState>;
