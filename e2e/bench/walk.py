"""kazoo, asked the same as client.ts: see there for the questions and the answers."""

import sys
import threading
import time

from kazoo.client import KazooClient

# Requests on the way, as many as the others have.
WINDOW = 256


class Pump:
    """Works on a list that may grow meanwhile, a window at a time."""

    def __init__(self):
        self.waiting = []
        self.at = 0
        self.in_flight = 0
        self.error = None
        self.lock = threading.RLock()
        self.finished = threading.Event()

    def run(self):
        with self.lock:
            while self.in_flight < WINDOW and self.at < len(self.waiting):
                work = self.waiting[self.at]
                self.at += 1
                self.in_flight += 1
                work().rawlink(self.done)
            if self.in_flight == 0:
                self.finished.set()

    def done(self, answer):
        with self.lock:
            self.in_flight -= 1
            if answer.exception is not None:
                self.error = answer.exception
                self.finished.set()
            self.run()

    def wait(self):
        self.run()
        self.finished.wait()
        if self.error is not None:
            raise self.error
        return self.at


def walk(client, root):
    pump = Pump()

    def visit(path):
        answer = client.get_children_async(path, include_data=True)

        def listed(finished):
            if finished.exception is None:
                names, _ = finished.get_nowait()
                with pump.lock:
                    pump.waiting.extend(lambda child=path + "/" + name: visit(child) for name in names)

        # Before the pump hears of it: what is below must be waiting when it looks for more.
        answer.rawlink(listed)
        return answer

    pump.waiting.append(lambda: visit(root))
    return pump.wait()


def get(client, path, names, times):
    pump = Pump()
    for i in range(times):
        child = path + "/" + names[i % len(names)]
        pump.waiting.append(lambda child=child: client.get_async(child))
    return pump.wait()


def main():
    client = KazooClient(hosts=sys.argv[1], timeout=30)
    client.start()
    for line in sys.stdin:
        what, path, *rest = line.split()
        names = client.get_children(path) if what == "get" else []
        wall, cpu = time.perf_counter(), time.process_time()
        if what == "walk":
            count = walk(client, path)
        elif what == "list":
            count = len(client.get_children(path))
        else:
            count = get(client, path, names, int(rest[0]))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(count, wall * 1000, cpu * 1000, flush=True)
    client.stop()


main()
