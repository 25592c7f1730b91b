import { fourLetterWord } from '../sandbox/four-letter-word'
import { CLUSTER, type Lab } from './lab'
import { type Figure, judged, type Row } from './row'
import { serverMetrics } from './server-metrics'

const SESSIONS = 2
const WATCHES = 200
const IN_FLIGHT = 64

/** After everything else on the three servers: what they had to bear, by Zoolens' account and by their own. */
export const guest: Row = {
  id: 'guest',
  async run(lab: Lab): Promise<Figure[]> {
    const { ensemble, zoolens, peak } = await lab.site(3)
    await peak.sample()
    const metrics = await serverMetrics(zoolens)
    const now = (name: string): number => metrics.get(`zoolens_zookeeper_${name}{cluster="${CLUSTER}"}`) ?? Number.NaN
    const counted = await Promise.all(ensemble.servers.map(({ clientPort }) => watchesOn(clientPort)))
    const watches = counted.reduce((sum, count) => sum + count, 0)
    const most = peak.peak
    const sessions = Math.max(most.sessions, now('sessions'))
    return [
      judged('sessions on the ensemble', `<= ${SESSIONS}`, `${sessions} at most`, sessions <= SESSIONS),
      judged(
        'watches on the ensemble',
        `<= ${WATCHES}`,
        `${Math.max(most.watches, now('watches'))} at most; ZooKeeper itself counts ${watches}`,
        Math.max(most.watches, watches) <= WATCHES,
      ),
      judged('requests in flight', `<= ${IN_FLIGHT}`, `${most.inFlight} at most, sampled`, most.inFlight <= IN_FLIGHT),
    ]
  },
}

async function watchesOn(port: number): Promise<number> {
  return Number(/^zk_watch_count\s+(\d+)/m.exec(await fourLetterWord(port, 'mntr'))?.[1] ?? Number.NaN)
}
