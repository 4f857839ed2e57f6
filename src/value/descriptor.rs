//! stub
use super::*;
use crate::datum::*;
use crate::eval::Collector;
pub struct Property {
    pub getter: Value,
}
pub struct ClassMethod {
    pub function: Value,
}
pub struct StaticMethod {
    pub function: Value,
}
impl Object for Property {
    fn datum(&self, _: &mut Collector<'_>) -> Datum {
        Datum::Null
    }
}
impl Object for ClassMethod {
    fn datum(&self, _: &mut Collector<'_>) -> Datum {
        Datum::Null
    }
}
impl Object for StaticMethod {
    fn datum(&self, _: &mut Collector<'_>) -> Datum {
        Datum::Null
    }
}
