import { describe, expect, it } from 'vitest'
import { isMaskedDigest, permissionLetters, unknownPermissions } from '@/lib/znode/acl'
import { aclEntryInWords, permissionsInWords } from './acl-words'
import { kindInWords, nextSequenceInWords, ownerInWords, sessionInWords, zxidInWords } from './znode-words'

describe('ids in words', () => {
  it('are what an operator reads', () => {
    expect(zxidInWords(0x1a00000c41n)).toBe('epoch 26, change 3,137')
    expect(zxidInWords(0n)).toBe('made with the ensemble, before its first change')
    expect(sessionInWords(0x3000a21f0040002n)).toBe('session 0x3000a21f0040002, opened at server 3')
    expect(sessionInWords(0n)).toBe('no session')
    expect(ownerInWords(0n)).toBe('persistent, or container or TTL: servers hide which')
    expect(ownerInWords(-0x37ff5de0ffbfffdfn)).toBe(
      'ephemeral, goes with session 0xc800a21f00400021, opened at server 200',
    )
    expect(kindInWords({ kind: 'ephemeral', sequential: true })).toBe('ephemeral, sequential by its name')
    expect(kindInWords({ kind: 'persistent', sequential: false })).toBe('persistent')
  })

  it('say how far sequence numbers are from their end', () => {
    expect(nextSequenceInWords({ cversion: 6, numChildren: 2 })).toEqual({
      number: '0000000004',
      words: '2,147,483,643 left before names stop being unique',
    })
    expect(nextSequenceInWords({ cversion: -2, numChildren: 0 })).toEqual({
      number: '2147483647',
      words: 'the last one: from now on sequential creates here fail or repeat a number',
    })
  })
})

describe('ACLs in words', () => {
  it.each([
    ['world', 'anyone', 31, 'Anyone may do everything.'],
    ['world', 'anyone', 1, 'Anyone may read its data and list its children.'],
    ['world', 'me', 1, 'Nobody (world knows only "anyone", not "me") may read its data and list its children.'],
    ['auth', '', 31, 'Whoever had signed in when this was set may do everything.'],
    [
      'digest',
      'ops:kX9=',
      5,
      'User "ops" with the right password may read its data and list its children and create children.',
    ],
    ['digest', 'ops:x', 2, 'User "ops" with the right password (its hash is hidden from us) may change its data.'],
    ['digest', 'odd', 2, 'User "odd" with the right password may change its data.'],
    ['ip', '10.0.0.0/8', 12, 'Clients with an address in 10.0.0.0/8 may create children and delete children.'],
    ['ip', '::1', 16, 'Clients with the address ::1 may change this ACL.'],
    ['x509', 'CN=a', 2, 'Clients with the TLS certificate "CN=a" may change its data.'],
    ['sasl', 'kafka', 2, 'The SASL user "kafka" may change its data.'],
    ['super', 'root', 31, 'The superuser "root" may do everything.'],
    ['ldap', 'cn=x', 0, 'Whoever the authentication plugin "ldap" knows as "cn=x" may do nothing.'],
  ])('%s:%s:%d', (scheme, id, permissions, sentence) => {
    expect(aclEntryInWords({ scheme, id, permissions })).toBe(sentence)
  })

  it('give every set of bits its letters and its words', () => {
    for (let permissions = 0; permissions < 32; permissions++) {
      const letters = permissionLetters(permissions)
      expect(letters).toMatch(/^c?d?r?w?a?$/)
      expect(permissionsInWords(permissions)).toHaveLength(letters.length)
    }
    expect(permissionLetters(31)).toBe('cdrwa')
    expect(permissionLetters(9)).toBe('dr')
  })

  it('do not hide bits that nobody knows', () => {
    expect(unknownPermissions(31)).toBe(0)
    expect(unknownPermissions(-1)).toBe(0xffffffe0)
    expect(permissionsInWords(0x21)).toEqual([
      'read its data and list its children',
      'do what bit 0x20 may mean (ZooKeeper knows no such)',
    ])
    expect(permissionLetters(0x20)).toBe('')
  })

  it('know a masked digest', () => {
    expect(isMaskedDigest({ scheme: 'digest', id: 'ops:x', permissions: 31 })).toBe(true)
    expect(isMaskedDigest({ scheme: 'digest', id: 'ops:kX9=', permissions: 31 })).toBe(false)
    expect(isMaskedDigest({ scheme: 'ip', id: '::x', permissions: 31 })).toBe(false)
  })
})
