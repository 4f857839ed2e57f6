from pkg import VERSION as V
import pkg.beta as b
import pkg
NAME = __name__
PACKAGE = __package__
def late():
    return pkg.beta_value + V
