import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SaslError } from './client'
import { answerChallenge } from './digest-md5'
import { parseDirectives } from './directives'

const md5 = (...parts: readonly (Buffer | string)[]) => {
  const hash = createHash('md5')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const ZOOKEEPER = { digestUri: 'zookeeper/zk-sasl-md5' }
const CHALLENGE = 'realm="zk-sasl-md5",nonce="abc",charset=utf-8,algorithm=md5-sess'

describe('the examples of RFC 2831, section 4', () => {
  it.each([
    {
      service: 'imap',
      challenge: 'realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",qop="auth",algorithm=md5-sess,charset=utf-8',
      digestUri: 'imap/elwood.innosoft.com',
      cnonce: 'OA6MHXh6VqTrRk',
      token:
        'charset=utf-8,username="chris",realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",nc=00000001,cnonce="OA6MHXh6VqTrRk",digest-uri="imap/elwood.innosoft.com",response=d388dad90d4bbd760a152321f2143af7,qop=auth',
      rspauth: 'rspauth=ea40f60335c427b5527b84dbabcdfffd',
    },
    {
      service: 'acap',
      challenge: 'realm="elwood.innosoft.com",nonce="OA9BSXrbuRhWay",qop="auth",algorithm=md5-sess,charset=utf-8',
      digestUri: 'acap/elwood.innosoft.com',
      cnonce: 'OA9BSuZWMSpW8m',
      token:
        'charset=utf-8,username="chris",realm="elwood.innosoft.com",nonce="OA9BSXrbuRhWay",nc=00000001,cnonce="OA9BSuZWMSpW8m",digest-uri="acap/elwood.innosoft.com",response=6084c6db3fede7352c551284490fd0fc,qop=auth',
      rspauth: 'rspauth=2f0b3d7c3c2e486600ef710726aa2eae',
    },
  ])('$service', ({ challenge, digestUri, cnonce, token, rspauth }) => {
    const answer = answerChallenge(Buffer.from(challenge), { user: 'chris', password: 'secret', digestUri }, cnonce)
    expect(answer.token.toString()).toBe(token)
    answer.verify(Buffer.from(rspauth))
    expect(() => answer.verify(Buffer.from('rspauth=00000000000000000000000000000000'))).toThrow(SaslError)
    expect(() => answer.verify(Buffer.alloc(0))).toThrow(SaslError)
  })
})

describe('credentials', () => {
  const response = (user: string, password: string, challenge = CHALLENGE) => {
    const { token } = answerChallenge(Buffer.from(challenge), { user, password, ...ZOOKEEPER }, 'xyz')
    const text = token.toString(challenge.includes('utf-8') ? 'utf8' : 'latin1')
    return {
      text,
      response: parseDirectives(text)?.get('response')?.[0],
      user: parseDirectives(text)?.get('username')?.[0],
    }
  }
  const expected = (secret: Buffer) => {
    const a1 = md5(md5(secret), ':abc:xyz').toString('hex')
    const a2 = md5('AUTHENTICATE:zookeeper/zk-sasl-md5').toString('hex')
    return md5(`${a1}:abc:00000001:xyz:auth:${a2}`).toString('hex')
  }

  it('are hashed as ISO 8859-1 where that holds them, else as UTF-8, each by itself', () => {
    const secret = Buffer.concat([Buffer.from('jürgen', 'latin1'), Buffer.from(':zk-sasl-md5:пароль')])
    const answer = response('jürgen', 'пароль')
    expect(answer.response).toBe(expected(secret))
    expect(answer.user).toBe('jürgen')
  })

  it('are refused when the server reads ISO 8859-1 only and they do not fit', () => {
    const challenge = 'realm="zk-sasl-md5",nonce="abc",algorithm=md5-sess'
    expect(() => response('bob', 'пароль', challenge)).toThrow(/ISO 8859-1/)
    expect(response('jürgen', 'x', challenge).text).not.toContain('charset')
  })

  it('keep every character of the user in the quotes, and no password', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (user) => {
        const answer = response(user, 'hunter2')
        expect(answer.user).toBe(user)
        expect(answer.text).not.toContain('hunter2')
      }),
    )
  })
})

describe('a challenge', () => {
  it.each([
    ['without a nonce', 'realm="a",algorithm=md5-sess', 'one nonce'],
    ['with two of them', 'nonce="a",nonce="b",algorithm=md5-sess', 'one nonce'],
    ['of another algorithm', 'nonce="a",algorithm=md5', 'md5-sess'],
    ['that wants signed messages', 'nonce="a",algorithm=md5-sess,qop="auth-int,auth-conf"', 'qop'],
    ['in another charset', 'nonce="a",algorithm=md5-sess,charset=latin1', 'UTF-8'],
    ['that is none', 'nonce="a', 'cannot be read'],
    ['that is empty', '', 'one nonce'],
  ])('%s is refused in words', (_, challenge, why) => {
    const answer = () => answerChallenge(Buffer.from(challenge), { user: 'bob', password: 'hunter2', ...ZOOKEEPER })
    expect(answer).toThrow(SaslError)
    expect(answer).toThrow(why)
  })

  it('is read with spaces, lone commas and escapes', () => {
    expect(parseDirectives(' , a = "x\\"y\\\\" ,, B=c , a="" ')).toEqual(
      new Map([
        ['a', ['x"y\\', '']],
        ['b', ['c']],
      ]),
    )
    expect(parseDirectives('a=b c=d')).toBeNull()
    expect(parseDirectives('=b')).toBeNull()
  })

  it('never throws while it is read, whatever it is', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseDirectives(text)))
  })
})
