import type { AppError, ErrorCode } from '@/lib/znode/app-error'
import { CONNECTION_ERRORS } from './connection-errors'
import { because, type ErrorContext, Node, node, type Sentences, server } from './error-words'
import { ZOOKEEPER_ERRORS } from './zookeeper-errors'

/** What happened and what to do about it, in words, for every code that there is. */
export function describeError(code: ErrorCode, context: ErrorContext = {}): AppError {
  const [message, hint] = SENTENCES[code](context)
  return { code, message, hint, ...(context.path === undefined ? {} : { path: context.path }) }
}

const SENTENCES: Readonly<Record<ErrorCode, Sentences>> = {
  ...ZOOKEEPER_ERRORS,
  ...CONNECTION_ERRORS,
  BadPath: (c) => [
    because(c, c.path === undefined ? 'That is no path of a znode' : `${JSON.stringify(c.path)} is no path of a znode`),
    'A path looks like /a/b: it starts with a slash, and has no empty part and no slash at its end.',
  ],
  BadRequest: (c) => [because(c, 'The request is not valid'), 'Correct what it names and send it again.'],
  UnknownCluster: (c) => [
    because(c, 'Zoolens has no such ensemble'),
    'Choose one from the list; their ids are set in ZOOLENS_CONFIG.',
  ],
  NotFound: (c) => [
    because(c, 'There is nothing at this address'),
    'Check the link, or start from the list of ensembles.',
  ],
  Forbidden: (c) => [
    because(c, 'Zoolens does not allow you this'),
    'Ask whoever runs Zoolens; the request must come from its own page, and may need another role.',
  ],
  ReadOnly: (c) => [
    because(c, 'This ensemble is read-only in Zoolens; nothing was written'),
    'To write, unset ZOOLENS_READ_ONLY or the readOnly flag of the ensemble in ZOOLENS_CONFIG, and restart Zoolens.',
  ],
  TooLarge: (c) => [
    because(c, c.path === undefined ? 'That is too large' : `That is too large for ${c.path}`),
    'ZooKeeper takes just under 1 MiB in one request unless jute.maxbuffer, the same on all servers, says otherwise; keep large data elsewhere and its address here.',
  ],
  ReplyTooLarge: (c) => [
    because(c, c.path === undefined ? 'The answer is too large' : `What is asked of ${c.path} is too large`),
    'Nothing is asked again by itself, to spare the server. Raise maxReplyMegabytes of this ensemble in ZOOLENS_CONFIG if the server and this machine can bear it.',
  ],
  OverwroteRecreated: (c) => [
    `${Node(c)} was deleted and created anew in the very moment of saving: your value was written to the new one, over its creator’s.`,
    'ZooKeeper cannot check for this. Tell whoever created it: the first value of the new znode is gone.',
  ],
  Recreated: (c) => [
    `${Node(c)} was deleted and created anew since you loaded it; nothing was written.`,
    'It is another znode with the same path: load it and look at it before you change it.',
  ],
  NotRevocable: (c) => [
    because(c, `${Node(c)} cannot be asked to release; nothing was written`),
    'Only a lock of Curator that was made revocable listens for it: its owner watches its own znode. To anybody else this would only destroy the data.',
  ],
  NotText: (c) => [
    because(c, `${Node(c)} does not hold text that survives editing byte for byte`),
    'See its bytes in the hex view; download it, change the file, and upload that.',
  ],
  Busy: (c) => [
    because(c, 'Zoolens has too many requests to this ensemble open already'),
    'It holds them back to spare the ensemble; try again in a few seconds.',
  ],
  Aborted: () => ['The request was cancelled.', 'Start it again if it is still wanted.'],
  Closed: (c) => [
    because(c, `The session with ${server(c)} is closed`),
    'Reload the page; Zoolens opens a session when one is needed.',
  ],
  UnknownOutcome: (c) => [
    because(c, `The connection broke while ${node(c)} was written: it may or may not have been applied`),
    'Look at what it holds now before you write again.',
  ],
  Internal: (c) => [
    because(c, 'Zoolens failed at this'),
    'Its log has the cause; try again, and report it when it repeats.',
  ],
}
