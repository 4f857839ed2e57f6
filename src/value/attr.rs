//! Attributes: how `x.name` is found for every kind of value.
