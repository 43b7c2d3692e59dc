import { tenantId } from '../terms/ids.ts'

/** The one organisation of an installation without login: the command line and "garrod serve" share its people. */
export const TENANT = tenantId('main')
