import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type {
  AppsReply,
  LaunchReply,
  SecondFactorReply,
  SessionReply,
  SessionsReply,
} from '../../../src/app/login/session-api.ts'
import { getJson, lastAnswerAt, rememberCsrf, sendJson, sendNothing, signInAgain } from './request.ts'

const LOOK_EVERY_MS = 15_000

/** Who is signed in; what the page may change carries the token that comes with it. */
export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: async () => {
      const session = await getJson<SessionReply>('/api/session')
      rememberCsrf(session.csrf)
      return session
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Whether whoever is signed in is here for their own record alone. */
export function useIsOwnRecord(): boolean {
  const { data } = useSession()
  return data !== undefined && data.roles.length > 0 && data.roles.every((role) => role === 'patient')
}

/** Leaves the page when the server has let the session go, so that no record stays on an unattended screen. */
export function useLogoff(idleSeconds: number | undefined): void {
  useEffect(() => {
    if (idleSeconds === undefined) return
    const timer = setInterval(() => {
      if (Date.now() - lastAnswerAt() > idleSeconds * 1000) signInAgain()
    }, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [idleSeconds])
}

export function useSignOut() {
  return useMutation({
    mutationFn: () => sendNothing('DELETE', '/api/session'),
    onSettled: () => location.assign('/sign-in'),
  })
}

export function useNewPassword() {
  return useMutation({
    mutationFn: (form: { password: string; newPassword: string }) =>
      sendNothing('POST', '/api/session/password', form),
    onSuccess: () => signInAgain(),
  })
}

export function useSecondFactor() {
  const client = useQueryClient()
  const changed = () => client.invalidateQueries({ queryKey: ['session'] })
  return {
    begin: useMutation({
      mutationFn: (password: string) =>
        sendJson<SecondFactorReply>('POST', '/api/session/second-factor', { password }),
    }),
    prove: useMutation({
      mutationFn: (code: string) => sendNothing('PUT', '/api/session/second-factor', { code }),
      onSuccess: changed,
    }),
    remove: useMutation({
      mutationFn: (password: string) => sendNothing('DELETE', '/api/session/second-factor', { password }),
      onSuccess: changed,
    }),
  }
}

export function useOwnSessions() {
  return useQuery({
    queryKey: ['session', 'own'],
    queryFn: () => getJson<SessionsReply>('/api/sessions'),
  })
}

/** Ends another session of one's own, or without an id all others. */
export function useEndSessions() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (form: { password: string; session?: string }) =>
      sendNothing('POST', '/api/sessions/end', form),
    onSettled: () => client.invalidateQueries({ queryKey: ['session', 'own'] }),
  })
}

export function useApps(enabled: boolean) {
  return useQuery({ queryKey: ['apps'], queryFn: () => getJson<AppsReply>('/api/apps'), enabled })
}

/** Opens an app on a person's record, in a window of its own. */
export function useLaunch(patient: string) {
  return useMutation({
    mutationFn: (client: string) => sendJson<LaunchReply>('POST', '/api/launch', { client, patient }),
    onSuccess: ({ url }) => window.open(url, '_blank', 'noopener'),
  })
}
