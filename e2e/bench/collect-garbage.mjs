// Loaded into a measured Zoolens before anything else: SIGUSR2 collects its garbage, so that what is left of the heap is
// what is held.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
process.on('SIGUSR2', () => {
  collect()
  process.stderr.write('garbage collected\n')
})
