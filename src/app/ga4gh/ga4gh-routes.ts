import type { FastifyInstance } from 'fastify'
import type { Services } from '../http/services.ts'
import { beaconRoutes } from './beacon-routes.ts'
import { phenopacketRoutes } from './phenopacket-routes.ts'

/** Phenopackets, and the Beacon where it was turned on. */
export async function ga4ghRoutes(server: FastifyInstance, services: Services): Promise<void> {
  await phenopacketRoutes(server, services)
  if (services.beacon !== undefined) await beaconRoutes(server, services, services.beacon)
}
