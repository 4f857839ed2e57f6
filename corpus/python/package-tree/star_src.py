_under = 1
shown = 2
import os
def fn(): return shown
