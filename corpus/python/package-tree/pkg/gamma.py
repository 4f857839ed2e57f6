try:
    from pkg import LEAF
    seen = "leaf"
except ImportError:
    seen = "cycle"
