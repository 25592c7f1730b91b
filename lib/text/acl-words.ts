import { type AclEntry, isMaskedDigest, PERMISSION, unknownPermissions } from '@/lib/znode/acl'

const PERMISSION_WORDS: readonly (readonly [number, string])[] = [
  [PERMISSION.read, 'read its data and list its children'],
  [PERMISSION.write, 'change its data'],
  [PERMISSION.create, 'create children'],
  [PERMISSION.delete, 'delete children'],
  [PERMISSION.admin, 'change this ACL'],
]

/** What permission bits allow, one phrase each; [] for none. CREATE and DELETE are about children, never the znode itself. */
export function permissionsInWords(permissions: number): string[] {
  const words = PERMISSION_WORDS.filter(([bit]) => (permissions & bit) !== 0).map(([, phrase]) => phrase)
  const unknown = unknownPermissions(permissions)
  return unknown === 0 ? words : [...words, `do what bit 0x${unknown.toString(16)} may mean (ZooKeeper knows no such)`]
}

/** One entry as a sentence: "Anyone may read its data and list its children." */
export function aclEntryInWords(entry: AclEntry): string {
  const phrases = permissionsInWords(entry.permissions)
  return `${whoInWords(entry)} may ${entry.permissions === 31 ? 'do everything' : joinPhrases(phrases)}.`
}

/** Whom an entry is about. */
function whoInWords(entry: AclEntry): string {
  const { scheme, id } = entry
  switch (scheme) {
    case 'world':
      return id === 'anyone' ? 'Anyone' : `Nobody (world knows only "anyone", not "${id}")`
    case 'auth':
      return 'Whoever had signed in when this was set'
    case 'digest': {
      const user = id.slice(0, Math.max(0, id.lastIndexOf(':'))) || id
      return isMaskedDigest(entry)
        ? `User "${user}" with the right password (its hash is hidden from us)`
        : `User "${user}" with the right password`
    }
    case 'ip':
      return id.includes('/') ? `Clients with an address in ${id}` : `Clients with the address ${id}`
    case 'x509':
      return `Clients with the TLS certificate "${id}"`
    case 'sasl':
      return `The SASL user "${id}"`
    case 'super':
      return `The superuser "${id}"`
    default:
      return `Whoever the authentication plugin "${scheme}" knows as "${id}"`
  }
}

function joinPhrases(phrases: readonly string[]): string {
  if (phrases.length === 0) return 'do nothing'
  const last = phrases.at(-1) ?? ''
  return phrases.length === 1 ? last : `${phrases.slice(0, -1).join(', ')} and ${last}`
}
