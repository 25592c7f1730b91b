"""Contenders that use kazoo's recipes, told by lines of JSON on stdin, and that say by lines of JSON on stdout what
happens to them. Arguments and commands are those of CuratorClient.java."""

import json
import os
import sys
import threading
import time
import traceback

from kazoo.client import KazooClient, TransactionRequest
from kazoo.protocol.states import KazooState

CONNECT, TIMEOUT_MS = sys.argv[1], int(sys.argv[2])
WORKING_FOR = threading.local()
OUTPUT = threading.Lock()


def say(event, **facts):
    line = json.dumps({"at": int(time.time() * 1000), "event": event, **facts})
    with OUTPUT:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


class Gate:
    """Where contenders stand still while all are frozen."""

    def __init__(self):
        self.changed = threading.Condition()
        self.frozen = False
        self.let_pass = set()

    def freeze(self):
        with self.changed:
            self.frozen = True

    def thaw(self):
        with self.changed:
            self.frozen = False
            self.let_pass.clear()
            self.changed.notify_all()

    def let(self, step, who):
        with self.changed:
            self.let_pass.add((step, who))
            self.changed.notify_all()

    def pass_through(self, step, who):
        with self.changed:
            while self.frozen and (step, who) not in self.let_pass:
                self.changed.wait()
            self.let_pass.discard((step, who))


GATE = Gate()


class ObservedClient(KazooClient):
    """Tells what a recipe does through it: the znodes it makes and deletes, and those it watches."""

    def __init__(self, user):
        super().__init__(hosts=CONNECT, timeout=TIMEOUT_MS / 1000)
        self.user = user
        self.add_listener(self._state_changed)

    def tell(self, event, **facts):
        who = getattr(WORKING_FOR, "who", None) or self.user
        session = hex(self.client_id[0]) if self.client_id else None
        say(event, **{"who": who, "session": session, **facts})

    def _state_changed(self, state):
        if state == KazooState.LOST:
            self.tell("lost")

    def create(self, path, *args, **kwargs):
        made = super().create(path, *args, **kwargs)
        self.tell("created", node=made)
        return made

    def delete(self, path, *args, **kwargs):
        done = super().delete(path, *args, **kwargs)
        self.tell("deleted", node=path)
        return done

    def get(self, path, watch=None):
        answer = super().get(path, watch=watch)
        if watch is not None:
            self.tell("watches", on=path)
        return answer

    def get_children(self, path, watch=None, include_data=False):
        names = super().get_children(path, watch=watch, include_data=include_data)
        if watch is not None:
            self.tell("watches", on=path + "/<children>")
        return names

    def transaction(self):
        return ObservedTransaction(self)


class ObservedTransaction(TransactionRequest):
    def commit(self):
        results = super().commit()
        for operation, result in zip(self.operations, results):
            if type(operation).__name__ == "Delete" and result is True:
                self.client.tell("deleted", node=operation.path)
        return results


class Contender:
    """One that takes and releases again and again, by one of kazoo's recipes."""

    def __init__(self, client, who, index, command):
        self.client = client
        self.who = who
        self.index = index
        self.command = command
        self.path = command["path"]

    def run(self):
        WORKING_FOR.who = self.who
        try:
            getattr(self, self.command["recipe"].replace("-", "_"))()
        except Exception:
            traceback.print_exc()
            say("failed", who=self.who)

    def mutex(self):
        self.take_turns(self.client.Lock(self.path, self.who))

    def read_write(self):
        """Every third writes."""
        make = self.client.WriteLock if self.index % 3 == 0 else self.client.ReadLock
        self.take_turns(make(self.path, self.who))

    def semaphore(self):
        self.take_turns(self.client.Semaphore(self.path, self.who, self.command["max"]))

    def take_turns(self, lock):
        while True:
            say("acquiring", who=self.who)
            lock.acquire()
            self.hold()
            lock.release()
            self.rest()

    def election(self):
        election = self.client.Election(self.path, self.who)
        while True:
            say("acquiring", who=self.who)
            election.run(self.hold)
            self.rest()

    def queue(self):
        """Every third takes; the others put."""
        queue = self.client.Queue(self.path)
        item = 0
        while True:
            if self.index % 3 != 0:
                item += 1
                queue.put(f"{self.who}-{item}".encode(), priority=100 - item % 3)
                time.sleep(self.command["holdMs"] / 1000)
                self.rest()
            else:
                say("acquiring", who=self.who)
                while queue.get() is None:
                    time.sleep(0.02)
                self.hold()
                say("idle", who=self.who)

    def locking_queue(self):
        queue = self.client.LockingQueue(self.path)
        item = 0
        while True:
            if self.index % 3 != 0:
                item += 1
                queue.put(f"{self.who}-{item}".encode(), priority=100 - item % 3)
                time.sleep(self.command["holdMs"] / 1000)
                self.rest()
            else:
                say("acquiring", who=self.who)
                queue.get()
                self.hold()
                queue.consume()
                say("idle", who=self.who)

    def hold(self):
        say("acquired", who=self.who)
        time.sleep(self.command["holdMs"] / 1000)
        GATE.pass_through("release", self.who)
        say("releasing", who=self.who)

    def rest(self):
        say("idle", who=self.who)
        GATE.pass_through("acquire", self.who)


def start(command):
    count = command["count"]
    sessions = min(count, command["sessions"])
    clients = [ObservedClient(f"{command['prefix']}{i}" if sessions == count else None) for i in range(sessions)]
    for connected in [client.start_async() for client in clients]:
        connected.wait(30)
    for i in range(count):
        contender = Contender(clients[i % sessions], f"{command['prefix']}{i}", i, command)
        threading.Thread(target=contender.run, daemon=True).start()


def handle(command):
    if command["do"] == "start":
        start(command)
    elif command["do"] == "freeze":
        GATE.freeze()
    elif command["do"] == "thaw":
        GATE.thaw()
    elif command["do"] != "ping":
        GATE.let(command["do"], command["who"])
    say("done")


say("ready")
for text in sys.stdin:
    handle(json.loads(text))
# Without the farewells of fifty clients: their sessions are ended by whoever ends the ensemble.
os._exit(0)
