//! stub
use super::*;
use crate::eval::Vm;
pub fn type_of(_v: &Value) -> Option<&'static Type> {
    None
}
pub fn class_of(_vm: &mut Vm, _v: &Value) -> Eval<Value> {
    Ok(Value::None)
}
impl Vm {
    pub fn is_instance(&mut self, _v: &Value, _c: &Value) -> Eval<bool> {
        Ok(false)
    }
    pub fn enum_members(&mut self, _c: &Rc<Class>) -> Eval<Vec<Value>> {
        Ok(vec![])
    }
    pub fn attr(&mut self, _v: &Value, _n: &str) -> Eval<Value> {
        Ok(Value::None)
    }
    pub fn set_attr(&mut self, _v: &Value, _n: &str, _x: Value, _s: crate::source::Span) -> Eval<()> {
        Ok(())
    }
    pub fn del_attr(&mut self, _v: &Value, _n: &str) -> Eval<()> {
        Ok(())
    }
    pub fn bind(&mut self, f: Value, _i: Option<&Value>, _c: &Rc<Class>) -> Eval<Value> {
        Ok(f)
    }
    pub fn binary_inplace(&mut self, _op: ruff_python_ast::Operator, a: &Value, _b: &Value) -> Eval<Value> {
        Ok(a.clone())
    }
}
