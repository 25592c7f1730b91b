// Contenders that use the Lock of go-zookeeper, told by lines of JSON on stdin, and that say by lines of JSON on stdout
// what happens to them. Arguments and commands are those of CuratorClient.java.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-zookeeper/zk"
)

type command struct {
	Do, Recipe, Path, Prefix, Who string
	Count, Sessions, HoldMs       int
}

type fact struct {
	At      int64  `json:"at"`
	Event   string `json:"event"`
	Who     string `json:"who,omitempty"`
	Node    string `json:"node,omitempty"`
	On      string `json:"on,omitempty"`
	Session string `json:"session,omitempty"`
}

var output sync.Mutex

func say(told fact) {
	told.At = time.Now().UnixMilli()
	line, _ := json.Marshal(told)
	output.Lock()
	defer output.Unlock()
	os.Stdout.Write(append(line, '\n'))
}

// gate is where contenders stand still while all are frozen.
type gate struct {
	mutex   sync.Mutex
	changed *sync.Cond
	frozen  bool
	let     map[string]bool
}

func newGate() *gate {
	made := &gate{let: map[string]bool{}}
	made.changed = sync.NewCond(&made.mutex)
	return made
}

func (g *gate) set(frozen bool) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.frozen = frozen
	if !frozen {
		g.let = map[string]bool{}
		g.changed.Broadcast()
	}
}

func (g *gate) allow(step, who string) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.let[step+" "+who] = true
	g.changed.Broadcast()
}

func (g *gate) pass(step, who string) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	for g.frozen && !g.let[step+" "+who] {
		g.changed.Wait()
	}
	delete(g.let, step+" "+who)
}

type quiet struct{}

func (quiet) Printf(string, ...interface{}) {}

// contend takes and releases again and again, in a session of its own.
func contend(servers []string, timeout time.Duration, doors *gate, asked command, who string) {
	wire := &tap{who: who}
	conn, events, err := zk.Connect(servers, timeout, zk.WithLogger(quiet{}), zk.WithDialer(wire.dial))
	if err != nil {
		say(fact{Event: "failed", Who: who})
		return
	}
	go func() {
		for event := range events {
			if event.State == zk.StateExpired {
				say(fact{Event: "lost", Who: who})
			}
		}
	}()
	lock := zk.NewLock(conn, asked.Path, zk.WorldACL(zk.PermAll))
	for {
		say(fact{Event: "acquiring", Who: who})
		if err := lock.Lock(); err != nil {
			fmt.Fprintln(os.Stderr, who, err)
			say(fact{Event: "failed", Who: who})
			return
		}
		say(fact{Event: "acquired", Who: who})
		time.Sleep(time.Duration(asked.HoldMs) * time.Millisecond)
		doors.pass("release", who)
		say(fact{Event: "releasing", Who: who})
		if err := lock.Unlock(); err != nil {
			fmt.Fprintln(os.Stderr, who, err)
			say(fact{Event: "failed", Who: who})
			return
		}
		say(fact{Event: "idle", Who: who})
		doors.pass("acquire", who)
	}
}

func main() {
	timeoutMs, _ := strconv.Atoi(os.Args[2])
	servers := strings.Split(os.Args[1], ",")
	doors := newGate()
	say(fact{Event: "ready"})
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var asked command
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		switch asked.Do {
		case "start":
			for i := 0; i < asked.Count; i++ {
				timeout := time.Duration(timeoutMs) * time.Millisecond
				go contend(servers, timeout, doors, asked, asked.Prefix+strconv.Itoa(i))
			}
		case "freeze":
			doors.set(true)
		case "thaw":
			doors.set(false)
		case "ping":
		default:
			doors.allow(asked.Do, asked.Who)
		}
		say(fact{Event: "done"})
	}
}
