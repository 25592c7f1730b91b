/** The sentences of the ACL tab. */
export const ACL_LABEL = 'Access control list'
export const ACL_COLUMNS = { scheme: 'Scheme', id: 'Id', permissions: 'Permissions', meaning: 'In words' } as const
export const NO_EVENT = 'ZooKeeper tells nobody when an ACL changes: this was read when you opened it.'
export const READ_AGAIN = 'Read again'
export const READING = 'Reading…'
export const EMPTY_ID = '(empty)'
