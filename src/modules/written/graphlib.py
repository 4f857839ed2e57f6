"""`graphlib`: topological order."""


class CycleError(ValueError):
    pass


class TopologicalSorter:
    def __init__(self, graph=None):
        self._waits = {}
        self._next = {}
        self._ready = None
        self._left = 0
        if graph is not None:
            for node, predecessors in graph.items():
                self.add(node, *predecessors)

    def _note(self, node):
        if node not in self._waits:
            self._waits[node] = 0
            self._next[node] = []

    def add(self, node, *predecessors):
        if self._ready is not None:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        self._note(node)
        self._waits[node] += len(predecessors)
        for other in predecessors:
            self._note(other)
            self._next[other].append(node)

    def _check(self):
        waits = dict(self._waits)
        free = [node for node, count in waits.items() if count == 0]
        seen = 0
        while free:
            seen += 1
            for other in self._next[free.pop()]:
                waits[other] -= 1
                if waits[other] == 0:
                    free.append(other)
        if seen != len(waits):
            raise CycleError("nodes are in a cycle", [node for node, count in waits.items() if count])

    def prepare(self):
        if self._ready is not None:
            raise ValueError("cannot prepare() more than once")
        self._check()
        self._ready = [node for node, count in self._waits.items() if count == 0]
        self._left = len(self._waits)

    def get_ready(self):
        ready, self._ready = tuple(self._ready), []
        return ready

    def is_active(self):
        return self._left > 0

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        for node in nodes:
            self._left -= 1
            for other in self._next[node]:
                self._waits[other] -= 1
                if self._waits[other] == 0:
                    self._ready.append(other)

    def static_order(self):
        self.prepare()
        order = []
        while self.is_active():
            ready = self.get_ready()
            order.extend(ready)
            self.done(*ready)
        return iter(order)
