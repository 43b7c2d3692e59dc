import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { root } from '../support/http-server.ts'

/** A SMART app as others write them: the fhirclient library in a page of another origin. */
export interface AppServer {
  readonly url: string
  close(): Promise<void>
}

const page = (script: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>An app</title><pre id="out">waiting</pre><script src="/fhir-client.js"></script><script>
const out = document.getElementById('out')
const say = (what) => { out.textContent = typeof what === 'string' ? what : JSON.stringify(what) }
const fail = (error) => say('failed: ' + error.message)
${script}
</script></html>`

/** `iss` is the FHIR server of the standalone launch; an EHR launch names its own. */
export async function startApp(client: string, iss: () => string): Promise<AppServer> {
  const library = readFileSync(join(root, 'node_modules', 'fhirclient', 'build', 'fhir-client.js'))
  const ready = `FHIR.oauth2.ready().then(async (client) => say({
    patient: await client.patient.read(),
    user: client.user.fhirUser,
    token: client.state.tokenResponse,
  })).catch(fail)`
  const authorize = (scope: string, more: string) =>
    `FHIR.oauth2.authorize({ clientId: '${client}', scope: '${scope}', redirectUri: '/', ${more} }).catch(fail)`
  const server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://app').pathname
    if (path === '/fhir-client.js') {
      response.setHeader('content-type', 'text/javascript').end(library)
      return
    }
    if (path === '/favicon.ico') {
      response.writeHead(204).end()
      return
    }
    const script =
      path === '/standalone'
        ? authorize('launch/patient patient/*.rs openid fhirUser offline_access', `iss: '${iss()}'`)
        : path === '/launch'
          ? authorize('launch patient/Patient.r openid fhirUser', '')
          : ready
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page(script))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
