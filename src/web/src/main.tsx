import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, Navigate, RouterProvider } from 'react-router'
import { queryClient } from './api/hooks'
import { SignIn, SignUp } from './session/SignIn'
import { useMe } from './session/me'
import { homeOf } from './shell/navigation'
import { PageError } from './shell/PageError'
import { Shell } from './shell/Shell'
import { ConfirmHost } from './ui/Confirm'
import { NotFound } from './ui/States'
import { ToastHost } from './ui/toast'
import './ui/styles/tokens.css'
import './ui/styles/base.css'
import './ui/styles/parts.css'
import './ui/styles/shell.css'

const Account = lazy(() => import('./session/Account'))
const Worker = lazy(() => import('./worker/routes'))
const Requester = lazy(() => import('./requester/routes'))
const Quality = lazy(() => import('./quality/routes'))

function Home() {
  const { me } = useMe()
  return me ? <Navigate to={homeOf(me)} replace /> : null
}

const router = createBrowserRouter([
  { path: '/sign-in', element: <SignIn />, errorElement: <PageError /> },
  { path: '/sign-up', element: <SignUp />, errorElement: <PageError /> },
  {
    element: <Shell />,
    errorElement: <PageError />,
    children: [
      {
        errorElement: <PageError />,
        children: [
          { path: '/', element: <Home /> },
          { path: '/account', element: <Account /> },
          { path: '/work/*', element: <Worker /> },
          { path: '/requester/*', element: <Requester /> },
          { path: '/quality/*', element: <Quality /> },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
])

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <ConfirmHost />
      <ToastHost />
    </QueryClientProvider>
  </StrictMode>,
)
