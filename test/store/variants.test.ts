import { onBothEngines } from './both-engines.ts'
import { variantSuite } from './variant-suite.ts'

onBothEngines(variantSuite)
