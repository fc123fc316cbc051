import { useState, type FormEvent } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { useApiMutation } from '../api/hooks'
import { Button } from '../ui/Button'
import { Field, Input } from '../ui/Field'
import { ErrorBox } from '../ui/States'
import { useTitle } from '../ui/useTitle'
import { graphql } from './gql'
import { sessionChanged } from './me'

const SignInOperation = graphql(`
  mutation SignIn($email: String!, $password: String!) {
    signIn(email: $email, password: $password) {
      id
    }
  }
`)

const SignUpOperation = graphql(`
  mutation SignUp($email: String!, $password: String!, $name: String!) {
    signUp(email: $email, password: $password, name: $name) {
      id
    }
  }
`)

const BecomeWorkerOperation = graphql(`
  mutation BecomeWorker {
    becomeWorker
  }
`)

const CreateOrganisationOperation = graphql(`
  mutation CreateOrganisation($name: String!) {
    createOrganisation(name: $name) {
      id
    }
  }
`)

/** Only addresses of this client, so that a link cannot lead elsewhere. */
const safe = (address: string | null) => (address?.startsWith('/') && !address.startsWith('//') ? address : '/')

function Frame({ title, children }: { title: string; children: React.ReactNode }) {
  useTitle(title)
  return (
    <main className="session" id="main">
      <div className="session-brand">
        <img src="/icon.svg" alt="" width="40" height="40" />
        <span>Crowd</span>
      </div>
      <div className="card session-card">
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  )
}

export function SignIn() {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const navigate = useNavigate()
  const [parameters] = useSearchParams()
  const signIn = useApiMutation(SignInOperation, {
    onSuccess: async () => {
      await sessionChanged()
      await navigate(safe(parameters.get('to')), { replace: true })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate({ email, password })
  }
  return (
    <Frame title="Sign in">
      <form onSubmit={submit} className="stack">
        {signIn.error && <ErrorBox error={signIn.error} />}
        <Field label="E-mail address">
          <Input type="email" autoComplete="username" required autoFocus value={email} onChange={(e) => setEmail(e.target.value)} />
        </Field>
        <Field label="Password">
          <Input type="password" autoComplete="current-password" required value={password} onChange={(e) => setPassword(e.target.value)} />
        </Field>
        <Button kind="primary" type="submit" busy={signIn.isPending}>
          Sign in
        </Button>
      </form>
      <p className="muted">
        New here? <Link to="/sign-up">Make an account</Link>
      </p>
    </Frame>
  )
}

export function SignUp() {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [purpose, setPurpose] = useState<'work' | 'post'>('work')
  const [organisation, setOrganisation] = useState('')
  const navigate = useNavigate()
  const signUp = useApiMutation(SignUpOperation)
  const becomeWorker = useApiMutation(BecomeWorkerOperation)
  const found = useApiMutation(CreateOrganisationOperation)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    try {
      // A second try after the account was made goes on with what is left.
      if (!signUp.isSuccess) await signUp.mutateAsync({ email, password, name })
      if (purpose === 'work') await becomeWorker.mutateAsync({})
      else await found.mutateAsync({ name: organisation })
    } catch {
      return // shown from the mutations' errors
    }
    await sessionChanged()
    await navigate('/', { replace: true })
  }
  const error = signUp.error ?? becomeWorker.error ?? found.error
  return (
    <Frame title="Make an account">
      <form onSubmit={(event) => void submit(event)} className="stack">
        {error && <ErrorBox error={error} />}
        <Field label="Name" hint="How you want to be called. Requesters never see it.">
          <Input autoComplete="name" required maxLength={100} autoFocus value={name} onChange={(e) => setName(e.target.value)} />
        </Field>
        <Field label="E-mail address">
          <Input type="email" autoComplete="username" required value={email} onChange={(e) => setEmail(e.target.value)} />
        </Field>
        <Field label="Password" hint="At least 10 characters.">
          <Input type="password" autoComplete="new-password" required minLength={10} maxLength={200} value={password} onChange={(e) => setPassword(e.target.value)} />
        </Field>
        <fieldset className="choices">
          <legend>What brings you here?</legend>
          <label className="choice">
            <input type="radio" name="purpose" checked={purpose === 'work'} onChange={() => setPurpose('work')} />
            <span>
              <strong>To work</strong>
              <small>Answer tasks and be paid for them.</small>
            </span>
          </label>
          <label className="choice">
            <input type="radio" name="purpose" checked={purpose === 'post'} onChange={() => setPurpose('post')} />
            <span>
              <strong>To post jobs</strong>
              <small>Have data labelled for an organisation.</small>
            </span>
          </label>
        </fieldset>
        {purpose === 'post' && (
          <Field label="Organisation">
            <Input required maxLength={100} autoComplete="organization" value={organisation} onChange={(e) => setOrganisation(e.target.value)} />
          </Field>
        )}
        <Button kind="primary" type="submit" busy={signUp.isPending || becomeWorker.isPending || found.isPending}>
          Make the account
        </Button>
      </form>
      <p className="muted">
        You have one? <Link to="/sign-in">Sign in</Link>
      </p>
    </Frame>
  )
}
