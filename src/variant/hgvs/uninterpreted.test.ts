import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Fault } from '../../terms/fault.ts'
import { readAskedHgvs } from './read-asked.ts'

function code(text: string): string {
  try {
    readAskedHgvs(text)
    return 'read'
  } catch (error) {
    assert.ok(error instanceof Fault)
    return error.code
  }
}

for (const text of [
  ...['NM_004006.3:r.spl', 'NM_004006.3:r.spl?', 'NM_004006.3:r.(spl?)', 'NC_000023.11(NM_004006.2):r.spl'],
  ...['NM_004006.3:r.?', 'NM_004006.3:r.(?)', 'NM_004006.3:r.0', 'NM_004006.3:r.=', 'NM_004006.3:r.(=)'],
  ...['NM_004006.3:c.?', 'NM_004006.3:c.=', 'NP_003997.2:p.(?)', 'NP_003997.2:p.(0)', 'r.spl'],
  ...['NP_003997.2:p.(Gly56Ala^Ser)', 'NP_003997.2:p.(Gly56Ala^Ser^Cys)', 'NP_003997.2:p.Gly56Ala^Ser'],
  ...['NM_004006.3:c.(370A>C^372C>R)', 'NM_004006.3:r.[897u>g,832_960del]'],
  ...['NC_000011.10:g.1999904_1999946|gom', 'NC_000011.10:g.1999904_1999946|lom'],
  ...['NC_000011.10:g.1999904_1999946|met=', 'NM_004006.3:c.85=/T>C', 'NM_004006.3:c.85=//T>C'],
  ...['NC_000023.11:g.33344590_33344592=/dup', 'NP_003997.2:p.Trp24=/Cys', 'NP_003997.2:p.(Trp24=//Cys)'],
  ...['NM_004006.3:c.[123=/123A>G]', 'NM_004006.3:c.[296T>G];[?]', 'NM_004006.3:c.[296T>G];[0]'],
  'NC_000012.11:g.112036755_112036823CTG[9]TTG[1]CTG[13]',
  'NM_002354.2:r.-358_555::NM_000251.2:r.212_*279',
  'NC_000002.12:g.pter_8247756delins[NC_000011.10:g.pter_15825272]',
])
  test(`valid, not interpreted: ${text}`, () => assert.equal(code(text), 'HGVS_NOT_INTERPRETED'))

for (const text of [
  ...['NM_004006.3:r.splx', 'NM_004006.3:c.spl', 'NP_003997.2:p.spl', 'NM_004006.3:r.(spl'],
  ...['NP_003997.2:p.(Gly56Ala^)', 'NP_003997.2:p.(Gly56Ala^Foo)', 'NP_003997.2:p.(Gly56^Ser)'],
  ...['NC_000011.10:g.1999904_1999946|gain', 'NC_000011.10:g.x|gom', 'NP_003997.2:p.Trp24|gom'],
  ...['NM_004006.3:c.85=/', 'NM_004006.3:c.85=/T', 'NM_004006.3:c.85/T>C', 'NM_004006.3:c.85=///T>C'],
  ...['NM_004006.3:c.[296];[?]', 'NM_004006.3:r.[897u>g,x]', 'no/name:r.spl', 'g.5::x', 'g.pter'],
])
  test(`a slip of the pen: ${text}`, () => assert.equal(code(text), 'HGVS_SYNTAX'))

for (const text of [
  ...['NP_003997.2:p.?', 'NP_003997.2:p.0', 'NP_003997.2:p.0?', 'NP_003997.2:p.=', 'NP_003997.2:p.(=)'],
  ...['NM_004006.3:c.123=', 'NM_004006.3:c.[2376G>C];[3103del]', 'NM_004006.3:c.[2376G>C];[2376=]'],
])
  test(`read: ${text}`, () => assert.equal(code(text), 'read'))
