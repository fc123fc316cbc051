import { Suspense, useEffect, useState } from 'react'
import { Navigate, NavLink, Outlet, useLocation } from 'react-router'
import { useApiMutation } from '../api/hooks'
import { sessionChanged, SignOutOperation, useMe } from '../session/me'
import { Menu, MenuItem, MenuLink } from '../ui/Menu'
import { ErrorBox, Loading } from '../ui/States'
import { areasOf } from './navigation'
import { setTheme, useTheme } from './theme'

/** The frame of every page for somebody who is signed in: navigation by role, the account's menu. */
export function Shell() {
  const { me, error, retry } = useMe()
  const location = useLocation()
  const [open, setOpen] = useState(false)
  const [offline, setOffline] = useState(!navigator.onLine)
  const theme = useTheme()
  const signOut = useApiMutation(SignOutOperation, { onSuccess: sessionChanged })

  useEffect(() => setOpen(false), [location.pathname])
  useEffect(() => {
    const changed = () => setOffline(!navigator.onLine)
    addEventListener('online', changed)
    addEventListener('offline', changed)
    return () => {
      removeEventListener('online', changed)
      removeEventListener('offline', changed)
    }
  }, [])

  if (me === undefined) return <main className="session">{error ? <ErrorBox error={error} retry={() => void retry()} /> : <Loading />}</main>
  if (me === null) return <Navigate to={`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`} replace />
  const areas = areasOf(me)
  return (
    <div className="shell">
      <a className="skip" href="#main">
        To the content
      </a>
      <header className="bar">
        <button type="button" className="bar-toggle" aria-expanded={open} aria-controls="navigation" onClick={() => setOpen(!open)}>
          <span aria-hidden="true">☰</span>
          <span className="sr-only">Navigation</span>
        </button>
        <NavLink to="/" className="brand">
          <img src="/icon.svg" alt="" width="24" height="24" />
          Crowd
        </NavLink>
        <div className="bar-end">
          <Menu label={me.name}>
            <MenuLink to="/account">Account</MenuLink>
            <MenuItem onSelect={() => setTheme('system')} checked={theme === 'system'}>
              As the system
            </MenuItem>
            <MenuItem onSelect={() => setTheme('light')} checked={theme === 'light'}>
              Light
            </MenuItem>
            <MenuItem onSelect={() => setTheme('dark')} checked={theme === 'dark'}>
              Dark
            </MenuItem>
            <MenuItem onSelect={() => signOut.mutate({})}>Sign out</MenuItem>
          </Menu>
        </div>
      </header>
      <nav id="navigation" className={open ? 'side open' : 'side'} aria-label="Main">
        {areas.map((area) => (
          <div key={area.name} className="side-area">
            {areas.length > 1 && <h2>{area.name}</h2>}
            <ul>
              {area.destinations.map((destination) => (
                <li key={destination.to}>
                  <NavLink to={destination.to} end={destination.end}>
                    {destination.label}
                  </NavLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <main id="main" className="content" tabIndex={-1}>
        {offline && (
          <p className="notice warning" role="status">
            You are offline. What you answer is kept on this device and sent when the connection is back.
          </p>
        )}
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  )
}
