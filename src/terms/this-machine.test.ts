import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isThisMachine } from './this-machine.ts'

for (const host of ['localhost', 'LOCALHOST', '127.0.0.1', '127.1.2.3', '::1', '[::1]'])
  test(`${host} is this machine`, () => assert.equal(isThisMachine(host), true))

for (const host of ['', '0.0.0.0', '::', '128.0.0.1', '127.example.org', 'localhost.example.org', '10.0.0.1'])
  test(`"${host}" is not`, () => assert.equal(isThisMachine(host), false))
