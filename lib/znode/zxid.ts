/**
 * A zxid is an epoch, one for each leader, and a counter that the leader starts at 0 again.
 * Source: ZxidUtils.java.
 */
export interface ZxidParts {
  /** 0..2^32-1. 0 on a standalone server, which never elects a leader. */
  readonly epoch: number
  /** 0..2^32-1 */
  readonly counter: number
}

export function zxidParts(zxid: bigint): ZxidParts {
  return { epoch: Number(BigInt.asUintN(32, zxid >> 32n)), counter: Number(BigInt.asUintN(32, zxid)) }
}
