import { expect, it } from 'vitest'
import { clientAddress } from './client-address'

it.each([
  ['/127.0.0.1:51444', '127.0.0.1:51444'],
  ['worker-7.example/10.0.0.7:5123', '10.0.0.7:5123'],
  ['/[0:0:0:0:0:0:0:1]:5123', '[::1]:5123'],
  ['/0:0:0:0:0:0:0:1:5123', '[::1]:5123'],
  ['/[fe80:0:0:0:42:acff:fe11:2%eth0]:5', '[fe80::42:acff:fe11:2%eth0]:5'],
  ['/fe80:0:0:0:42:acff:fe11:2%2:5', '[fe80::42:acff:fe11:2%2]:5'],
  ['[2001:db8:0:0:0:0:0:7]:65535', '[2001:db8::7]:65535'],
  ['worker-7.example:5123', 'worker-7.example:5123'],
  ['host/<unresolved>:5123', '<unresolved>:5123'],
  ['null', null],
  ['/127.0.0.1', null],
  ['', null],
])('%s is %s', (text, address) => {
  expect(clientAddress(text)).toBe(address)
})
