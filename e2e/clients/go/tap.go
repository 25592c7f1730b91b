package main

import (
	"encoding/binary"
	"fmt"
	"net"
	"sync"
	"time"
)

const (
	opCreate  = 1
	opDelete  = 2
	opGetData = 4
)

// tap reads along what one client says and hears: the library keeps the znodes that it makes and watches to itself.
type tap struct {
	who     string
	mutex   sync.Mutex
	session string
	asked   map[int32]request
}

type request struct {
	operation int32
	path      string
	watch     bool
}

type tappedConn struct {
	net.Conn
	tap  *tap
	read []byte
	// The first frame each way is the handshake, which has no header.
	greeted, answered bool
}

func (t *tap) dial(network, address string, timeout time.Duration) (net.Conn, error) {
	conn, err := net.DialTimeout(network, address, timeout)
	if err != nil {
		return nil, err
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.asked = map[int32]request{}
	return &tappedConn{Conn: conn, tap: t}, nil
}

// Write is called by the library with one whole frame each.
func (c *tappedConn) Write(frame []byte) (int, error) {
	if c.greeted {
		c.tap.sent(frame[4:])
	}
	c.greeted = true
	return c.Conn.Write(frame)
}

func (c *tappedConn) Read(into []byte) (int, error) {
	count, err := c.Conn.Read(into)
	c.read = append(c.read, into[:count]...)
	for len(c.read) >= 4 {
		end := 4 + int(binary.BigEndian.Uint32(c.read))
		if len(c.read) < end {
			break
		}
		if c.answered {
			c.tap.heard(c.read[4:end])
		} else {
			c.tap.met(c.read[4:end])
		}
		c.answered = true
		c.read = c.read[end:]
	}
	return count, err
}

func text(from []byte) (string, []byte) {
	length := int(int32(binary.BigEndian.Uint32(from)))
	return string(from[4 : 4+length]), from[4+length:]
}

func (t *tap) met(answer []byte) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.session = fmt.Sprintf("0x%x", binary.BigEndian.Uint64(answer[8:]))
}

func (t *tap) sent(frame []byte) {
	asked := request{operation: int32(binary.BigEndian.Uint32(frame[4:]))}
	switch asked.operation {
	case opCreate, opDelete:
		asked.path, _ = text(frame[8:])
	case opGetData:
		var rest []byte
		asked.path, rest = text(frame[8:])
		asked.watch = rest[0] == 1
	default:
		return
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.asked[int32(binary.BigEndian.Uint32(frame))] = asked
}

func (t *tap) heard(frame []byte) {
	xid := int32(binary.BigEndian.Uint32(frame))
	t.mutex.Lock()
	defer t.mutex.Unlock()
	asked, known := t.asked[xid]
	delete(t.asked, xid)
	if !known || binary.BigEndian.Uint32(frame[12:]) != 0 {
		return
	}
	switch {
	case asked.operation == opCreate:
		made, _ := text(frame[16:])
		say(fact{Event: "created", Who: t.who, Node: made, Session: t.session})
	case asked.operation == opDelete:
		say(fact{Event: "deleted", Who: t.who, Node: asked.path, Session: t.session})
	case asked.watch:
		say(fact{Event: "watches", Who: t.who, On: asked.path, Session: t.session})
	}
}
