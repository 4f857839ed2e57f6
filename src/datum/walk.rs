//! What a datum holds, for everything that goes through data and treats most of it alike.
//!
//! What a function inside the file has from around it belongs to the function, and is not gone through.

use super::{Cause, Datum};

/// A datum and all that it holds, however deep: each before what it holds, in the order of writing.
#[derive(Debug)]
pub struct Walk<'a> {
    next: Option<&'a Datum>,
    /// What is still to come, the nearest last.
    stack: Vec<&'a Datum>,
}

impl<'a> Iterator for Walk<'a> {
    type Item = &'a Datum;

    fn next(&mut self) -> Option<&'a Datum> {
        let datum = self.next.take().or_else(|| self.stack.pop())?;
        self.stack.extend(datum.children().rev());
        Some(datum)
    }
}

impl Datum {
    /// This datum and all that it holds, however deep, the keys of maps included.
    pub fn walk(&self) -> Walk<'_> {
        Walk { next: Some(self), stack: Vec::new() }
    }

    /// What this datum holds itself: items, keys each before its value, the arguments of a call.
    pub fn children(&self) -> impl DoubleEndedIterator<Item = &Self> {
        let Held { items, pairs, kwargs } = self.held();
        let pairs = pairs.iter().flat_map(|(key, value)| [key, value]);
        items.iter().chain(pairs).chain(kwargs.iter().map(|(_, value)| value))
    }

    /// [`Self::children`], to be changed.
    pub fn children_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        let HeldMut { items, pairs, kwargs } = self.held_mut();
        let pairs = pairs.iter_mut().flat_map(|(key, value)| [key, value]);
        items.iter_mut().chain(pairs).chain(kwargs.iter_mut().map(|(_, value)| value))
    }

    /// [`Self::children`] without the keys of maps.
    pub fn values(&self) -> impl Iterator<Item = &Self> {
        let Held { items, pairs, kwargs } = self.held();
        let pairs = pairs.iter().map(|(_, value)| value);
        items.iter().chain(pairs).chain(kwargs.iter().map(|(_, value)| value))
    }

    /// [`Self::values`], to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        let HeldMut { items, pairs, kwargs } = self.held_mut();
        let pairs = pairs.iter_mut().map(|(_, value)| value);
        items.iter_mut().chain(pairs).chain(kwargs.iter_mut().map(|(_, value)| value))
    }

    /// The first unknown in this datum, however deep.
    pub fn first_unknown(&self) -> Option<&Cause> {
        self.walk().find_map(|datum| if let Self::Unknown(cause) = datum { Some(cause) } else { None })
    }

    fn held(&self) -> Held<'_> {
        match self {
            Self::List(items) | Self::Tuple(items) | Self::Set(items) | Self::FrozenSet(items) => {
                Held { items, ..Held::default() }
            }
            Self::Map(pairs) => Held { pairs, ..Held::default() },
            Self::Object(object) => Held { items: &object.args, kwargs: &object.kwargs, pairs: &[] },
            Self::Null
            | Self::Bool(_)
            | Self::Int(_)
            | Self::Float(_)
            | Self::Str(_)
            | Self::Bytes(_)
            | Self::DateTime(_)
            | Self::Date(_)
            | Self::Time(_)
            | Self::TimeDelta(_)
            | Self::Reference(_)
            | Self::XCom(_)
            | Self::Unknown(_) => Held::default(),
        }
    }

    fn held_mut(&mut self) -> HeldMut<'_> {
        match self {
            Self::List(items) | Self::Tuple(items) | Self::Set(items) | Self::FrozenSet(items) => {
                HeldMut { items, ..HeldMut::default() }
            }
            Self::Map(pairs) => HeldMut { pairs, ..HeldMut::default() },
            Self::Object(object) => {
                let object = object.as_mut();
                HeldMut { items: &mut object.args, kwargs: &mut object.kwargs, pairs: &mut [] }
            }
            Self::Null
            | Self::Bool(_)
            | Self::Int(_)
            | Self::Float(_)
            | Self::Str(_)
            | Self::Bytes(_)
            | Self::DateTime(_)
            | Self::Date(_)
            | Self::Time(_)
            | Self::TimeDelta(_)
            | Self::Reference(_)
            | Self::XCom(_)
            | Self::Unknown(_) => HeldMut::default(),
        }
    }
}

#[derive(Default)]
struct Held<'a> {
    items: &'a [Datum],
    pairs: &'a [(Datum, Datum)],
    kwargs: &'a [(String, Datum)],
}

#[derive(Default)]
struct HeldMut<'a> {
    items: &'a mut [Datum],
    pairs: &'a mut [(Datum, Datum)],
    kwargs: &'a mut [(String, Datum)],
}

#[cfg(test)]
mod tests {
    use super::Datum;
    use crate::datum::TypedObject;

    /// Adds one to every whole number.
    fn up(datum: &mut Datum, with_keys: bool) {
        if let Datum::Int(number) = datum {
            *number += 1;
        }
        if with_keys {
            datum.children_mut().for_each(|datum| up(datum, true));
        } else {
            datum.values_mut().for_each(|datum| up(datum, false));
        }
    }

    #[test]
    fn a_walk_goes_through_everything_in_the_order_of_writing() {
        let object = TypedObject {
            path: "a.B".to_owned(),
            args: vec![Datum::int(3)],
            kwargs: vec![("x".to_owned(), Datum::Set(vec![Datum::int(4)]))],
        };
        let mut datum = Datum::List(vec![
            Datum::Map(vec![(Datum::Tuple(vec![Datum::int(1)]), Datum::int(2))]),
            Datum::Object(Box::new(object)),
            Datum::FrozenSet(vec![Datum::int(5)]),
        ]);
        let numbers = |datum: &Datum| {
            let ints = datum.walk().filter_map(|datum| match datum {
                Datum::Int(number) => Some(number.to_string()),
                _ => None,
            });
            ints.collect::<Vec<_>>().concat()
        };
        assert_eq!(numbers(&datum), "12345");
        assert_eq!(datum.walk().count(), 11);

        up(&mut datum, true);
        assert_eq!(numbers(&datum), "23456");
        up(&mut datum, false);
        assert_eq!(numbers(&datum), "24567");
    }
}
