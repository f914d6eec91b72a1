// Every screen with its address. A screen is loaded when it is opened; its filters are in the URL, and
// `filters` reads them. Links are typed by this file: `<Link to="/customers/$id" params={{ id }}>`.
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router'
import { sessionQuery } from '../api/session.ts'
import { Loading } from '../ui/states.tsx'
import { readCustomerFilters } from './customers/customer-filters.ts'
import { readDeliveryFilters } from './deliveries/delivery-filters.ts'
import { filters, idOf, oneOf, readSearch, writeSearch } from './filters.ts'
import { readOrderFilters } from './orders/order-filters.ts'
import { readScope } from './scope.ts'
import { readActivityFilters } from './settings/activity-filters.ts'
import { ScreenFailed } from './shell/screen-failed.tsx'
import { ScreenMissing } from './shell/screen-missing.tsx'

interface RouterContext {
  queries: QueryClient
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: ScreenMissing })

/** For a person who is not signed in. */
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === 'string' && /^\/(?!\/)/.test(search.next) ? { next: search.next } : {},
  component: lazyRouteComponent(() => import('./sign-in/sign-in.tsx'), 'SignIn'),
})

/** From the link of a mail, which has a token behind `#`. */
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./sign-in/invitation.tsx'), 'Invitation'),
})

const reset = createRoute({
  getParentRoute: () => root,
  path: '/reset',
  component: lazyRouteComponent(() => import('./sign-in/reset.tsx'), 'Reset'),
})

const emailChange = createRoute({
  getParentRoute: () => root,
  path: '/email-change',
  component: lazyRouteComponent(() => import('./sign-in/email-change.tsx'), 'EmailChange'),
})

/** Everything else: inside the shell, for a person who is signed in. Branch and period are in its URL. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  validateSearch: readScope,
  search: { middlewares: [retainSearchParams(['branch', 'period', 'from', 'to'])] },
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData({ ...sessionQuery, revalidateIfStale: true })
    if (session === null) throw redirect({ to: '/sign-in', search: { next: location.href }, replace: true })
    return { session }
  },
  component: lazyRouteComponent(() => import('./shell/shell.tsx'), 'Shell'),
})

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: lazyRouteComponent(() => import('./home/home.tsx'), 'Home'),
})

const orders = createRoute({
  getParentRoute: () => shell,
  path: '/orders',
  validateSearch: readOrderFilters,
  component: lazyRouteComponent(() => import('./orders/order-list.tsx'), 'OrderList'),
})

const order = createRoute({
  getParentRoute: () => shell,
  path: '/orders/$id',
  component: lazyRouteComponent(() => import('./orders/order.tsx'), 'Order'),
})

const deliveries = createRoute({
  getParentRoute: () => shell,
  path: '/deliveries',
  validateSearch: readDeliveryFilters,
  component: lazyRouteComponent(() => import('./deliveries/delivery-list.tsx'), 'DeliveryList'),
})

const delivery = createRoute({
  getParentRoute: () => shell,
  path: '/deliveries/$id',
  component: lazyRouteComponent(() => import('./deliveries/delivery.tsx'), 'Delivery'),
})

const customers = createRoute({
  getParentRoute: () => shell,
  path: '/customers',
  validateSearch: readCustomerFilters,
  component: lazyRouteComponent(() => import('./customers/customer-list.tsx'), 'CustomerList'),
})

const customer = createRoute({
  getParentRoute: () => shell,
  path: '/customers/$id',
  component: lazyRouteComponent(() => import('./customers/customer.tsx'), 'Customer'),
})

const programs = createRoute({
  getParentRoute: () => shell,
  path: '/programs',
  component: lazyRouteComponent(() => import('./programs/program-list.tsx'), 'ProgramList'),
})

const newProgram = createRoute({
  getParentRoute: () => shell,
  path: '/programs/new',
  component: lazyRouteComponent(() => import('./programs/new-program.tsx'), 'NewProgram'),
})

const program = createRoute({
  getParentRoute: () => shell,
  path: '/programs/$id',
  component: lazyRouteComponent(() => import('./programs/program.tsx'), 'ProgramScreen'),
})

const editProgram = createRoute({
  getParentRoute: () => shell,
  path: '/programs/$id/edit',
  // The test on past orders whose draft is changed.
  validateSearch: filters({ draft: idOf('bkt') }),
  component: lazyRouteComponent(() => import('./programs/edit-program.tsx'), 'EditProgram'),
})

const backTest = createRoute({
  getParentRoute: () => shell,
  path: '/back-tests/$id',
  component: lazyRouteComponent(() => import('./programs/back-test.tsx'), 'BackTestScreen'),
})

const rewards = createRoute({
  getParentRoute: () => shell,
  path: '/rewards',
  component: lazyRouteComponent(() => import('./rewards/reward-list.tsx'), 'RewardList'),
})

const newReward = createRoute({
  getParentRoute: () => shell,
  path: '/rewards/new',
  component: lazyRouteComponent(() => import('./rewards/reward.tsx'), 'NewReward'),
})

const reward = createRoute({
  getParentRoute: () => shell,
  path: '/rewards/$id',
  component: lazyRouteComponent(() => import('./rewards/reward.tsx'), 'RewardScreen'),
})

const reports = createRoute({
  getParentRoute: () => shell,
  path: '/reports',
  validateSearch: filters({ report: oneOf('visits', 'liability', 'redemption', 'rewards', 'branches', 'cohorts') }),
  component: lazyRouteComponent(() => import('./reports/reports.tsx'), 'Reports'),
})

const connect = createRoute({
  getParentRoute: () => shell,
  path: '/connect',
  component: lazyRouteComponent(() => import('./connect/connect.tsx'), 'Connect'),
})

const connectPos = createRoute({
  getParentRoute: () => shell,
  path: '/connect/$pos',
  component: lazyRouteComponent(() => import('./connect/connect-pos.tsx'), 'ConnectPos'),
})

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings.tsx'), 'Settings'),
})

const businessSettings = createRoute({
  getParentRoute: () => shell,
  path: '/settings/business',
  component: lazyRouteComponent(() => import('./settings/business-settings.tsx'), 'BusinessSettings'),
})

const branchSettings = createRoute({
  getParentRoute: () => shell,
  path: '/settings/branches',
  component: lazyRouteComponent(() => import('./settings/branch-settings.tsx'), 'BranchSettings'),
})

const brandSettings = createRoute({
  getParentRoute: () => shell,
  path: '/settings/brand',
  component: lazyRouteComponent(() => import('./settings/brand-settings.tsx'), 'BrandSettings'),
})

const privacySettings = createRoute({
  getParentRoute: () => shell,
  path: '/settings/privacy',
  component: lazyRouteComponent(() => import('./settings/privacy-settings.tsx'), 'PrivacySettings'),
})

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('./account/account.tsx'), 'Account'),
})

const adjustmentSettings = createRoute({
  getParentRoute: () => shell,
  path: '/settings/adjustments',
  component: lazyRouteComponent(() => import('./settings/adjustment-settings.tsx'), 'AdjustmentSettings'),
})

const activity = createRoute({
  getParentRoute: () => shell,
  path: '/settings/activity',
  validateSearch: readActivityFilters,
  component: lazyRouteComponent(() => import('./settings/activity.tsx'), 'Activity'),
})

const keys = createRoute({
  getParentRoute: () => shell,
  path: '/settings/keys',
  component: lazyRouteComponent(() => import('./settings/key-settings.tsx'), 'KeySettings'),
})

const staffSettings = createRoute({
  getParentRoute: () => shell,
  path: '/settings/staff',
  component: lazyRouteComponent(() => import('./settings/staff/staff-settings.tsx'), 'StaffSettings'),
})

const demoMails = createRoute({
  getParentRoute: () => shell,
  path: '/settings/mails',
  component: lazyRouteComponent(() => import('./settings/staff/demo-mails.tsx'), 'DemoMails'),
})

const noticeList = createRoute({
  getParentRoute: () => shell,
  path: '/settings/notices',
  component: lazyRouteComponent(() => import('./settings/notice-list.tsx'), 'NoticeList'),
})

const notice = createRoute({
  getParentRoute: () => shell,
  path: '/settings/notices/$id',
  component: lazyRouteComponent(() => import('./settings/notice.tsx'), 'NoticeScreen'),
})

const screens = [
  home,
  orders,
  order,
  deliveries,
  delivery,
  customers,
  customer,
  programs,
  newProgram,
  program,
  editProgram,
  backTest,
  rewards,
  newReward,
  reward,
  reports,
  connect,
  connectPos,
  settings,
  businessSettings,
  brandSettings,
  branchSettings,
  staffSettings,
  demoMails,
  privacySettings,
  noticeList,
  notice,
  account,
  adjustmentSettings,
  activity,
  keys,
] as const

const routes = root.addChildren([signIn, invitation, reset, emailChange, shell.addChildren(screens)])

export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree: routes,
    basepath: '/app',
    context: { queries },
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    defaultPreload: 'intent',
    scrollRestoration: true,
    defaultPendingMs: 150,
    defaultPendingComponent: () => <Loading />,
    defaultErrorComponent: ScreenFailed,
    defaultNotFoundComponent: ScreenMissing,
  })
}
