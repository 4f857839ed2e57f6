//! stub
use super::*;
use crate::datum::*;
use crate::eval::Collector;
pub struct Slice {
    pub start: Value,
    pub stop: Value,
    pub step: Value,
}
impl Object for Slice {
    fn datum(&self, _: &mut Collector<'_>) -> Datum {
        Datum::Null
    }
}
