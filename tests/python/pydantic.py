from pydantic import BaseModel, Field
from typing import Optional, List, Dict, Any, Union, Literal
class Task(BaseModel):
    id: str
    retries: int = 2
    args: List[str] = Field(default_factory=list)
    env: Optional[Dict[str, str]] = None
    weight: float = 1
    kind: Literal["a", "b"] = "a"
    extra: Any = None
class Conf(BaseModel):
    name: str = Field(..., description="The name.")
    tasks: list[Task] = []
    first: Task | None = None
    either: Union[int, str] = 5
c = Conf(name="x", tasks=[{"id": "t", "retries": 0}, Task(id="u", env={"A": "1"}, weight=3)], first={"id": "f"}, either="s")
[c, str(c), c.tasks[0].retries, c.tasks[1].weight, c.first.id, c.model_dump(), c.model_dump(exclude_none=True)["tasks"], c.model_dump(include={"name"}), c.model_dump(exclude={"tasks", "first"}), Conf(name="y").tasks, Conf(name="y") == Conf(name="y"), Conf(name="y") != Conf(name="z"), c.model_copy(update={"name": "q"}).name, Conf.model_validate({"name": "v"}).name, dict(Conf(name="y")), list(Conf.model_fields), Conf(name="a", either=7).either, Task(id="z", weight=2).weight, [t.id for t in c.tasks], isinstance(c, BaseModel), Conf(name="i", nope=1), Task(id="k", kind="b").kind, Task(id="k", extra=[1, {2}]).extra, Conf.model_validate_json('{"name": "j", "tasks": [{"id": "x"}]}').tasks]

from pydantic import BaseModel
class M(BaseModel):
    a: int
M()

from pydantic import BaseModel
class M(BaseModel):
    a: int = 1
m = M()
m.a = 5
m.b = 6

from pydantic import BaseModel, ConfigDict
class M(BaseModel):
    model_config = ConfigDict(extra="forbid")
    a: int = 1
M(b=2)

from pydantic import BaseModel, ConfigDict
class M(BaseModel):
    model_config = ConfigDict(frozen=True)
    a: int = 1
M().a = 2

from pydantic import BaseModel, Field
class M(BaseModel):
    a: int = Field(default=1, ge=0, le=10)
    b: str = Field("x", min_length=1)
[M(a=10).a, M(b="yy").b]

from pydantic import BaseModel, Field
class M(BaseModel):
    a: int = Field(default=1, ge=0)
M(a=-1)

from pydantic import BaseModel
from enum import Enum
from datetime import datetime, timedelta
from typing import ClassVar, Tuple
class Env(str, Enum):
    DEV = "dev"
    PROD = "prod"
class Base(BaseModel):
    KIND: ClassVar[str] = "k"
    env: Env = Env.DEV
    start: datetime = datetime(2024, 1, 1)
    every: timedelta = timedelta(hours=1)
    def label(self): return f"{self.env.value}-{self.KIND}"
    @property
    def is_prod(self): return self.env is Env.PROD
    @classmethod
    def of(cls, **kw): return cls(**kw)
class Sub(Base):
    pair: Tuple[int, str] = (1, "a")
    many: tuple[int, ...] = ()
    def label(self): return super().label() + "!"
s = Sub(env="prod", start=datetime(2025, 2, 3), pair=(2, "b"), many=(1, 2))
[s, s.label(), s.is_prod, Base.of(env=Env.DEV).label(), s.model_dump(), Sub().pair, s.many, issubclass(Sub, BaseModel), Sub.KIND]

from pydantic import BaseModel
class M(BaseModel):
    a: int
    def model_post_init(self, context): self.a = self.a + 1
M(a=1).a

# unknown: ok
from pydantic import BaseModel
class M(BaseModel):
    a: int
M(a="5").a

# unknown: ok
from pydantic import BaseModel, field_validator
class M(BaseModel):
    a: str
    @field_validator("a")
    @classmethod
    def upper(cls, v): return v.upper()
M(a="x").a

# unknown: ok
from pydantic import BaseModel, Field
class M(BaseModel):
    a: str = Field(alias="b")
M(b="x").a

# unknown: ok
from pydantic import BaseModel
class M(BaseModel):
    model_config = {"extra": "allow"}
    a: str = "q"
M(b="x").b
