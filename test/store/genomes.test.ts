import { onBothEngines } from './both-engines.ts'
import { genomeSuite } from './genome-suite.ts'

onBothEngines(genomeSuite)
