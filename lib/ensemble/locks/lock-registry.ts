import type { EvidenceSource } from './evidence-source'
import { Pace } from './pace'

/** Of one ensemble: small directories at once, ten thousand waiters in some seconds. */
const PACE = { perSecond: 400, burst: 200, atOnce: 8 }

/** The locks of one ensemble that somebody asks for. */
export class LockRegistry {
  readonly pace = new Pace(PACE)

  constructor(readonly evidence: EvidenceSource) {}
}
