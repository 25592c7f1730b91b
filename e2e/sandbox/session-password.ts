// ZooKeeperServer.java, generatePasswd: `new Random(id ^ superSecret).nextBytes(...)`, the same on every server of any
// ensemble, so that a client may go on with another server. It guards against accidents, not against attackers.
const SUPER_SECRET = 0xb3415c00n

// java.util.Random is specified to the bit.
const MULTIPLIER = 0x5deece66dn
const MASK = (1n << 48n) - 1n

/** The 16 bytes with which a client proves that a session is its own. */
export function passwordOf(sessionId: bigint): Buffer {
  const password = Buffer.alloc(16)
  let state = (sessionId ^ SUPER_SECRET ^ MULTIPLIER) & MASK
  for (let offset = 0; offset < 16; offset += 4) {
    state = (state * MULTIPLIER + 0xbn) & MASK
    // nextBytes takes each int from its low byte on.
    password.writeUInt32LE(Number(state >> 16n), offset)
  }
  return password
}
